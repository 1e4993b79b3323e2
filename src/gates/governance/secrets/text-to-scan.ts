import { scanRequest } from '../../../domain/document/scan-request.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import { scannedSide } from './scanned-side.ts';

export type ScanQuestion =
  | { readonly kind: 'ask'; readonly request: RequestOf<'secrets'> }
  /** Nothing stands there, or a submodule. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unavailable'; readonly why: string };

/** What is to be asked about one side of a file, whatever its bytes are. */
export function scanQuestion(file: SnapshotFile, side: 'base' | 'head', evidence: Evidence): ScanQuestion {
  const request = scannedSide(file[side]);
  if (request === null) return { kind: 'nothing' };
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { kind: 'unavailable', why: answer?.why ?? 'it was not read' };
  if (answer.value.kind === 'too-large') return { kind: 'too-large' };
  return { kind: 'ask', request: scanRequest(file.path, request.blob, answer.value.bytes) };
}
