import { decodeText } from '../../../domain/document/decode-text.ts';
import type { BlobContent, FileContent } from '../../../domain/probe-answer.ts';
import { limits } from '../../../domain/limits.ts';
import { foldText } from './fold-text.ts';
import type { FoldedText } from './fold-text.ts';

/** `unreadable`: it stands there, and no text can be looked for in it, now or later. */
export type CitedText =
  | { readonly kind: 'text'; readonly bytes: Uint8Array; readonly lines: readonly string[]; readonly folded: FoldedText }
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string; readonly bytes: Uint8Array | null };

/** Claims cite the same files: each is read once. */
const read = new WeakMap<Uint8Array, CitedText>();

export function citedText(content: FileContent | BlobContent): CitedText {
  switch (content.kind) {
    case 'no-file':
      return { kind: 'absent', why: whyNoFile(content) };
    case 'too-large':
      return { kind: 'unreadable', why: `it has ${content.size} bytes, expected at most ${limits.fileBytes}`, bytes: null };
    case 'bytes': {
      const known = read.get(content.bytes);
      if (known !== undefined) return known;
      const text = textOf(content.bytes);
      read.set(content.bytes, text);
      return text;
    }
  }
}

function whyNoFile({ isLink, isSubmodule, isFolder }: Extract<FileContent, { kind: 'no-file' }>): string {
  if (isLink === true) return 'a symbolic link stands there, expected a file: cite what it leads to';
  if (isSubmodule === true) return 'a submodule stands there, whose files are in another repository';
  return isFolder === true ? 'a folder stands there, expected a file' : 'no file stands there';
}

function textOf(bytes: Uint8Array): CitedText {
  // Editors do not show a byte order mark, and nobody quotes it.
  const decoding = decodeText(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  if (decoding.kind === 'problem') return { kind: 'unreadable', why: `it has ${decoding.problem.found}, expected ${decoding.problem.expected}`, bytes };
  return { kind: 'text', bytes, lines: decoding.text.split('\n'), folded: foldText(decoding.text) };
}
