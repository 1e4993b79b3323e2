import envelope from '../../../schemas/contract-envelope.schema.json' with { type: 'json' };
import workspace from '../../../schemas/workspace-contract.v2.schema.json' with { type: 'json' };
import type { JsonValue } from '../json-value.ts';

/** A schema that ships with Plumbline, by the name that stands after `builtin:`. */
export function findBuiltinSchema(name: string): JsonValue | undefined {
  return schemas.get(name);
}

const schemas: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['contract-envelope', envelope],
  ['workspace-contract/v2', workspace],
]);
