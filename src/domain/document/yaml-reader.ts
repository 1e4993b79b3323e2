import type { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { limits } from '../limits.ts';
import type { JsonValue } from '../json-value.ts';
import { readNumber } from './number-literal.ts';
import { parseYaml } from './parse-yaml.ts';
import { placeBelow } from './places.ts';
import type { Places } from './places.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { refuseControlCharacters } from './refuse-control-characters.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';
import { UnreadableText } from './unreadable-text.ts';
import { isMap, isScalar, isSeq } from './yaml-nodes.ts';

/**
 * Reads the subset of YAML 1.2 core that has exactly one reading and a JSON twin with the same value:
 * one document, no anchors, aliases, merge keys, tags, directives, non-string keys, or numbers that JSON writes otherwise.
 * @param places Told where each part starts.
 * @throws UnreadableText
 */
export function readYaml(text: string, places: Places | null = null): JsonValue {
  refuseControlCharacters(text);
  const plain = places === null ? readPlainYaml(text) : undefined;
  return plain ?? readTree(text, places);
}

/** By the library's tree, which knows all of YAML and where each part stands. */
function readTree(text: string, places: Places | null): JsonValue {
  const document = parseYaml(text);
  const { contents } = document;
  const isEmpty = isScalar(contents) && contents.value === null && contents.source === '';
  if (isEmpty) throw new UnreadableText({ offset: 0, found: 'nothing', expected: 'a YAML document' });
  if (places !== null) places.start = startOf(contents);
  return new TreeReader(text).value(contents, places, 0);
}

/** Walks the parsed tree; its depth is bounded by the parser's guard. */
class TreeReader {
  readonly #text: string;
  #nodes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(node: unknown, places: Places | null, depth: number): JsonValue {
    this.#nodes += 1;
    if (this.#nodes > limits.nodes) throw refusal(node, `more than ${limits.nodes} values`, `at most ${limits.nodes}`, 'too_large');
    if (depth >= limits.depth && (isMap(node) || isSeq(node))) throw refusal(node, `nesting deeper than ${limits.depth}`, `at most ${limits.depth} levels`, 'too_large');
    if (isScalar(node)) return scalarValue(node);
    if (isMap(node)) return this.#map(node, places, depth + 1);
    if (isSeq(node)) return this.#sequence(node, places, depth + 1);
    if (node === null) return null;
    throw refusal(node, 'a node that JSON can not express', 'maps, sequences and scalars');
  }

  #map(map: YAMLMap, places: Places | null, depth: number): JsonValue {
    const members: MembersUnderConstruction = {};
    for (const pair of map.items) {
      const key = this.#key(pair);
      if (Object.hasOwn(members, key)) throw refusal(pair.key, `the key ${JSON.stringify(key)} a second time`, 'each key once');
      setMember(members, key, this.value(pair.value, placeBelow(places, key, startOf(pair.key)), depth));
    }
    return members;
  }

  #key(pair: Pair): string {
    const { key } = pair;
    if (!isScalar(key)) throw refusal(key, 'a key that is not a scalar', 'string keys');
    if (typeof key.value !== 'string') throw refusal(key, `the key ${this.#text.slice(...(key.range ?? [0, 0])).slice(0, 40)}, which is not a string`, 'string keys; quote it');
    if (key.value === '<<' && key.type === 'PLAIN') throw refusal(key, 'a merge key', 'plain members, as in JSON');
    return wellFormed(key, key.value);
  }

  #sequence(sequence: YAMLSeq, places: Places | null, depth: number): JsonValue {
    return sequence.items.map((item, index) => this.value(item, placeBelow(places, index, startOf(item)), depth));
  }
}

function scalarValue(scalar: Scalar): JsonValue {
  const { value } = scalar;
  if (typeof value === 'string') return wellFormed(scalar, value);
  if (typeof value === 'boolean' || value === null) return value;
  const reading = readNumber(scalar.source ?? '');
  if (reading.kind === 'refused') throw refusal(scalar, reading.found, reading.expected);
  return reading.value;
}

function wellFormed(scalar: Scalar, value: string): string {
  if (!value.isWellFormed()) throw refusal(scalar, 'half of a surrogate pair', 'whole Unicode characters');
  return value;
}

function startOf(node: unknown): number {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  return range?.[0] ?? 0;
}

function refusal(node: unknown, found: string, expected: string, reason: UnreadableText['reason'] = 'unparsable'): UnreadableText {
  return new UnreadableText({ reason, offset: startOf(node), found, expected });
}
