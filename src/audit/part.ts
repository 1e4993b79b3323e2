import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { bytesOfBase64 } from './base64.ts';
import { Misfit } from './misfit.ts';
import { quote } from './quote.ts';

/** A part of JSON from outside, with its place. Each reading throws a `Misfit` unless exactly what is asked for stands there. */
export class Part {
  readonly value: JsonValue | undefined;
  /** A JSON pointer. */
  readonly place: string;

  constructor(value: JsonValue | undefined, place = '') {
    this.value = value;
    this.place = place;
  }

  member(name: string): Part {
    if (!isJsonObject(this.value)) return this.#refuse('an object');
    return new Part(Object.hasOwn(this.value, name) ? this.value[name] : undefined, `${this.place}/${name}`);
  }

  items(most: number): readonly Part[] {
    if (!Array.isArray(this.value)) return this.#refuse('an array');
    const items: readonly JsonValue[] = this.value;
    if (items.length > most) throw new Misfit(this.place, `${items.length} elements`, `at most ${most}`);
    return items.map((value, index) => new Part(value, `${this.place}/${index}`));
  }

  /** Well-formed, so that it has UTF-8 bytes. */
  text(): string {
    return typeof this.value === 'string' && this.value.isWellFormed() ? this.value : this.#refuse('a text');
  }

  matching(form: RegExp, expected: string): string {
    const text = this.text();
    return form.test(text) ? text : this.#refuse(expected);
  }

  count(): number {
    return typeof this.value === 'number' && Number.isSafeInteger(this.value) && this.value >= 0 ? this.value : this.#refuse('a whole number');
  }

  digest(): Digest {
    return isDigest(this.value) ? this.value : this.#refuse('sha256: and 64 hex digits');
  }

  bytes(): Uint8Array {
    return bytesOfBase64(this.text()) ?? this.#refuse('standard base64');
  }

  /** @throws Misfit */
  #refuse(expected: string): never {
    throw new Misfit(this.place, foundOf(this.value), expected);
  }
}

function foundOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (isJsonObject(value)) return 'an object';
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}
