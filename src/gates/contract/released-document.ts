import type { Document } from '../../domain/document/document.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';

export type ReleasedReading = { readonly kind: 'document'; readonly document: Document } | { readonly kind: 'unavailable'; readonly why: string };

/** A release as it was recorded, from its own blob: it may stand nowhere any more. */
export function releasedDocument(release: Release, { evidence }: ContractWorld): ReleasedReading {
  const answer = evidence.find(releasedRequest(release));
  if (answer === undefined) return { kind: 'unavailable', why: 'it was not read' };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', why: answer.why };
  if (answer.value.kind === 'too-large') return { kind: 'unavailable', why: `it has ${answer.value.size} bytes` };
  const reading = readOnce(answer.value.bytes, release.path);
  return reading.kind === 'problem' ? { kind: 'unavailable', why: reading.problem.message } : reading;
}

/** The question that `releasedDocument` needs answered. */
export function releasedRequest({ blob }: Release): RequestOf<'blob'> {
  return { kind: 'blob', blob, size: null };
}
