import type { Position } from '../../domain/position.ts';

/** What is wrong at a place of what carries a document. */
export interface EvidenceObjection extends Position {
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  readonly next: string;
}
