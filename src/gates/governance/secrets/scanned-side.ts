import type { RequestOf } from '../../../domain/probe-request.ts';
import type { FileSide } from '../../../domain/tree.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';

/** What is read to look for secrets: a file, or where a symbolic link leads. Null for a submodule, and for nothing. */
export function scannedSide(side: FileSide | null): RequestOf<'blob'> | null {
  return side?.mode === '120000' ? { kind: 'blob', blob: side.blob, size: side.size } : sideRequest(side);
}
