import { limits } from '../limits.ts';
import type { JsonValue } from '../json-value.ts';
import { readNumber } from './number-literal.ts';
import { placeBelow } from './places.ts';
import type { Places } from './places.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';
import { UnreadableText } from './unreadable-text.ts';
import { readWrittenJson } from './written-json.ts';

/**
 * Reads RFC 8259 JSON more strictly than `JSON.parse`, which keeps the last of duplicate keys and rounds big integers.
 * @param places Told where each part starts.
 * @throws UnreadableText
 */
export function readJson(text: string, places: Places | null = null): JsonValue {
  const written = places === null ? readWrittenJson(text) : undefined;
  return written ?? new JsonReader(text).read(places);
}

const quote = 0x22;
const backslash = 0x5c;
const numberCharacters = /[-+.0-9eE]+/y;
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(places: Places | null): JsonValue {
    this.#skipSpace();
    if (this.#at === this.#text.length) throw this.#refusal('nothing', 'a JSON value');
    if (places !== null) places.start = this.#at;
    const value = this.#value(places);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#refusal(this.#here(), 'the end of the document');
    return value;
  }

  #value(places: Places | null): JsonValue {
    this.#nodes += 1;
    if (this.#nodes > limits.nodes) throw this.#refusal(`more than ${limits.nodes} values`, `at most ${limits.nodes}`, 'too_large');
    const code = this.#text.charCodeAt(this.#at);
    if (code === quote) return this.#string();
    if (code === 0x7b) return this.#nested(() => this.#object(places));
    if (code === 0x5b) return this.#nested(() => this.#array(places));
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number();
    return this.#word();
  }

  #nested(read: () => JsonValue): JsonValue {
    this.#depth += 1;
    if (this.#depth > limits.depth) throw this.#refusal(`nesting deeper than ${limits.depth}`, `at most ${limits.depth} levels`, 'too_large');
    this.#at += 1;
    this.#skipSpace();
    const value = read();
    this.#at += 1;
    this.#depth -= 1;
    return value;
  }

  #object(places: Places | null): JsonValue {
    const members: MembersUnderConstruction = {};
    if (this.#text[this.#at] === '}') return members;
    for (;;) {
      const start = this.#at;
      if (this.#text.charCodeAt(start) !== quote) throw this.#refusal(this.#here(), 'a member name in double quotes');
      const key = this.#string();
      if (Object.hasOwn(members, key)) throw this.#refusal(`the member ${JSON.stringify(key)} a second time`, 'each name once', 'unparsable', start);
      this.#skipSpace();
      this.#expect(':');
      setMember(members, key, this.#value(placeBelow(places, key, start)));
      this.#skipSpace();
      if (this.#text[this.#at] === '}') return members;
      this.#expect(',', '"," or "}"');
    }
  }

  #array(places: Places | null): JsonValue {
    const elements: JsonValue[] = [];
    if (this.#text[this.#at] === ']') return elements;
    for (;;) {
      elements.push(this.#value(placeBelow(places, elements.length, this.#at)));
      this.#skipSpace();
      if (this.#text[this.#at] === ']') return elements;
      this.#expect(',', '"," or "]"');
    }
  }

  #expect(character: string, expected = `"${character}"`): void {
    if (this.#text[this.#at] !== character) throw this.#refusal(this.#here(), expected);
    this.#at += 1;
    this.#skipSpace();
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    let value = '';
    for (let from = this.#at; ; ) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === quote || code === backslash) {
        value += this.#text.slice(from, this.#at);
        if (code === quote) break;
        value += this.#escape();
        from = this.#at;
      } else if (code >= 0x20) this.#at += 1;
      else throw this.#refusal(this.#here(), this.#at < this.#text.length ? 'control characters to be escaped' : 'a closing quote');
    }
    this.#at += 1;
    if (!value.isWellFormed()) throw this.#refusal('half of a surrogate pair', 'whole Unicode characters', 'unparsable', start);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#refusal('an unknown escape', 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #number(): number {
    numberCharacters.lastIndex = this.#at;
    const literal = numberCharacters.exec(this.#text)?.[0] ?? '';
    const reading = readNumber(literal);
    if (reading.kind === 'refused') throw this.#refusal(reading.found, reading.expected);
    this.#at += literal.length;
    return reading.value;
  }

  #word(): JsonValue {
    for (const [word, value] of [['true', true], ['false', false], ['null', null]] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw this.#refusal(this.#here(), 'a JSON value');
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #here(): string {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) return 'the end of the document';
    const isPrintable = point > 0x20 && point < 0x7f;
    return isPrintable ? `"${String.fromCodePoint(point)}"` : `the character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  #refusal(found: string, expected: string, reason: UnreadableText['reason'] = 'unparsable', offset = this.#at): UnreadableText {
    return new UnreadableText({ reason, offset, found, expected });
  }
}
