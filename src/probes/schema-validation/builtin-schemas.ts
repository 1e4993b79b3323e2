import envelope from '../../../schemas/contract-envelope.schema.json' with { type: 'json' };
import workspace from '../../../schemas/workspace-contract.v2.schema.json' with { type: 'json' };

/** Schemas that ship with Plumbline, by the name that stands after `builtin:`, as JSON text. */
export function findBuiltinSchema(name: string): string | undefined {
  return texts.get(name);
}

const texts = new Map([
  ['contract-envelope', JSON.stringify(envelope)],
  ['workspace-contract/v2', JSON.stringify(workspace)],
]);
