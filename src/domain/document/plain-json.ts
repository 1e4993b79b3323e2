import { limits } from '../limits.ts';
import type { JsonValue } from '../json-value.ts';

/**
 * Reads the JSON that most files are made of, with the engine's parser: several times as fast as ours. It gives up
 * (undefined) on anything in which that parser may read less strictly, errors included: whenever it answers, the strict
 * reader gives the same value. A property test holds both against each other.
 */
export function readPlainJson(text: string): JsonValue | undefined {
  // Without escapes every second quote ends a string, and none can make half of a surrogate pair.
  if (text.includes('\\') || !text.isWellFormed()) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  const found = { nodes: 0, names: 0, isPlain: true };
  count(value, 0, found);
  if (!found.isPlain || found.nodes > limits.nodes) return undefined;
  // The parser keeps the last of members with one name.
  return found.names === namesIn(text) && !mayUnderflow(text) ? value : undefined;
}

/** Whether a number may be there that `Number` turns into zero and that is none. */
function mayUnderflow(text: string): boolean {
  return /[0-9][eE]-/.test(text) || text.includes(manyZeros);
}

const manyZeros = '0'.repeat(300);

function parsed(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

interface Found {
  nodes: number;
  names: number;
  /** No number of which the text may say something else, and no deeper nesting than is allowed. */
  isPlain: boolean;
}

/** Goes no deeper than is allowed. */
function count(value: JsonValue, depth: number, found: Found): void {
  found.nodes += 1;
  if (typeof value === 'number') found.isPlain &&= Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return;
  if (depth === limits.depth) found.isPlain = false;
  else if (Array.isArray(value)) for (const element of value) count(element, depth + 1, found);
  else {
    const members = Object.values(value);
    found.names += members.length;
    for (const member of members) count(member, depth + 1, found);
  }
}

/** Strings with a colon behind them. */
function namesIn(text: string): number {
  let names = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    let at = text.indexOf('"', start + 1) + 1;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) === 0x3a) names += 1;
    start = text.indexOf('"', at);
  }
  return names;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
