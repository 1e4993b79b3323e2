import type { Evidence, RequestOf } from '../../../domain/evidence.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import { sideRequest } from '../read-side.ts';

export type ScanQuestion =
  | { readonly kind: 'ask'; readonly request: RequestOf<'secrets'> }
  /** Nothing stands there, or no text. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unavailable'; readonly why: string };

/** As git tells a binary file: by a NUL among its first bytes. */
const lookedAt = 8_000;

/** What is to be asked about one side of a file. A text that is no UTF-8 is read as well as it can be: secrets are ASCII. */
export function scanQuestion(file: SnapshotFile, side: 'base' | 'head', evidence: Evidence): ScanQuestion {
  const request = sideRequest(file[side]);
  if (request === null) return { kind: 'nothing' };
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { kind: 'unavailable', why: answer?.why ?? 'it was not read' };
  if (answer.value.kind === 'too-large') return { kind: 'too-large' };
  const text = textOf(answer.value.bytes);
  return text === null ? { kind: 'nothing' } : { kind: 'ask', request: { kind: 'secrets', blob: request.blob, path: file.path, text } };
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.subarray(0, lookedAt).includes(0) ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
