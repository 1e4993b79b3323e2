import { isUtf8 } from 'node:buffer';
import type { JsonValue } from '../domain/json-value.ts';
import { Misfit } from './misfit.ts';

/**
 * Parses JSON from outside whose values are counted first: text that is small may be large in memory.
 * @param name What it is, for messages. @throws Misfit
 */
export function readBoundedJson(bytes: Uint8Array, name: string): JsonValue {
  if (!isUtf8(bytes)) throw new Misfit(name, 'bytes that are not UTF-8', 'JSON');
  countValues(bytes, name);
  try {
    const value: JsonValue = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    return value;
  } catch {
    throw new Misfit(name, 'something else', 'JSON');
  }
}

/** Every value but the first follows a comma, a bracket or a brace; in UTF-8 no byte of a longer character looks like one. */
function countValues(bytes: Uint8Array, name: string): void {
  let [depth, values, isInText] = [0, 0, false];
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === quoteMark) isInText = !isInText;
    else if (isInText) index += byte === backslash ? 1 : 0;
    else if (byte === openBrace || byte === openBracket) [depth, values] = [depth + 1, values + 1];
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    else if (byte === comma) values += 1;
    if (depth > mostDepth) throw new Misfit(name, `more than ${mostDepth} levels`, `at most ${mostDepth}`);
    if (values > mostValues) throw new Misfit(name, `more than ${mostValues} values`, `at most ${mostValues}`);
  }
}

const [quoteMark, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
/** Twice what a bundle has. */
const mostDepth = 16;
/** An entry has some fifty with its proof. */
const mostValues = 5_000_000;
