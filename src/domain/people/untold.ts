import type { Name } from './name.ts';

/** What could not be told about people, and why. */
export type Untold =
  /** Trouble, which passes. */
  | { readonly kind: 'trouble'; readonly why: string }
  /** GitHub does not show the team: the configuration has to name another one. */
  | { readonly kind: 'unseen'; readonly why: string; readonly team: Name }
  /**
   * They may have been meant, and are no more: nothing of theirs lets anything pass, and their no is neither taken back nor forgotten.
   * `named`: the configuration names them by a login that they gave up. Null: their account is gone.
   */
  | { readonly kind: 'lost'; readonly why: string; readonly login: string; readonly named: Name | null };

export function eachOnce(untold: readonly Untold[]): readonly Untold[] {
  return [...new Map(untold.map((one) => [one.why, one])).values()];
}

/** What may still turn out to be a yes. */
export function isOpenYes({ kind }: Untold): boolean {
  return kind !== 'lost';
}
