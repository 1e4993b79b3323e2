import { decodeText } from './decode-text.ts';
import type { Answer } from '../probe-answer.ts';
import type { Evidence } from '../evidence.ts';
import type { RequestOf } from '../probe-request.ts';
import { limits } from '../limits.ts';
import { isPlainFile } from '../tree.ts';
import type { FileSide } from '../tree.ts';

/** What one side of a changed path has as text. */
export type SideText =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: Uint8Array }
  /** Nothing stands there. */
  | { readonly kind: 'absent' }
  /** No text, and asking again would not change that: a link, a submodule, too large, not UTF-8. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** Not answered, or machine trouble. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** Null where there is no plain file to ask for. */
export function sideRequest(side: FileSide | null): RequestOf<'blob'> | null {
  return side !== null && isPlainFile(side) ? { kind: 'blob', blob: side.blob, size: side.size } : null;
}

/** The same of a file of the organisation's repository. */
export function organizationRequest({ mode, blob, size }: FileSide): RequestOf<'organization-blob'> | null {
  return isPlainFile({ mode }) ? { kind: 'organization-blob', blob, size } : null;
}

/** @param as For a program that passes over a byte order mark, which is refused otherwise. */
export function readSide(side: FileSide | null, evidence: Evidence, as: ReadAs = 'it is'): SideText {
  if (side === null) return { kind: 'absent' };
  const request = sideRequest(side);
  return request === null ? noFile(side) : textOf(evidence.find(request), as);
}

/** What a file of the organisation's repository has as text. */
export function readOrganizationFile(file: FileSide, evidence: Evidence): SideText {
  const request = organizationRequest(file);
  return request === null ? noFile(file) : textOf(evidence.find(request), 'it is');
}

/** What stands at a path of a commit; what is neither a file nor a link there is absent. */
export function readFileAt(request: RequestOf<'file-at'>, evidence: Evidence): SideText {
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return textOf(answer, 'it is');
  const { value } = answer;
  if (value.kind === 'no-file') return value.isLink === true ? noFile({ mode: linkMode }) : { kind: 'absent' };
  return textOf({ kind: 'answered', value }, 'it is');
}

type ReadAs = 'it is' | 'without byte order mark';

const linkMode = '120000';

function noFile({ mode }: Pick<FileSide, 'mode'>): SideText {
  return { kind: 'unreadable', why: mode === linkMode ? 'it is a symbolic link' : 'it is a submodule' };
}

function textOf(answer: Answer<'blob'> | Answer<'organization-blob'> | undefined, as: ReadAs): SideText {
  if (answer?.kind !== 'answered') return { kind: 'unavailable', why: answer?.why ?? 'it was not read' };
  if (answer.value.kind === 'too-large') return { kind: 'unreadable', why: `it has ${answer.value.size} bytes, expected at most ${limits.fileBytes}` };
  const bytes = as === 'it is' ? answer.value.bytes : withoutMark(answer.value.bytes);
  const decoding = decodeText(bytes);
  return decoding.kind === 'text' ? { kind: 'text', text: decoding.text, bytes } : { kind: 'unreadable', why: `it has ${decoding.problem.message}` };
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
