import type { Document } from './document.ts';
import { readOnce } from './read-once.ts';
import type { Evidence } from '../evidence.ts';
import type { FileSide } from '../tree.ts';
import { readSide } from './read-side.ts';
import type { SideText } from './read-side.ts';

/** What one side of a path has as a document. `unreadable`: also what is no JSON or YAML of the kinds that are read. */
export type DocumentSide = { readonly kind: 'document'; readonly document: Document; readonly bytes: Uint8Array } | Exclude<SideText, { readonly kind: 'text' }>;

export function readDocumentSide(side: FileSide | null, path: string, evidence: Evidence): DocumentSide {
  return documentIn(readSide(side, evidence), path);
}

/** What a text is as a document. */
export function documentIn(text: SideText, path: string): DocumentSide {
  if (text.kind !== 'text') return text;
  const reading = readOnce(text.bytes, path);
  if (reading.kind === 'document') return { kind: 'document', document: reading.document, bytes: text.bytes };
  return { kind: 'unreadable', why: `it has ${reading.problem.found}, expected ${reading.problem.expected}` };
}
