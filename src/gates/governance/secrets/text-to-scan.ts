import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { Sha } from '../../../domain/tree.ts';
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
  return { kind: 'ask', request: requestAbout(file.path, request.blob, answer.value.bytes) };
}

/** Each round asks again, and only the first needs the text. */
function requestAbout(path: string, blob: Sha, bytes: Uint8Array): RequestOf<'secrets'> {
  return {
    kind: 'secrets',
    blob,
    path,
    get text() {
      return textOf(bytes);
    },
  };
}

/** As well as it can be read: secrets are ASCII, which lies between NULs in UTF-16, and among other bytes in what else is no text. */
function textOf(bytes: Uint8Array): string {
  return bytes.includes(0) ? new TextDecoder('latin1').decode(bytes.filter((byte) => byte !== 0)) : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
