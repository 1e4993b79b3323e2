import type { Sha } from '../tree.ts';

/** A check run of the repository, as GitHub shows it. Its name and the slug of its App are text from outside. */
export interface FoundRun {
  /** The commit that it says something about. */
  readonly head: Sha;
  readonly name: string;
  /** `completed`, or how far it has come. */
  readonly status: string;
  /** `success`, `failure`, …; null: it has not ended. */
  readonly conclusion: string | null;
  /** Who made it; null: the App is gone. */
  readonly app: { readonly slug: string; readonly isOwn: boolean } | null;
}

/** `refused`: GitHub does not let us read it. `left`: nobody is asked here, it is left to the App. */
export type CheckRunAnswer =
  | { readonly kind: 'found'; readonly run: FoundRun }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'left' };
