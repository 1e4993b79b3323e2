import type { BrokenUse, UntoldUse } from './broken-uses.ts';

/** A package that lies in the repository itself, where its package manager takes it from there: a member of a workspace. */
export interface OwnPackage {
  readonly name: string;
  /** Null: it says none, so that it answers any. */
  readonly version: string | null;
}

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
      /** Of npm and the package managers like it. */
      readonly own: readonly OwnPackage[];
    }
  /** Not to be told within the limits, and asking again would not change that. `own` is null where that is not to be told either. */
  | { readonly kind: 'undecided'; readonly why: string; readonly own: readonly OwnPackage[] | null };
