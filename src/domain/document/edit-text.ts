import type { JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import type { DocumentMember, DocumentPart } from './document-part.ts';
import { insertInBlock, removeFromBlock, replaceBlock } from './edit-block.ts';
import { insertInFlow, removeFromFlow } from './edit-flow.ts';
import { jsonParts } from './json-parts.ts';
import { placeMember } from './place-member.ts';
import { pointerAbove, pointerBelow, tokensOf } from './pointer.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';
import { lineEndOf, splice } from './text-lines.ts';
import { writeValue } from './write-value.ts';
import { yamlParts } from './yaml-parts.ts';

export interface TextEdit {
  readonly tokens: readonly string[];
  /** Undefined removes. */
  readonly value: JsonValue | undefined;
  readonly order: readonly string[];
}

/** One change of one member, as a splice of the text. */
export function editText(text: string, format: DocumentFormat, edit: TextEdit): string {
  let map = format === 'json' ? jsonParts(text) : yamlParts(text);
  for (const [index, token] of edit.tokens.entries()) {
    if (map.members === null) throw new Error('found a value that has no members on the way to the one to change, expected an object');
    const member = map.members.find((one) => one.name === token);
    if (member === undefined) return inserted(text, format, map, edit, index);
    if (index === edit.tokens.length - 1) return changed(text, format, map, member, edit.value);
    map = member.value;
  }
  return text;
}

function inserted(text: string, format: DocumentFormat, map: DocumentPart, { tokens, value, order }: TextEdit, index: number): string {
  if (value === undefined) return text;
  const name = tokens[index] ?? '';
  const members = map.members ?? [];
  const above = tokens.slice(0, index).reduce((pointer, token) => pointerBelow(pointer, token), '');
  const siblings = order.filter((pointer) => pointerAbove(pointer) === above).map((pointer) => tokensOf(pointer)?.at(-1) ?? '');
  const place = placeMember(members, name, siblings);
  const whole = tokens.slice(index + 1).reduceRight<JsonValue>(wrapped, value);
  return map.style === 'block' && place !== null ? insertInBlock({ text, members }, name, whole, place) : insertInFlow({ text, format, start: map.start, members }, name, whole, place);
}

function wrapped(value: JsonValue, name: string): JsonValue {
  const members: MembersUnderConstruction = {};
  setMember(members, name, value);
  return members;
}

function changed(text: string, format: DocumentFormat, map: DocumentPart, member: DocumentMember, value: JsonValue | undefined): string {
  const members = map.members ?? [];
  if (value !== undefined) return replaced(text, format, { text, members }, member, value);
  return map.style === 'block' ? removeFromBlock({ text, members }, member) : removeFromFlow({ text, format, start: map.start, members }, member);
}

function replaced(text: string, format: DocumentFormat, map: Parameters<typeof replaceBlock>[0], member: DocumentMember, value: JsonValue): string {
  const { style, start, end } = member.value;
  const written = writeValue(value, format, style);
  switch (style) {
    case 'block':
      return replaceBlock(map, member, written);
    case 'nothing':
      return splice(text, start, start, member.colonEnd === null ? `: ${written}` : ` ${written}`);
    case 'block-scalar':
      return splice(text, start, end, text[end - 1] === '\n' ? `${written}${lineEndOf(text)}` : written);
    case 'plain':
    case 'single':
    case 'double':
    case 'flow':
      return splice(text, start, end, written);
  }
}
