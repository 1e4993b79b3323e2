import type { Sha } from './tree.ts';

/**
 * Why the commit that somebody asked for was not made. `ungranted`: our App may not write contents there. `refused`:
 * GitHub's rules for the branch, in its words. `failed`: it was tried in vain too often, with the code of the failure. `superseded`: judged again since. `unfit`: the files do not take the edits.
 */
export type MendRefusal =
  | { readonly kind: 'not_a_person' | 'not_allowed' | 'role_unreadable' | 'closed' | 'fork' | 'moved' | 'superseded' | 'nothing_to_mend' | 'unfit' | 'ungranted' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'failed'; readonly code: string };

export type MendOutcome = { readonly kind: 'committed'; readonly commit: Sha } | MendRefusal;
