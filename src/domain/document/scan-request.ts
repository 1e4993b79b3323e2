import type { RequestOf } from '../probe-request.ts';
import type { Sha } from '../tree.ts';

/** What is asked about secrets in a file. Each round asks again, and only the first needs the text. */
export function scanRequest(path: string, blob: Sha, bytes: Uint8Array): RequestOf<'secrets'> {
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
