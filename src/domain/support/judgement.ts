/** Cited text, and the path at which it stands; null: in no file of a repository. */
export interface JudgedPassage {
  readonly path: string | null;
  readonly text: string;
}

/** What an outside judge says of a claim and what it cites. */
export interface Judgement {
  /** Which judge it is, as it calls itself. Letters, digits and a few signs: never text that could stand for anything else. */
  readonly id: string;
  /** 0..1: how far the passages carry the claim. */
  readonly score: number;
  readonly label: 'supported' | 'unsupported' | 'contradicted';
}

/**
 * `none`: whoever runs Plumbline set no judge for the repository. `withheld`: what would have been sent may hold a secret, at this path or, null, in the
 * claim itself; asking again would not change that.
 */
export type JudgementAnswer = { readonly kind: 'none' } | { readonly kind: 'withheld'; readonly path: string | null } | ({ readonly kind: 'judged' } & Judgement);
