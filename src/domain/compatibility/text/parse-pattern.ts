import { complement, digits, lineEnds, spaces, union, wordCharacters } from './character-set.ts';
import type { CharacterSet } from './character-set.ts';

/** A pattern as an automaton can walk it. */
export type Pattern =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' };

/** Thrown at what is more than a regular language, or is not read here. */
class Unread extends Error {
  override readonly name = 'Unread';
}

const deepest = 60;

/** Null for a pattern with assertions other than `^` and `$`, references back, properties of Unicode, and the like. */
export function parsePattern(source: string): Pattern | null {
  try {
    return new PatternReader(source).read();
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#characters = Array.from(source);
  }

  read(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#characters.length) throw new Unread();
    return pattern;
  }

  #choice(): Pattern {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unread();
    const parts = [this.#sequence()];
    while (this.#takes('|')) parts.push(this.#sequence());
    this.#depth -= 1;
    return parts.length === 1 ? (parts[0] ?? { kind: 'sequence', parts: [] }) : { kind: 'choice', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #repeated(part: Pattern): Pattern {
    const counts = this.#quantifier();
    if (counts === null) return part;
    this.#takes('?');
    const [least, most] = counts;
    if (part.kind === 'start' || part.kind === 'end' || least > 1_000 || (most !== Infinity && most > 1_000)) throw new Unread();
    return { kind: 'repeat', part, least, most };
  }

  #quantifier(): readonly [number, number] | null {
    if (this.#takes('*')) return [0, Infinity];
    if (this.#takes('+')) return [1, Infinity];
    if (this.#takes('?')) return [0, 1];
    if (this.#peek() !== '{') return null;
    const text = this.#characters.slice(this.#at, this.#at + 16).join('');
    const match = /^\{(\d+)(,(\d*))?\}/.exec(text);
    if (match === null) throw new Unread();
    this.#at += match[0].length;
    const least = Number(match[1]);
    return [least, match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3])];
  }

  #atom(): Pattern {
    const character = this.#next();
    if (character === '^') return { kind: 'start' };
    if (character === '$') return { kind: 'end' };
    if (character === '(') return this.#group();
    if (character === '[') return { kind: 'set', set: this.#class() };
    if (character === '.') return { kind: 'set', set: complement(lineEnds) };
    if (character === '\\') return { kind: 'set', set: this.#escape(false) };
    if ('*+?{}]'.includes(character)) throw new Unread();
    return { kind: 'set', set: only(character) };
  }

  #group(): Pattern {
    if (this.#takes('?')) {
      if (this.#takes('<')) this.#name();
      else if (!this.#takes(':')) throw new Unread();
    }
    const pattern = this.#choice();
    if (!this.#takes(')')) throw new Unread();
    return pattern;
  }

  #name(): void {
    if (this.#peek() === '=' || this.#peek() === '!') throw new Unread();
    while (this.#next() !== '>') continue;
  }

  #class(): CharacterSet {
    const isNegated = this.#takes('^');
    const sets: CharacterSet[] = [];
    while (!this.#takes(']')) {
      const from = this.#classMember();
      if (this.#peek() !== '-' || this.#characters[this.#at + 1] === ']') {
        sets.push(from);
        continue;
      }
      this.#at += 1;
      const to = this.#classMember();
      const [low, high] = [single(from), single(to)];
      if (low === null || high === null || low > high) throw new Unread();
      sets.push([[low, high]]);
    }
    return isNegated ? complement(union(sets)) : union(sets);
  }

  #classMember(): CharacterSet {
    const character = this.#next();
    return character === '\\' ? this.#escape(true) : only(character);
  }

  #escape(isInClass: boolean): CharacterSet {
    const letter = this.#next();
    const known = classes[letter] ?? controls[letter];
    if (known !== undefined) return known;
    if (letter === 'x') return this.#hex(2);
    if (letter === 'u') return this.#takes('{') ? this.#braced() : this.#hex(4);
    if (isInClass && letter === 'b') return [[0x08, 0x08]];
    if (/[A-Za-z0-9]/.test(letter)) throw new Unread();
    return only(letter);
  }

  #hex(length: number): CharacterSet {
    const text = this.#characters.slice(this.#at, this.#at + length).join('');
    const point = Number.parseInt(text, 16);
    // Halves of pairs are joined by the engine: not read here.
    if (!/^[0-9a-fA-F]+$/.test(text) || text.length !== length || (point >= 0xd800 && point <= 0xdfff)) throw new Unread();
    this.#at += length;
    return [[point, point]];
  }

  #braced(): CharacterSet {
    let text = '';
    for (let next = this.#next(); next !== '}'; next = this.#next()) text += next;
    const point = Number.parseInt(text, 16);
    if (!/^[0-9a-fA-F]{1,6}$/.test(text) || point > 0x10ffff) throw new Unread();
    return [[point, point]];
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const character = this.#peek();
    if (character === undefined) throw new Unread();
    this.#at += 1;
    return character;
  }
}

const classes: Readonly<Record<string, CharacterSet>> = { d: digits, D: complement(digits), w: wordCharacters, W: complement(wordCharacters), s: spaces, S: complement(spaces) };
const controls: Readonly<Record<string, CharacterSet>> = { t: [[9, 9]], n: [[10, 10]], v: [[11, 11]], f: [[12, 12]], r: [[13, 13]], '0': [[0, 0]] };

function only(character: string): CharacterSet {
  const point = character.codePointAt(0) ?? 0;
  return [[point, point]];
}

function single(set: CharacterSet): number | null {
  const [range] = set;
  return range !== undefined && set.length === 1 && range[0] === range[1] ? range[0] : null;
}

/** The text itself and nothing else. */
export function literalPattern(text: string): Pattern {
  return { kind: 'sequence', parts: [{ kind: 'start' }, ...Array.from(text).map((character): Pattern => ({ kind: 'set', set: only(character) })), { kind: 'end' }] };
}
