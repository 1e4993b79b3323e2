import { canonicalText } from '../canonical.ts';
import { Failure } from '../failure.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import { editDocument } from './edit-document.ts';
import type { DocumentEdit } from './edit-document.ts';
import { bytesOfText, textOfBytes } from './edited-text.ts';
import { pointerBelow } from './pointer.ts';
import { formatOf, readDocument } from './read-document.ts';
import { splice } from './text-lines.ts';
import { yamlItems } from './yaml-items.ts';

/**
 * Changes members of one item of a list that is a member of a document. Where the items of a YAML list stand on lines of their
 * own nothing else changes; else the list is written anew.
 * @throws Failure EDIT_FAILED
 */
export function editItem(bytes: Uint8Array, path: string, { member, index }: { readonly member: string; readonly index: number }, edits: readonly DocumentEdit[]): Uint8Array {
  const list = listIn(bytes, path, member);
  const item = list[index];
  if (item === undefined || !isJsonObject(item)) throw refused(path, `no item ${index + 1} of \`${member}\` with members`);
  const edited = valueOf(editDocument(bytesOfText(JSON.stringify(item)), 'item.json', edits), 'item.json');
  const wanted = list.map((one, at) => (at === index ? edited : one));
  const text = textOfBytes(bytes);
  const range = formatOf(path) === 'json' ? undefined : yamlItems(text, member)[index];
  const inPlace = range === undefined ? null : withinItem(text, range, edits);
  if (inPlace !== null && canonicalText(listIn(bytesOfText(inPlace), path, member)) === canonicalText(wanted)) return bytesOfText(inPlace);
  return editDocument(bytes, path, [{ pointer: pointerBelow('', member), value: wanted }]);
}

/** The item as a document of its own: without its dash, and as far to the left as it can be. Null where it does not begin with a dash and a space. */
function withinItem(text: string, { start, end }: { readonly start: number; readonly end: number }, edits: readonly DocumentEdit[]): string | null {
  const [, indent] = /^( *)- /.exec(text.slice(start, end)) ?? [];
  if (indent === undefined) return null;
  const width = indent.length + 2;
  const lines = `${' '.repeat(width)}${text.slice(start + width, end)}`.split('\n');
  // What is less indented, such as a comment about the next item, is not part of it.
  const foreign = lines.findIndex((line) => line.trim() !== '' && line.slice(0, width).trim() !== '');
  const own = foreign === -1 ? lines : [...lines.slice(0, foreign), ''];
  const rest = foreign === -1 ? '' : lines.slice(foreign).join('\n');
  const edited = attempt(() => textOfBytes(editDocument(bytesOfText(own.map((line) => line.slice(width)).join('\n')), 'item.yaml', edits)));
  if (edited === null) return null;
  const indented = edited.split('\n').map((line) => (line.trim() === '' ? line : `${' '.repeat(width)}${line}`)).join('\n');
  return splice(text, start, end, `${indent}- ${indented.slice(width)}${rest}`);
}

function attempt(edit: () => string): string | null {
  try {
    return edit();
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}

function listIn(bytes: Uint8Array, path: string, member: string): readonly JsonValue[] {
  const value = valueOf(bytes, path);
  const list = isJsonObject(value) && Object.hasOwn(value, member) ? value[member] : null;
  if (!Array.isArray(list)) throw refused(path, `no list \`${member}\``);
  return list.map((item: JsonValue) => item);
}

function valueOf(bytes: Uint8Array, path: string): JsonValue {
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'document') return reading.document.value;
  throw refused(path, `line ${reading.problem.position.line}, column ${reading.problem.position.column}: ${reading.problem.message}`);
}

function refused(path: string, found: string): Failure {
  return new Failure('EDIT_FAILED', `Cannot change ${path}: found ${found}, expected a list with the item to change. Nothing was changed. Change the item by hand.`);
}
