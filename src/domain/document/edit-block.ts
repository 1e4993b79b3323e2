import type { JsonValue } from '../json-value.ts';
import { memberEnd } from './document-part.ts';
import type { DocumentMember } from './document-part.ts';
import type { Place } from './place-member.ts';
import { lineEndOf, lineStart, nextLine, splice } from './text-lines.ts';
import { writeKey, writeValue } from './write-value.ts';

/** A YAML map with its members on lines of their own. */
export interface BlockMap {
  readonly text: string;
  readonly members: readonly DocumentMember[];
}

export function insertInBlock(map: BlockMap, name: string, value: JsonValue, { member, side }: Place): string {
  const { text } = map;
  const line = `${indentOf(map)}${writeKey(name, 'yaml')}: ${writeValue(value, 'yaml')}`;
  const at = side === 'after' ? endOf(map, member) : startOf(map, member);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return splice(text, at, at, isOpen ? `${lineEndOf(text)}${line}` : `${line}${lineEndOf(text)}`);
}

/** With its line, and with the comments below that are indented deeper: behind a block scalar they would become its text. */
export function removeFromBlock(map: BlockMap, member: DocumentMember): string {
  const start = lineStart(map.text, member.keyStart);
  if (map.members.length > 1) return withoutLines(map.text, start, endOf(map, member));
  const end = endOf(map, member);
  return splice(map.text, start, end, `${indentOf(map)}{}${map.text[end - 1] === '\n' ? lineEndOf(map.text) : ''}`);
}

/** A block below its key gives way to a value beside the key. */
export function replaceBlock({ text }: BlockMap, { value, colonEnd, keyEnd }: DocumentMember, written: string): string {
  const without = withoutLines(text, lineStart(text, value.start), text[value.end - 1] === '\n' ? value.end : nextLine(text, value.end));
  return splice(without, colonEnd ?? keyEnd, colonEnd ?? keyEnd, ` ${written}`);
}

/** A text that did not end with a line end does not get one. */
function withoutLines(text: string, start: number, end: number): string {
  const isLast = end === text.length && text[end - 1] !== '\n';
  const before = isLast ? (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return splice(text, start - before, end, '');
}

function indentOf({ text, members }: BlockMap): string {
  const [first] = members;
  return first === undefined ? '' : (/^[ \t]*/.exec(text.slice(lineStart(text, first.keyStart), first.keyStart))?.[0] ?? '');
}

function endOf(map: BlockMap, member: DocumentMember): number {
  const { text } = map;
  const end = memberEnd(member);
  let at = text[end - 1] === '\n' ? end : nextLine(text, end);
  for (let next = deeperComment(text, at, indentOf(map).length); next !== null; next = deeperComment(text, at, indentOf(map).length)) at = next;
  return at;
}

/** Behind a comment, or blank lines and a comment, that is indented deeper. */
function deeperComment(text: string, from: number, indent: number): number | null {
  for (let at = from; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at));
    if (line.trim() !== '') return /^ *#/.test(line) && line.indexOf('#') > indent ? at + line.length : null;
  }
  return null;
}

/** The comment lines right above a member belong to it; those above the first one may speak of the whole file. */
function startOf(map: BlockMap, member: DocumentMember): number {
  const { text, members } = map;
  let at = lineStart(text, member.keyStart);
  if (member === members[0]) return at;
  for (let above = lineStart(text, at - 1); at > 0 && text.slice(above, at).startsWith(`${indentOf(map)}#`); above = lineStart(text, at - 1)) at = above;
  return at;
}
