import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import schema from '../../../schemas/policy-input.schema.json' with { type: 'json' };
import { quoted } from '../finding.ts';
import type { JsonValue } from '../json-value.ts';
import type { PolicyInput } from './policy-input.ts';

/** What is wrong with an input of policies. */
export interface PolicyInputObjection {
  /** JSON pointer of the place. */
  readonly pointer: string;
  readonly why: string;
}

/** The first thing that the schema says against an input, or that two actions have one name; null where policies may be asked about it. */
export function objectionToPolicyInput(value: JsonValue): PolicyInputObjection | null {
  // For a handful of inputs: not worth optimising. A test holds the schema to its meta-schema.
  compiled ??= new Ajv({ strict: true, strictTypes: false, ownProperties: true, validateSchema: false, code: { optimize: false } }).compile<PolicyInput>(schema);
  const isInput = compiled;
  if (isInput(value)) return repeatedName(value);
  const [error] = isInput.errors ?? [];
  const added: unknown = error?.params['additionalProperty'];
  return { pointer: error?.instancePath ?? '', why: `${error?.message ?? 'does not fit'}${typeof added === 'string' ? `: ${quoted(added)}` : ''}` };
}

let compiled: ValidateFunction<PolicyInput> | null = null;

/** Each rule answers once for a name: of two actions with one, nothing would say which is meant. */
function repeatedName({ actions }: PolicyInput): PolicyInputObjection | null {
  const seen = new Set<string>();
  for (const [index, { name }] of actions.entries()) {
    if (seen.has(name)) return { pointer: `/actions/${index}/name`, why: `must be of no other action: ${quoted(name)}` };
    seen.add(name);
  }
  return null;
}
