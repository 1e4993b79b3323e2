import type { JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { Bail, readPlainInline, withoutTrailingSpaces } from './plain-yaml-inline.ts';
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

/** Lines that say something; a leading document marker says nothing. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    let indent = 0;
    while (line.charCodeAt(indent) === 0x20) indent += 1;
    if (indent === line.length || line.charCodeAt(indent) === 0x23) continue;
    lines.push({ indent, text: withoutTrailingSpaces(line.slice(indent)) });
  }
  if (lines[0]?.text === '---' && lines[0].indent === 0) lines.shift();
  return lines;
}

/** A key that no reader takes for anything but a string. */
const member = /^([A-Za-z_][A-Za-z0-9_$./-]{0,200}):(?: +(.*))?$/;

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
      const [, key = '', rest = ''] = member.exec(line.text) ?? [];
      if (key === '' || /^(?:true|false|null)$/i.test(key) || Object.hasOwn(members, key)) throw new Bail();
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
      if (member.test(rest) || rest === '-' || rest.startsWith('- ')) {
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
