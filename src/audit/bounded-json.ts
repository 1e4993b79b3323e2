import { isUtf8 } from 'node:buffer';
import { jsonExcess } from '../domain/json-excess.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { Misfit } from './misfit.ts';

/**
 * Parses JSON from outside whose values are counted first: text that is small may be large in memory.
 * @param name What it is, for messages. @throws Misfit
 */
export function readBoundedJson(bytes: Uint8Array, name: string): JsonValue {
  if (!isUtf8(bytes)) throw new Misfit(name, 'bytes that are not UTF-8', 'JSON');
  const excess = jsonExcess(bytes, { levels: mostDepth, values: mostValues });
  if (excess !== null) {
    const most = excess === 'levels' ? mostDepth : mostValues;
    throw new Misfit(name, `more than ${most} ${excess}`, `at most ${most}`);
  }
  try {
    const value: JsonValue = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    return value;
  } catch {
    throw new Misfit(name, 'something else', 'JSON');
  }
}

/** Twice what a bundle has. */
const mostDepth = 16;
/** An entry has some fifty with its proof. */
const mostValues = 5_000_000;
