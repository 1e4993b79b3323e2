import { limits } from '../limits.ts';
import type { ReadingProblem } from './document.ts';
import { positionAt } from './position-at.ts';

export type Decoding = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly problem: ReadingProblem };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lfsPointer = /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v1\r?\n/;

/** UTF-8 without BOM and NUL, within the size limit, and not a stand-in for content that is elsewhere. */
export function decodeText(bytes: Uint8Array): Decoding {
  if (bytes.byteLength > limits.fileBytes) return problem('too_large', `${bytes.byteLength} bytes`, `at most ${limits.fileBytes} bytes`, '', 0);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return problem('encoding', 'a byte order mark', 'UTF-8 without one', '', 0);
  const text = decode(bytes);
  if (text === null) {
    const before = validPrefix(bytes);
    return problem('encoding', `the byte 0x${(bytes[before.length] ?? 0).toString(16).padStart(2, '0')}, which is not UTF-8 here`, 'UTF-8', before.text, before.text.length);
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) return problem('encoding', 'a NUL byte', 'UTF-8 text', text, nul);
  if (lfsPointer.test(text)) return problem('lfs_pointer', 'a Git LFS pointer', 'the content itself', text, 0);
  return { kind: 'text', text };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** The longest beginning that is UTF-8, by bisection: a beginning of valid text is valid, cut characters aside. */
function validPrefix(bytes: Uint8Array): { readonly text: string; readonly length: number } {
  let low = 0;
  let high = bytes.byteLength;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (beginsValid(bytes.subarray(0, middle)) === null) high = middle;
    else low = middle;
  }
  const text = beginsValid(bytes.subarray(0, low)) ?? '';
  // Without the bytes that begin a character and are not gone on with: the first of them is the wrong one.
  return { text, length: new TextEncoder().encode(text).length };
}

function beginsValid(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

function problem(reason: ReadingProblem['reason'], found: string, expected: string, text: string, offset: number): Decoding {
  return { kind: 'problem', problem: { reason, found, expected, message: `${found}, expected ${expected}`, position: positionAt(text, offset) } };
}
