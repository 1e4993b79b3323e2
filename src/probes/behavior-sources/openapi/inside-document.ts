import { tokensOf } from '../../../domain/document/pointer.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';

const mostReferences = 8;

/** Follows a Reference Object within its document; null for a reference to elsewhere, to nothing, or in circles. */
export function insideDocument(document: JsonObject, value: JsonValue | undefined): JsonObject | null {
  let found = value;
  for (let followed = 0; followed <= mostReferences && isJsonObject(found); followed += 1) {
    const reference = found['$ref'];
    if (reference === undefined) return found;
    found = typeof reference === 'string' ? partAt(document, reference) : undefined;
  }
  return null;
}

/** What a reference as `#/components/responses/Order` leads to. */
function partAt(document: JsonObject, reference: string): JsonValue | undefined {
  const tokens = reference.startsWith('#/') ? tokensOf(reference.slice(1)) : null;
  let value: JsonValue | undefined = tokens === null ? undefined : document;
  for (const token of tokens ?? []) value = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  return value;
}
