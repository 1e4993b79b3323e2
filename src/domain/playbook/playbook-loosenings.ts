import schema from '../../../schemas/playbook.schema.json' with { type: 'json' };
import { keysOfSchema } from '../configuration/configuration-key.ts';
import { looseningsBetween } from '../configuration/loosenings-between.ts';
import type { LooseningOfBase } from '../configuration/loosenings-between.ts';
import { member } from '../configuration/member.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

const keys = keysOfSchema(schema, 'free');

/** The parts of a playbook of which a schema says which way they go; what of them is missing or wrong bounds nothing. */
const judged = ['tier', 'trigger', 'preconditions', 'bounds', 'verification', 'rollback'] as const;

/** Where a playbook lets Plumbline do more than before, as the directions of its schema say. Neither has to be valid: a bound that can not be read is none. */
export function playbookLoosenings(before: JsonValue, after: JsonValue): readonly LooseningOfBase[] {
  return looseningsBetween(comparable(before), comparable(after), keys);
}

/** Why it can not be undone says nothing of how loose it is. */
function comparable(value: JsonValue): JsonObject {
  const document = isJsonObject(value) ? value : {};
  const parts = judged.flatMap((name) => (Object.hasOwn(document, name) ? [[name, document[name] ?? null] as const] : []));
  const rollback = Object.keys(member.object(document, 'rollback')).length > 0 ? { rollback: 'none' } : {};
  return { ...Object.fromEntries(parts), ...rollback };
}
