import { digestOfValue } from '../../../domain/digest.ts';
import type { Digest } from '../../../domain/digest.ts';
import type { Document } from '../../../domain/document/document.ts';
import { readOnce } from '../../../domain/document/read-once.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { FileSide, Sha } from '../../../domain/tree.ts';
import { sideRequest } from '../side-reading.ts';

/** What stands at a governed schema path on one side of the change. */
export type SchemaReading =
  | { readonly kind: 'absent' }
  /** No document: a symlink, a submodule, too large, or, `broken`, a file that can not be read as one. The change gate refuses it at the head. */
  | { readonly kind: 'unusable'; readonly why: string; readonly isBroken: boolean }
  /** Not asked yet, or the answer is missing: we can not know. */
  | { readonly kind: 'unavailable'; readonly why: string }
  | { readonly kind: 'document'; readonly blob: Sha; readonly document: Document; readonly contentHash: Digest };

export function readSchemaSide(side: FileSide | null, path: string, evidence: Evidence): SchemaReading {
  if (side === null) return { kind: 'absent' };
  const request = sideRequest(side);
  return request === null ? { kind: 'unusable', why: notReadable(side), isBroken: false } : readSchemaBlob(request, path, evidence);
}

/** Reads a blob as the schema at a path, whose name says in which format. */
export function readSchemaBlob({ blob, size }: { readonly blob: Sha; readonly size: number | null }, path: string, evidence: Evidence): SchemaReading {
  const answer = evidence.find({ kind: 'blob', blob, size });
  if (answer === undefined) return { kind: 'unavailable', why: 'it was not read' };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', why: answer.why };
  if (answer.value.kind === 'too-large') return { kind: 'unusable', why: `it has ${answer.value.size} bytes`, isBroken: false };
  const reading = readOnce(answer.value.bytes, path);
  if (reading.kind === 'problem') return { kind: 'unusable', why: reading.problem.message, isBroken: true };
  return { kind: 'document', blob, document: reading.document, contentHash: hashOf(reading.document) };
}

function notReadable({ mode, size }: FileSide): string {
  if (mode === '120000') return 'it is a symlink';
  return mode === '160000' ? 'it is a submodule' : `it has ${size ?? 0} bytes`;
}

/** Every round looks at every document again. */
const hashes = new WeakMap<Document, Digest>();

function hashOf(document: Document): Digest {
  const known = hashes.get(document) ?? digestOfValue(document.value);
  hashes.set(document, known);
  return known;
}
