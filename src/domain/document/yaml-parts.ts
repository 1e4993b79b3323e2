import type { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { memberEnd } from './document-part.ts';
import type { DocumentMember, DocumentPart, PartStyle } from './document-part.ts';
import { parseYaml } from './parse-yaml.ts';
import { isMap, isScalar, isSeq } from './yaml-nodes.ts';

/**
 * Where the parts of a YAML text stand.
 * @throws UnreadableText
 */
export function yamlParts(text: string): DocumentPart {
  return partOf(parseYaml(text).contents, text, 0);
}

const styles: Readonly<Record<string, PartStyle>> = { QUOTE_SINGLE: 'single', QUOTE_DOUBLE: 'double', BLOCK_LITERAL: 'block-scalar', BLOCK_FOLDED: 'block-scalar' };

/** `before` is where a value that is left out would stand. */
function partOf(node: unknown, text: string, before: number): DocumentPart {
  if (isMap(node)) return mapPart(node, text);
  if (isSeq(node)) return sequencePart(node, text);
  if (isScalar(node) && node.source !== '') return scalarPart(node);
  const isQuoted = isScalar(node) && styleOf(node) !== 'plain';
  return isQuoted ? scalarPart(node) : { style: 'nothing', start: before, end: before, members: null };
}

function scalarPart(scalar: Scalar): DocumentPart {
  const [start, end] = rangeOf(scalar);
  return { style: styleOf(scalar), start, end, members: null };
}

function styleOf({ type }: Scalar): PartStyle {
  return styles[type ?? 'PLAIN'] ?? 'plain';
}

function mapPart(map: YAMLMap, text: string): DocumentPart {
  const [start, end] = rangeOf(map);
  const members = map.items.map((pair) => memberPart(pair, text));
  const last = members.at(-1);
  if (map.flow === true || last === undefined) return { style: 'flow', start, end, members };
  return { style: 'block', start, end: memberEnd(last), members };
}

function sequencePart(sequence: YAMLSeq, text: string): DocumentPart {
  const [start, end] = rangeOf(sequence);
  if (sequence.flow === true) return { style: 'flow', start, end, members: null };
  // The library counts comments behind the last item to the sequence.
  const last = partOf(sequence.items.at(-1), text, end);
  const hasText = last.style !== 'nothing';
  return { style: 'block', start, end: hasText ? last.end : text.slice(0, end).trimEnd().length, members: null };
}

function memberPart({ key, value }: Pair, text: string): DocumentMember {
  const [keyStart, keyEnd] = rangeOf(key);
  const at = keyEnd + (/^\s*/.exec(text.slice(keyEnd, keyEnd + 200))?.[0].length ?? 0);
  const colonEnd = text[at] === ':' ? at + 1 : null;
  return { name: isScalar(key) ? String(key.value) : '', keyStart, keyEnd, colonEnd, value: partOf(value, text, colonEnd ?? keyEnd) };
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}
