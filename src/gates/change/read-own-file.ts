import type { OwnKind } from '../../domain/configuration/own-paths.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { decodeText } from '../../domain/document/decode-text.ts';
import type { Document, ReadingProblem } from '../../domain/document/document.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { limits } from '../../domain/limits.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { FileSide } from '../../domain/tree.ts';
import type { OwnFile } from './own-files.ts';

export type OwnReading =
  | { readonly kind: 'document'; readonly document: Document; readonly bytes: Uint8Array }
  /** Text in a language of its own: Rego. */
  | { readonly kind: 'text' }
  /** Deleted, no file, or a bundle, which governance tries: nothing to read. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'finding'; readonly finding: Finding };

/** What the head has for one of Plumbline's own files, or the finding that says why it can not be read. */
export function readOwnFile({ file, kind }: OwnFile, evidence: Evidence): OwnReading {
  const request = kind === 'bundle' ? null : blobRequest(file.head);
  if (request === null) return { kind: 'nothing' };
  const answer = evidence.find(request);
  if (answer === undefined || answer.kind === 'unavailable') return { kind: 'finding', finding: unreadable(file.path, answer?.why ?? 'it was not read') };
  if (answer.value.kind === 'too-large') return { kind: 'finding', finding: problemFinding(file.path, kind, tooLarge(answer.value.size)) };
  const { bytes } = answer.value;
  if (kind === 'policy') return readText(file.path, bytes);
  const reading = readDocument(bytes, kind === 'configuration' ? 'yaml' : formatOf(file.path));
  if (reading.kind === 'problem') return { kind: 'finding', finding: problemFinding(file.path, kind, reading.problem) };
  return { kind: 'document', document: reading.document, bytes };
}

/** Null where the head has no plain file. */
export function blobRequest(side: FileSide | null): RequestOf<'blob'> | null {
  return side === null || !isPlainFile(side) ? null : { kind: 'blob', blob: side.blob, size: side.size };
}

function readText(path: string, bytes: Uint8Array): OwnReading {
  const decoding = decodeText(bytes);
  return decoding.kind === 'text' ? { kind: 'text' } : { kind: 'finding', finding: problemFinding(path, 'policy', decoding.problem) };
}

function tooLarge(size: number): ReadingProblem {
  const [found, expected] = [`${size} bytes`, `at most ${limits.fileBytes} bytes`];
  return { reason: 'too_large', found, expected, message: `${found}, expected ${expected}`, position: { line: 1, column: 1 } };
}

const codes: Readonly<Record<Exclude<ReadingProblem['reason'], 'unparsable'>, FindingCode>> = {
  encoding: 'snapshot/encoding',
  too_large: 'snapshot/too_large',
  lfs_pointer: 'snapshot/content_unavailable',
};

function codeOf({ reason }: ReadingProblem, kind: OwnKind): FindingCode {
  if (reason !== 'unparsable') return codes[reason];
  return kind === 'schema' ? 'schema/invalid' : 'config/invalid';
}

function problemFinding(path: string, kind: OwnKind, problem: ReadingProblem): Finding {
  return finding({
    code: codeOf(problem, kind),
    path,
    ...problem.position,
    message: `Cannot read \`${path}\`: found ${problem.found}, expected ${problem.expected}.`,
    expected: problem.expected,
    found: problem.found,
    next: `Correct ${path}.`,
    subject: problem.reason,
  });
}

function unreadable(path: string, why: string): Finding {
  return finding({
    code: 'snapshot/unreadable',
    path,
    message: `Cannot read \`${path}\` at the head: ${why}. Nothing in your change caused this.`,
    expected: 'the content of the file',
    found: why,
    next: 'Wait for the next attempt.',
  });
}
