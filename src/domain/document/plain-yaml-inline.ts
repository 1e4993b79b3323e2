import type { JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { readNumber } from './number-literal.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';

/** Thrown where the text is not certainly within what this reader knows. */
export class Bail extends Error {
  override readonly name = 'Bail';
}

/**
 * A value that stands on one line, a comment behind it or not.
 * @throws Bail
 */
export function readPlainInline(text: string, depth: number, count: () => void): JsonValue {
  const first = text[0] ?? '';
  if ('"\'[{'.includes(first)) return new FlowReader(text, count).readAll(depth);
  count();
  const comment = text.indexOf(' #');
  const scalar = comment === -1 ? text : withoutTrailingSpaces(text.slice(0, comment));
  if (!isPlain(scalar) || scalar.includes(': ') || scalar.endsWith(':')) throw new Bail();
  return resolved(scalar);
}

/** By hand: a regular expression would try each run of spaces inside the line to its end. */
function withoutTrailingSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end -= 1;
  return text.slice(0, end);
}

/** Begins with a letter, a digit or a sign that is no indicator. */
function isPlain(scalar: string): boolean {
  return /^(?:[A-Za-z0-9_./+~\u00c0-\ud7ff]|-[A-Za-z0-9.])/.test(scalar) && !scalar.startsWith('...');
}

/** As the core schema resolves it; what it takes for a number that JSON writes otherwise is left to the library. */
function resolved(scalar: string): JsonValue {
  const word = words.get(scalar);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(scalar)) return scalar;
  if (/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(scalar)) {
    const reading = readNumber(scalar);
    if (reading.kind === 'number') return reading.value;
    throw new Bail();
  }
  if (/^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(scalar)) throw new Bail();
  return scalar;
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
]);

const tokens = {
  space: / */y,
  double: /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y,
  single: /'[^']*(?:''[^']*)*'/y,
  plain: /[A-Za-z0-9_./+-]+/y,
} as const;

/** Collections and quoted text on one line. */
class FlowReader {
  readonly #text: string;
  readonly #count: () => void;
  #at = 0;

  constructor(text: string, count: () => void) {
    this.#text = text;
    this.#count = count;
  }

  readAll(depth: number): JsonValue {
    const value = this.#value(depth);
    if (!/^(?: *| +#.*)$/.test(this.#text.slice(this.#at))) throw new Bail();
    return value;
  }

  #value(depth: number): JsonValue {
    this.#count();
    if (depth > limits.depth) throw new Bail();
    const first = this.#text[this.#at];
    if (first === '[') return this.#sequence(depth + 1);
    if (first === '{') return this.#map(depth + 1);
    if (first === '"' || first === "'") return this.#quoted();
    const scalar = this.#take(tokens.plain);
    if (!isPlain(scalar)) throw new Bail();
    return resolved(scalar);
  }

  #sequence(depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#open();
    if (this.#closes(']')) return items;
    for (;;) {
      items.push(this.#value(depth));
      if (this.#ends(']')) return items;
    }
  }

  #map(depth: number): JsonValue {
    const members: MembersUnderConstruction = {};
    this.#open();
    if (this.#closes('}')) return members;
    for (;;) {
      const isQuoted = '"\''.includes(this.#text[this.#at] ?? ' ');
      const key = isQuoted ? this.#quoted() : this.#take(tokens.plain);
      if (!isQuoted && (!/^[A-Za-z_]/.test(key) || /^(?:true|false|null)$/i.test(key))) throw new Bail();
      if (Object.hasOwn(members, key) || !this.#text.startsWith(': ', this.#at)) throw new Bail();
      this.#at += 2;
      this.#take(tokens.space);
      setMember(members, key, this.#value(depth));
      if (this.#ends('}')) return members;
    }
  }

  #quoted(): string {
    const isDouble = this.#text[this.#at] === '"';
    const written = this.#take(isDouble ? tokens.double : tokens.single);
    const value: unknown = isDouble ? JSON.parse(written) : written.slice(1, -1).replaceAll("''", "'");
    if (typeof value !== 'string' || !value.isWellFormed()) throw new Bail();
    return value;
  }

  #open(): void {
    this.#at += 1;
    this.#take(tokens.space);
  }

  #closes(bracket: string): boolean {
    if (this.#text[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  /** After an element: the end of the collection, or a comma and another element. */
  #ends(bracket: string): boolean {
    this.#take(tokens.space);
    if (this.#closes(bracket)) return true;
    if (!this.#closes(',')) throw new Bail();
    this.#take(tokens.space);
    return false;
  }

  #take(token: RegExp): string {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text)?.[0];
    if (found === undefined) throw new Bail();
    this.#at += found.length;
    return found;
  }
}
