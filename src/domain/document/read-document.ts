import type { JsonValue } from '../json-value.ts';
import type { Position } from '../position.ts';
import { decodeText } from './decode-text.ts';
import type { Document, DocumentFormat, Reading } from './document.ts';
import { readJson } from './json-reader.ts';
import { noPlaces, startAt } from './places.ts';
import type { Places } from './places.ts';
import { positionAt, positionsIn } from './position-at.ts';
import { UnreadableText } from './unreadable-text.ts';
import { readYaml } from './yaml-reader.ts';

/**
 * Reads a document so strictly that any other correct reader of the format finds the same value.
 * Where readers differ (duplicate keys, big integers, aliases, …) it is a problem with a place, never a guess.
 */
export function readDocument(bytes: Uint8Array, format: DocumentFormat): Reading {
  const decoding = decodeText(bytes);
  if (decoding.kind === 'problem') return decoding;
  const { text } = decoding;
  try {
    return { kind: 'document', document: documentOf(readText(text, format), bytes, format) };
  } catch (thrown) {
    return { kind: 'problem', problem: problemOf(thrown, text, format) };
  }
}

/** JSON for `.json`, else YAML. */
export function formatOf(path: string): DocumentFormat {
  return path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
}

function readText(text: string, format: DocumentFormat, places: Places | null = null): JsonValue {
  return format === 'json' ? readJson(text, places) : readYaml(text, places);
}

/** Places are found by reading again, on the first question: most documents are never asked, and none keeps its text for that. */
function documentOf(value: JsonValue, bytes: Uint8Array, format: DocumentFormat): Document {
  let positionOf: ((pointer: string) => Position) | null = null;
  return { value, positionOf: (pointer) => (positionOf ??= positionsOf(bytes, format))(pointer) };
}

function positionsOf(bytes: Uint8Array, format: DocumentFormat): (pointer: string) => Position {
  const text = new TextDecoder().decode(bytes);
  const places = noPlaces();
  try {
    readText(text, format, places);
  } catch (thrown) {
    // Our own reader of plain YAML takes more comments than the library is given: then every part stands at the start.
    if (!(thrown instanceof UnreadableText)) throw thrown;
  }
  const position = positionsIn(text);
  return (pointer) => position(startAt(places, pointer));
}

/** The YAML library can throw on hostile text (a code point out of range): that too is a file that can not be read. */
function problemOf(thrown: unknown, text: string, format: DocumentFormat): Extract<Reading, { kind: 'problem' }>['problem'] {
  const refused =
    thrown instanceof UnreadableText ? thrown : new UnreadableText({ offset: 0, found: `text that the ${format} parser gives up on`, expected: `valid ${format === 'json' ? 'JSON' : 'YAML 1.2'}` });
  return { reason: refused.reason, message: refused.message, expected: refused.expected, found: refused.found, position: positionAt(text, refused.offset) };
}
