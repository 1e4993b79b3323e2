import type { Alias, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { limits } from '../limits.ts';
import type { JsonValue } from '../json-value.ts';
import { placeBelow } from './places.ts';
import type { Places } from './places.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';
import { UnreadableText } from './unreadable-text.ts';
import { isAlias, isMap, isScalar, isSeq } from './yaml-nodes.ts';

interface Anchored {
  readonly value: JsonValue;
  readonly nodes: number;
  readonly characters: number;
}

/** Walks a parsed tree that may have aliases. An alias gives the very value of its anchor; its size is counted again. */
export class LooseTree {
  readonly #text: string;
  readonly #maxNodes: number;
  readonly #maxCharacters: number;
  readonly #anchors = new Map<string, Anchored>();
  #nodes = 0;
  #characters = 0;

  constructor(text: string, maxNodes: number, maxCharacters: number) {
    this.#text = text;
    this.#maxNodes = maxNodes;
    this.#maxCharacters = maxCharacters;
  }

  /** @throws UnreadableText */
  read(node: unknown, places: Places): JsonValue {
    places.start = startOf(node);
    return this.#value(node, places, 0);
  }

  #value(node: unknown, places: Places | null, depth: number): JsonValue {
    const before = { nodes: this.#nodes, characters: this.#characters };
    this.#count(node, 1, 0);
    if (depth > limits.depth) throw refusal(node, `nesting deeper than ${limits.depth}`, `at most ${limits.depth} levels`, 'too_large');
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return this.#repeat(node);
    const value = this.#plain(node, places, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, { value, nodes: this.#nodes - before.nodes, characters: this.#characters - before.characters });
    return value;
  }

  #plain(node: unknown, places: Places | null, depth: number): JsonValue {
    if (isScalar(node)) return this.#scalar(node);
    if (isMap(node)) return this.#map(node, places, depth + 1);
    if (isSeq(node)) return this.#sequence(node, places, depth + 1);
    throw refusal(node, 'a node that JSON can not express', 'maps, sequences and scalars');
  }

  /** What is not whole yet is not there yet: an anchor that holds its own alias has no value. */
  #repeat(alias: Alias): JsonValue {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined) throw refusal(alias, `the alias ${JSON.stringify(alias.source.slice(0, 40))} without its anchor before it`, 'an anchor before its aliases');
    this.#count(alias, anchored.nodes, anchored.characters);
    return anchored.value;
  }

  #scalar(scalar: Scalar): JsonValue {
    const { value } = scalar;
    if (typeof value === 'boolean' || value === null) return value;
    const text = typeof value === 'string' ? value : (scalar.source ?? '');
    this.#count(scalar, 0, text.length);
    return text;
  }

  #map(map: YAMLMap, places: Places | null, depth: number): JsonValue {
    const members: MembersUnderConstruction = {};
    for (const pair of map.items) {
      const key = this.#key(pair);
      if (Object.hasOwn(members, key)) throw refusal(pair.key, `the key ${JSON.stringify(key.slice(0, 80))} a second time`, 'each key once');
      setMember(members, key, this.#value(pair.value, placeBelow(places, key, startOf(pair.key)), depth));
    }
    return members;
  }

  #key({ key }: Pair): string {
    if (!isScalar(key)) throw refusal(key, 'a key that is not a scalar', 'string keys');
    if (key.value === '<<' && key.type === 'PLAIN') throw refusal(key, 'a merge key', 'plain members');
    const name = typeof key.value === 'string' ? key.value : this.#text.slice(...(key.range ?? [0, 0]));
    this.#count(key, 0, name.length);
    return name;
  }

  #sequence(sequence: YAMLSeq, places: Places | null, depth: number): JsonValue {
    return sequence.items.map((item, index) => this.#value(item, placeBelow(places, index, startOf(item)), depth));
  }

  #count(node: unknown, nodes: number, characters: number): void {
    this.#nodes += nodes;
    this.#characters += characters;
    if (this.#nodes > this.#maxNodes) throw refusal(node, `more than ${this.#maxNodes} values`, `at most ${this.#maxNodes}`, 'too_large');
    if (this.#characters > this.#maxCharacters) throw refusal(node, `more than ${this.#maxCharacters} characters, counting what aliases repeat`, `at most ${this.#maxCharacters}`, 'too_large');
  }
}

function startOf(node: unknown): number {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : null;
  return range?.[0] ?? 0;
}

function refusal(node: unknown, found: string, expected: string, reason: UnreadableText['reason'] = 'unparsable'): UnreadableText {
  return new UnreadableText({ reason, offset: startOf(node), found, expected });
}
