import type { Evidence } from '../evidence.ts';
import type { FileSide } from '../tree.ts';
import { readSide } from '../document/read-side.ts';
import type { SideText } from '../document/read-side.ts';
import type { DependencyFacts } from './dependency.ts';
import type { DependencyFile } from './dependency-file.ts';
import { readDependencies } from './read-dependencies.ts';

export type SideFacts =
  | { readonly kind: 'facts'; readonly facts: DependencyFacts; readonly text: string }
  /** No file of its kind, or over a limit. */
  | { readonly kind: 'unread' | 'unavailable'; readonly why: string };

export const noFacts: DependencyFacts = { dependencies: [], indexes: [] };

/** What one side of a file names; nothing where nothing stands. */
export function sideFacts(side: FileSide | null, kind: DependencyFile, evidence: Evidence): SideFacts {
  return textFacts(readSide(side, evidence), kind);
}

export function textFacts(text: SideText, { format }: DependencyFile): SideFacts {
  switch (text.kind) {
    case 'absent':
      return { kind: 'facts', facts: noFacts, text: '' };
    case 'unavailable':
      return text;
    case 'unreadable':
      return { kind: 'unread', why: text.why };
    case 'text': {
      const reading = readDependencies(text.text, format);
      return reading.kind === 'facts' ? { ...reading, text: text.text } : reading;
    }
  }
}
