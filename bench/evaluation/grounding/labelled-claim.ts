import type { Passage } from '../../../src/domain/support/passage.ts';

/** A claim, what it cites, and whether people (or the way it was made) say that it is supported. */
export interface LabelledClaim {
  readonly claim: string;
  readonly passage: Passage;
  readonly isSupported: boolean;
  /** Claims of one document are dependent: they are kept together when claims are drawn or split. */
  readonly document: string;
}
