import { canonicalText } from '../canonical.ts';
import { contractFields } from '../contract/contract-field.ts';
import { Failure } from '../failure.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { DocumentFormat } from './document.ts';
import { editText } from './edit-text.ts';
import { pointerBelow, tokensOf } from './pointer.ts';
import { formatOf, readDocument } from './read-document.ts';
import { setMember } from './set-member.ts';
import type { MembersUnderConstruction } from './set-member.ts';
import { UnreadableText } from './unreadable-text.ts';

export interface DocumentEdit {
  /** JSON pointer to a member, at any depth of objects. What is missing on the way is made. */
  readonly pointer: string;
  /** What the member becomes; undefined removes it. */
  readonly value: JsonValue | undefined;
  /** Pointers in the order in which their members should stand, for one that is new. Default: the envelope's. */
  readonly order?: readonly string[];
}

const byHand = 'Change the member by hand, or write it on a line of its own and run the command again.';

const envelopeOrder = contractFields.map((field) => pointerBelow('', field));

/**
 * Changes members of a document and nothing else in it: comments, key order, quotes, indentation and line ends stay byte
 * for byte. JSON for `.json`, else YAML. The result is read again: it has the value that was meant, or nothing comes of it.
 * @throws Failure EDIT_FAILED
 */
export function editDocument(bytes: Uint8Array, path: string, edits: readonly DocumentEdit[]): Uint8Array {
  const format = formatOf(path);
  let value = valueOf(bytes, format, path);
  let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  for (const edit of edits) {
    const tokens = tokensOf(edit.pointer);
    if (tokens === null || tokens.length === 0) throw refused(path, `the pointer ${JSON.stringify(edit.pointer.slice(0, 80))}`, 'a JSON pointer to a member');
    for (const step of stepsOf(value, tokens, edit.value)) {
      text = textAfter(text, format, { ...step, order: edit.order ?? envelopeOrder }, path);
      value = withMember(value, step.tokens, step.value, path);
    }
  }
  const edited = new TextEncoder().encode(text);
  if (canonicalText(valueOf(edited, format, path)) !== canonicalText(value)) throw refused(path, 'text that would read as another value after the change', 'a plainer layout around the member');
  return edited;
}

interface Step {
  readonly tokens: readonly string[];
  readonly value: JsonValue | undefined;
}

/** An object that becomes another one is changed member by member, so that what they share stays as it is written. */
function stepsOf(document: JsonValue, tokens: readonly string[], value: JsonValue | undefined): readonly Step[] {
  const before = memberAt(document, tokens);
  if (before === undefined || value === undefined) return before === value ? [] : [{ tokens, value }];
  if (canonicalText(before) === canonicalText(value)) return [];
  if (!isJsonObject(before) || !isJsonObject(value) || Object.keys(before).length === 0 || Object.keys(value).length === 0) return [{ tokens, value }];
  const kept = Object.entries(value).flatMap(([name, member]) => stepsOf(document, [...tokens, name], member));
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(value, name));
  return [...kept, ...gone.map((name) => ({ tokens: [...tokens, name], value: undefined }))];
}

function memberAt(document: JsonValue, tokens: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const token of tokens) value = isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
  return value;
}

function withMember(document: JsonValue | undefined, [token, ...rest]: readonly string[], value: JsonValue | undefined, path: string): JsonValue {
  if (token === undefined) return document ?? null;
  if (document !== undefined && !isJsonObject(document)) throw refused(path, 'a value that has no members on the way to the one to change', 'an object');
  const members: MembersUnderConstruction = {};
  for (const [name, member] of Object.entries(document ?? {})) setMember(members, name, member);
  const before = Object.hasOwn(members, token) ? members[token] : undefined;
  const after = rest.length === 0 ? value : withMember(before, rest, value, path);
  if (after === undefined) delete members[token];
  else setMember(members, token, after);
  return members;
}

function textAfter(text: string, format: DocumentFormat, edit: Parameters<typeof editText>[2], path: string): string {
  try {
    return editText(text, format, edit);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'its text could not be taken apart';
    // What can be read may still be too long for the library that says where its parts stand.
    const next = cause instanceof UnreadableText && cause.reason === 'too_large' ? 'Comments and blank lines count too: take some out, or change the member by hand.' : byHand;
    throw new Failure('EDIT_FAILED', `Cannot change ${path}: ${why}. Nothing was changed. ${next}`, cause instanceof UnreadableText ? {} : { cause });
  }
}

function valueOf(bytes: Uint8Array, format: DocumentFormat, path: string): JsonValue {
  const reading = readDocument(bytes, format);
  if (reading.kind === 'document') return reading.document.value;
  const { message, position } = reading.problem;
  throw new Failure('EDIT_FAILED', `Cannot change ${path}: line ${position.line}, column ${position.column}: ${message}. Nothing was changed. Mend this place first.`);
}

function refused(path: string, found: string, expected: string): Failure {
  return new Failure('EDIT_FAILED', `Cannot change ${path}: found ${found}, expected ${expected}. Nothing was changed. ${byHand}`);
}
