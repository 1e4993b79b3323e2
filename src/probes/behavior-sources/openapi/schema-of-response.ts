import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { insideDocument } from './inside-document.ts';

export type ResponseSchema = { readonly kind: 'schema'; readonly schema: JsonValue } | { readonly kind: 'none'; readonly why: string };

/** The schema that a document gives for the JSON body of one operation's response. */
export function schemaOfResponse(document: JsonObject, path: string, status: number, mediaType: string): ResponseSchema {
  const item = insideDocument(document, memberOf(document['paths'], path));
  const operation = insideDocument(document, memberOf(item ?? undefined, 'get'));
  if (operation === null) return none('the document has no such operation');
  const responses = operation['responses'];
  // From the most specific to the most general (OpenAPI 3.1, section 4.8.16).
  const name = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((one) => memberOf(responses, one) !== undefined);
  const response = name === undefined ? null : insideDocument(document, memberOf(responses, name));
  if (response === null) return none(`the document describes no response ${status}`);
  const schema = memberOf(contentFor(response['content'], mediaType), 'schema');
  return schema === undefined ? none(`the document gives no schema for ${mediaType} of ${status}`) : { kind: 'schema', schema };
}

function none(why: string): ResponseSchema {
  return { kind: 'none', why };
}

function contentFor(content: JsonValue | undefined, mediaType: string): JsonValue | undefined {
  if (!isJsonObject(content)) return undefined;
  for (const wanted of [mediaType, 'application/*', '*/*']) {
    const found = Object.entries(content).find(([range]) => range.split(';')[0]?.trim().toLowerCase() === wanted);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
