import type { JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { Bail, readPlainInline } from './plain-yaml-inline.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';

/**
 * Reads the YAML that most files are made of: block maps and sequences of one-line values. It is some ten times
 * as fast as the library, and gives up (undefined) on anything it does not know for sure, errors included:
 * whenever it answers, the library gives the same value. A property test holds both against each other.
 */
export function readPlainYaml(text: string): JsonValue | undefined {
  if (/[\t\u0085\u2028\u2029]/.test(text)) return undefined;
  try {
    return new PlainYaml(linesOf(text)).read();
  } catch (thrown) {
    if (thrown instanceof Bail) return undefined;
    throw thrown;
  }
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Lines that say something, without what stands around them; a leading document marker says nothing. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const lineEnd = endOf(text, start);
    let [from, to] = [start, text.charCodeAt(lineEnd - 1) === 0x0d ? lineEnd - 1 : lineEnd];
    while (from < to && text.charCodeAt(from) === 0x20) from += 1;
    while (to > from && text.charCodeAt(to - 1) === 0x20) to -= 1;
    if (from < to && text.charCodeAt(from) !== 0x23) lines.push({ indent: from - start, text: text.slice(from, to) });
    start = lineEnd + 1;
  }
  if (lines[0]?.text === '---' && lines[0].indent === 0) lines.shift();
  return lines;
}

function endOf(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** A key that no reader takes for anything but a string. */
const plainKey = /^[A-Za-z_][A-Za-z0-9_$./-]{0,200}$/;
const word = /^(?:true|false|null)$/i;

/** Where the key of a line ends; -1 for a line that is no member. */
function keyEnd(line: string): number {
  const end = line.indexOf(':');
  const isMember = end > 0 && (end + 1 === line.length || line.charCodeAt(end + 1) === 0x20);
  return isMember && plainKey.test(line.slice(0, end)) ? end : -1;
}

function withoutLeadingSpaces(text: string, start: number): string {
  let from = start;
  while (text.charCodeAt(from) === 0x20) from += 1;
  return text.slice(from);
}

class PlainYaml {
  readonly #lines: Line[];
  #at = 0;
  #nodes = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  read(): JsonValue {
    const first = this.#lines[0];
    if (first === undefined) throw new Bail();
    const value = this.#block(first.indent, 1);
    if (this.#at < this.#lines.length) throw new Bail();
    return value;
  }

  #block(indent: number, depth: number): JsonValue {
    this.#count();
    if (depth > limits.depth) throw new Bail();
    return this.#isItem(indent) ? this.#sequence(indent, depth) : this.#map(indent, depth);
  }

  #map(indent: number, depth: number): JsonValue {
    const members: MembersUnderConstruction = {};
    for (let line = this.#line(indent); line !== undefined; line = this.#line(indent)) {
      const end = keyEnd(line.text);
      const key = line.text.slice(0, Math.max(end, 0));
      if (end === -1 || word.test(key) || Object.hasOwn(members, key)) throw new Bail();
      const rest = withoutLeadingSpaces(line.text, end + 1);
      this.#at += 1;
      setMember(members, key, rest === '' || rest.startsWith('#') ? this.#below(indent, depth, true) : this.#inline(rest, depth));
    }
    return members;
  }

  #sequence(indent: number, depth: number): JsonValue {
    const items: JsonValue[] = [];
    while (this.#isItem(indent)) {
      const rest = this.#lines[this.#at]?.text.slice(2) ?? '';
      if (rest.startsWith(' ') || rest.startsWith('#')) throw new Bail();
      if (keyEnd(rest) !== -1 || rest === '-' || rest.startsWith('- ')) {
        this.#lines[this.#at] = { indent: indent + 2, text: rest };
        items.push(this.#block(indent + 2, depth + 1));
      } else {
        this.#at += 1;
        items.push(rest === '' ? this.#below(indent, depth, false) : this.#inline(rest, depth));
      }
      if ((this.#lines[this.#at]?.indent ?? 0) > indent) throw new Bail();
    }
    return items;
  }

  /** What a key or a dash with nothing behind it holds: a deeper block, under a key also a sequence beside it, or null. */
  #below(indent: number, depth: number, isUnderKey: boolean): JsonValue {
    const next = this.#lines[this.#at];
    if (next !== undefined && next.indent > indent) return this.#block(next.indent, depth + 1);
    if (isUnderKey && this.#isItem(indent)) return this.#block(indent, depth + 1);
    this.#count();
    return null;
  }

  /** A value of one line; a deeper line behind it would continue it. */
  #inline(text: string, depth: number): JsonValue {
    if ((this.#lines[this.#at]?.indent ?? 0) > this.#indentBefore()) throw new Bail();
    return readPlainInline(text, depth, () => this.#count());
  }

  #indentBefore(): number {
    return this.#lines[this.#at - 1]?.indent ?? 0;
  }

  /** The next line of a map at this indent; one that is deeper, or an item, is nothing that a map can have here. */
  #line(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < indent) return undefined;
    if (line.indent > indent || this.#isItem(indent)) throw new Bail();
    return line;
  }

  #isItem(indent: number): boolean {
    const line = this.#lines[this.#at];
    return line !== undefined && line.indent === indent && (line.text === '-' || line.text.startsWith('- '));
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes > limits.nodes) throw new Bail();
  }
}
