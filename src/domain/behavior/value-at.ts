import { tokensOf } from '../document/pointer.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';

/**
 * What an answer has at a JSON pointer (RFC 6901) of a behaviour, where `/` alone stands for all of it; undefined where it has
 * nothing. An answer is hostile: only its own members are found, never what every object has.
 */
export function valueAt(answer: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = answer;
  for (const token of pointer === '/' ? [] : (tokensOf(pointer) ?? [''])) value = partOf(value, token);
  return value;
}

function partOf(value: JsonValue | undefined, token: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}
