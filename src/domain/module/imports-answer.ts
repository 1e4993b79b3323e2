import type { BrokenUse, UntoldUse } from './broken-uses.ts';

/** What of the imports that a change takes part in leads nowhere, and did not so before. */
export type ImportsAnswer =
  | {
      readonly kind: 'looked';
      /** Modules whose imports were followed. */
      readonly modules: number;
      readonly broken: readonly BrokenUse[];
      readonly untold: readonly UntoldUse[];
      /** What nobody looked at, in words; null: nothing. */
      readonly unlooked: string | null;
    }
  /** Not to be told within the limits, and asking again would not change that. */
  | { readonly kind: 'undecided'; readonly why: string };
