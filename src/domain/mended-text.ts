import { editDocument } from './document/edit-document.ts';
import { Failure } from './failure.ts';
import type { Mend } from './mend.ts';

/** The whole text of a file with its mend; null where the file does not take the edits. */
export function mendedText(bytes: Uint8Array, { path, edits }: Pick<Mend, 'path' | 'edits'>): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(editDocument(bytes, path, edits));
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
