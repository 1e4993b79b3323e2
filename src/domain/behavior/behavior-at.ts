import type { Document } from '../document/document.ts';
import { readDocumentSide } from '../document/document-side.ts';
import type { Evidence } from '../evidence.ts';
import type { Position } from '../position.ts';
import type { FileSide, Sha } from '../tree.ts';
import type { Behavior } from './behavior.ts';
import { readBehavior } from './read-behavior.ts';

/** What stands at the path of a behaviour file of one commit. */
export type BehaviorAt =
  | { readonly kind: 'behavior'; readonly path: string; readonly blob: Sha; readonly behavior: Behavior; readonly document: Document }
  /** No valid behaviour, and asking again would not change that. */
  | { readonly kind: 'invalid'; readonly path: string; readonly why: string; readonly place: Position | null }
  /** Not answered, or machine trouble. */
  | { readonly kind: 'unavailable'; readonly path: string; readonly why: string };

/** The blob has to have been asked for. */
export function behaviorAt(path: string, side: FileSide, evidence: Evidence): BehaviorAt {
  const reading = readDocumentSide(side, path, evidence);
  switch (reading.kind) {
    case 'document': {
      const { document } = reading;
      const read = readingOf(document);
      if (read.kind === 'behavior') return { kind: 'behavior', path, blob: side.blob, behavior: read.behavior, document };
      const [problem] = read.problems;
      return { kind: 'invalid', path, why: problem?.message ?? 'it is no behaviour', place: problem === undefined ? null : { line: problem.line, column: problem.column } };
    }
    case 'absent':
      return { kind: 'invalid', path, why: 'nothing stands there', place: null };
    case 'unreadable':
      return { kind: 'invalid', path, why: reading.why, place: null };
    case 'unavailable':
      return { kind: 'unavailable', path, why: reading.why };
  }
}

/** Read in every round: validated once. */
function readingOf(document: Document): ReturnType<typeof readBehavior> {
  const known = remembered.get(document) ?? readBehavior(document);
  remembered.set(document, known);
  return known;
}

const remembered = new WeakMap<Document, ReturnType<typeof readBehavior>>();
