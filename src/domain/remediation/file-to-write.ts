import type { FileMode, PlainFileMode, Sha } from '../tree.ts';

/** What a remediation makes of one path: a text, nothing (`text: null`), or what the repository holds already, byte for byte. */
export type FileToWrite =
  | { readonly path: string; readonly text: string | null; readonly mode: PlainFileMode }
  | { readonly path: string; readonly blob: Sha; readonly mode: FileMode };
