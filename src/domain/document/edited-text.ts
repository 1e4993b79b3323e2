import { editDocument } from './edit-document.ts';
import type { DocumentEdit } from './edit-document.ts';

/** As `editDocument`, for a text. @throws Failure EDIT_FAILED */
export function editedText(text: string, path: string, edits: readonly DocumentEdit[]): string {
  return textOfBytes(editDocument(bytesOfText(text), path, edits));
}

export function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A BOM stays: it is what was written. */
export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
