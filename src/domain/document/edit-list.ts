import { canonicalText } from '../canonical.ts';
import { Failure } from '../failure.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import type { DocumentPart } from './document-part.ts';
import { editDocument } from './edit-document.ts';
import { jsonParts } from './json-parts.ts';
import { pointerBelow } from './pointer.ts';
import { formatOf, readDocument } from './read-document.ts';
import { lineEndOf, lineStart, nextLine, splice } from './text-lines.ts';
import { UnreadableText } from './unreadable-text.ts';
import { writeValue } from './write-value.ts';
import { yamlItems } from './yaml-items.ts';
import { yamlParts } from './yaml-parts.ts';

const byHand = 'Change the list by hand.';

/**
 * Adds items at the end of a list that is a member of a document, and changes nothing else in it: comments stay. A member that
 * is missing is made. The result is read again: it has the value that was meant, or nothing comes of it.
 * @throws Failure EDIT_FAILED
 */
export function appendItems(bytes: Uint8Array, path: string, member: string, items: readonly JsonObject[]): Uint8Array {
  const list = listIn(bytes, path, member);
  if (list === null) return editDocument(bytes, path, [{ pointer: pointerBelow('', member), value: [...items] }]);
  return checked(path, member, [...list, ...items], bytes, (text, format) => items.reduce((before, item) => withItem(before, format, member, item), text));
}

/**
 * Takes items out of such a list, with the comments beside them.
 * @throws Failure EDIT_FAILED
 */
export function removeItems(bytes: Uint8Array, path: string, member: string, isGone: (item: JsonValue) => boolean): Uint8Array {
  const list = listIn(bytes, path, member) ?? [];
  const kept = list.filter((item) => !isGone(item));
  if (kept.length === list.length) return bytes;
  const format = formatOf(path);
  const part = partOf(textOf(bytes), format, member);
  if (kept.length === 0 || part?.style !== 'block') return editDocument(bytes, path, [{ pointer: pointerBelow('', member), value: kept }]);
  return checked(path, member, kept, bytes, (text) => withoutItems(text, member, list.map((item) => isGone(item))));
}

function withItem(text: string, format: DocumentFormat, member: string, item: JsonObject): string {
  const part = partOf(text, format, member);
  const written = writeValue(item, format);
  if (part?.style === 'block') {
    const at = text[part.end - 1] === '\n' ? part.end : nextLine(text, part.end);
    const line = `${' '.repeat(part.start - lineStart(text, part.start))}- ${written}`;
    return splice(text, at, at, text[at - 1] === '\n' ? `${line}${lineEndOf(text)}` : `${lineEndOf(text)}${line}`);
  }
  if (part?.style !== 'flow') throw new UnreadableText({ offset: 0, found: 'a list that is written in a way that can not be added to', expected: 'items on lines of their own, or between brackets' });
  const inside = text.slice(part.start + 1, part.end - 1);
  return splice(text, part.start + 1 + inside.trimEnd().length, part.end - 1, `${inside.trim() === '' ? '' : ', '}${written}`);
}

function withoutItems(text: string, member: string, gone: readonly boolean[]): string {
  const ranges = yamlItems(text, member);
  return gone.reduceRight((before, isGone, index) => {
    const range = ranges[index];
    return isGone && range !== undefined ? splice(before, range.start, range.end, '') : before;
  }, text);
}

function partOf(text: string, format: DocumentFormat, member: string): DocumentPart | null {
  const { members } = format === 'json' ? jsonParts(text) : yamlParts(text);
  return members?.find(({ name }) => name === member)?.value ?? null;
}

/** Null where the member is missing or is null. */
function listIn(bytes: Uint8Array, path: string, member: string): readonly JsonValue[] | null {
  const value = valueOf(bytes, path);
  if (!isJsonObject(value)) throw refused(path, 'a document that is no object');
  const list = Object.hasOwn(value, member) ? value[member] : null;
  if (list === null || list === undefined) return null;
  if (!Array.isArray(list)) throw refused(path, `"${member}", which is no list`);
  return list.map((item: JsonValue) => item);
}

function checked(path: string, member: string, meant: readonly JsonValue[], bytes: Uint8Array, edit: (text: string, format: DocumentFormat) => string): Uint8Array {
  const edited = new TextEncoder().encode(attempt(path, () => edit(textOf(bytes), formatOf(path))));
  const before = valueOf(bytes, path);
  const wanted = isJsonObject(before) ? { ...before, [member]: meant } : before;
  if (canonicalText(valueOf(edited, path)) !== canonicalText(wanted)) throw refused(path, 'a layout in which the change would read as another value');
  return edited;
}

function attempt(path: string, edit: () => string): string {
  try {
    return edit();
  } catch (thrown) {
    throw refused(path, thrown instanceof Error ? thrown.message : 'text that could not be taken apart');
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function valueOf(bytes: Uint8Array, path: string): JsonValue {
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'document') return reading.document.value;
  const { message, position } = reading.problem;
  throw new Failure('EDIT_FAILED', `Cannot change ${path}: line ${position.line}, column ${position.column}: ${message}. Nothing was changed. Mend this place first.`);
}

function refused(path: string, found: string): Failure {
  return new Failure('EDIT_FAILED', `Cannot change ${path}: found ${found}, expected a plain list. Nothing was changed. ${byHand}`);
}
