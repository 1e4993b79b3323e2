import type { JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import { memberEnd } from './document-part.ts';
import type { DocumentMember } from './document-part.ts';
import { lineEndOf, splice } from './text-lines.ts';
import type { Place } from './place-member.ts';
import { writeKey, writeValue } from './write-value.ts';

/** An object in braces: all of JSON, and YAML's flow maps. */
export interface FlowMap {
  readonly text: string;
  readonly format: DocumentFormat;
  readonly start: number;
  readonly members: readonly DocumentMember[];
}

export function insertInFlow(map: FlowMap, name: string, value: JsonValue, place: Place | null): string {
  const { text, format, start } = map;
  if (place === null) return splice(text, start + 1, start + 1, `${writeKey(name, format)}: ${writeValue(value, format)}`);
  const { member, side } = place;
  const written = `${keyLike(member, map, name)}${colonLike(member, map)}${writeValue(value, format)}`;
  const gap = gapBeside(map, member, side);
  const at = side === 'after' ? memberEnd(member) : member.keyStart;
  return splice(text, at, at, side === 'after' ? `,${gap}${written}` : `${written},${gap}`);
}

/** The member with one comma: the one before it, else the one behind. A comment in between stays; YAML allows the comma before it. */
export function removeFromFlow(map: FlowMap, member: DocumentMember): string {
  const { text } = map;
  const end = memberEnd(member);
  const before = map.members[map.members.indexOf(member) - 1];
  if (before !== undefined && text.slice(memberEnd(before), member.keyStart).trim() === ',') return splice(text, memberEnd(before), end, '');
  const comma = commaAfter(text, end, map.format);
  if (comma === null) return splice(text, member.keyStart, end, '');
  return withoutPart(text, member.keyStart, text.slice(end, comma).trim() === ',' ? comma : end, comma);
}

/** Up to the next member, or with its whole line where nothing else stands on it. */
function withoutPart(text: string, start: number, end: number, comma: number): string {
  const rest = comma === end ? text : splice(text, comma - 1, comma, '');
  const [, gap = '', lineEnd] = /^([ \t]*)(\r?\n)?/.exec(rest.slice(end)) ?? [];
  const indent = /\n([ \t]*)$/.exec(rest.slice(0, start))?.[1];
  if (lineEnd === undefined) return splice(rest, start, end + gap.length, '');
  return indent === undefined ? splice(rest, start, end, '') : splice(rest, start - indent.length, end + gap.length + lineEnd.length, '');
}

function keyLike(member: DocumentMember, { text, format }: FlowMap, name: string): string {
  return writeKey(name, text[member.keyStart] === '"' ? 'json' : format);
}

/** As the neighbour has it; a YAML colon needs its space except behind a quoted key. */
function colonLike(member: DocumentMember, { text }: FlowMap): string {
  const between = member.value.style === 'nothing' ? '' : text.slice(member.keyEnd, member.value.start);
  const isUsable = /^[ \t]*:[ \t]+$/.test(between) || (between === ':' && text[member.keyStart] === '"');
  return isUsable ? between : ': ';
}

/** The white space that separates members here: the line end and indentation of a neighbour, or a space. */
function gapBeside(map: FlowMap, member: DocumentMember, side: Place['side']): string {
  const index = map.members.indexOf(member);
  const own = gapBefore(map, index);
  if (own.includes('\n') || index > 0) return own;
  const next = map.members.length > 1 ? gapBefore(map, 1) : null;
  if (next !== null) return next;
  return side === 'before' || colonLike(member, map).endsWith(' ') ? ' ' : '';
}

function gapBefore({ text, format, start, members }: FlowMap, index: number): string {
  const before = members[index - 1];
  const from = before === undefined ? start + 1 : (commaAfter(text, memberEnd(before), format) ?? start + 1);
  const gap = text.slice(from, members[index]?.keyStart ?? from);
  const line = gap.lastIndexOf('\n');
  return line === -1 ? gap : `${lineEndOf(text)}${gap.slice(line + 1)}`;
}

/** Behind the comma that follows, null when none does. */
function commaAfter(text: string, at: number, format: DocumentFormat): number | null {
  for (let index = at; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === ',') return index + 1;
    if (character === '#' && format === 'yaml') index = (text.indexOf('\n', index) + 1 || text.length) - 1;
    else if (!/\s/.test(character)) return null;
  }
  return null;
}
