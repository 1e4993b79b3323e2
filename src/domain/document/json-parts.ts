import type { DocumentMember, DocumentPart } from './document-part.ts';
import { readJson } from './json-reader.ts';

/** Where the parts of a JSON text stand. The text has been read: what is wrong in it is not looked for again. */
export function jsonParts(text: string): DocumentPart {
  return new JsonParts(text).value();
}

const string = /"(?:[^"\\]|\\.)*"/y;
const word = /[^\s,\]}]+/y;
const space = /[ \t\r\n]*/y;

class JsonParts {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): DocumentPart {
    this.#take(space);
    const start = this.#at;
    const first = this.#text[start];
    if (first === '"') return this.#scalar(start, 'double', string);
    if (first === '{') return { start, style: 'flow', members: this.#list(() => this.#member()), end: this.#at };
    if (first !== '[') return this.#scalar(start, 'plain', word);
    this.#list(() => this.value());
    return { start, style: 'flow', members: null, end: this.#at };
  }

  #scalar(start: number, style: DocumentPart['style'], pattern: RegExp): DocumentPart {
    this.#take(pattern);
    return { start, style, members: null, end: this.#at };
  }

  /** What stands between two brackets. */
  #list<Item>(item: () => Item): readonly Item[] {
    const items: Item[] = [];
    for (let isOpen = this.#enter(); isOpen; isOpen = this.#goOn()) items.push(item());
    this.#at += 1;
    return items;
  }

  #enter(): boolean {
    this.#at += 1;
    this.#take(space);
    return this.#text[this.#at] !== '}' && this.#text[this.#at] !== ']';
  }

  #goOn(): boolean {
    this.#take(space);
    if (this.#text[this.#at] !== ',') return false;
    this.#at += 1;
    this.#take(space);
    return true;
  }

  #member(): DocumentMember {
    const keyStart = this.#at;
    this.#take(string);
    const keyEnd = this.#at;
    this.#take(space);
    this.#at += 1;
    const name = readJson(this.#text.slice(keyStart, keyEnd));
    return { name: typeof name === 'string' ? name : '', keyStart, keyEnd, colonEnd: this.#at, value: this.value() };
  }

  #take(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
  }
}
