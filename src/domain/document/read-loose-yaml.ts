import { limits } from '../limits.ts';
import type { JsonValue } from '../json-value.ts';
import { decodeText } from './decode-text.ts';
import type { Document, Reading } from './document.ts';
import { LooseTree } from './loose-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { noPlaces, startAt } from './places.ts';
import { positionAt, positionsIn } from './position-at.ts';
import { refuseControlCharacters } from './refuse-control-characters.ts';
import { UnreadableText } from './unreadable-text.ts';

/**
 * Reads YAML that is another program's to run, as that program does: with anchors and aliases, and each number as the text
 * that stands there. Duplicate keys, merge keys, tags and a second document are refused as by `readDocument`, and what
 * aliases repeat counts as often as it stands.
 */
export function readLooseYaml(bytes: Uint8Array): Reading {
  const decoding = decodeText(bytes);
  if (decoding.kind === 'problem') return decoding;
  const { text } = decoding;
  try {
    return { kind: 'document', document: documentOf(text) };
  } catch (thrown) {
    const refused = thrown instanceof UnreadableText ? thrown : new UnreadableText({ offset: 0, found: 'text that the yaml parser gives up on', expected: 'valid YAML 1.2' });
    return { kind: 'problem', problem: { reason: refused.reason, message: refused.message, expected: refused.expected, found: refused.found, position: positionAt(text, refused.offset) } };
  }
}

function documentOf(text: string): Document {
  refuseControlCharacters(text);
  const { contents } = parseYaml(text, { aliases: 'take' });
  const places = noPlaces();
  const value: JsonValue = new LooseTree(text, limits.nodes, limits.fileBytes * 4).read(contents, places);
  const position = positionsIn(text);
  return { value, positionOf: (pointer) => position(startAt(places, pointer)) };
}
