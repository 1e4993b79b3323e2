import type { Sha } from '../tree.ts';

/** What somebody may wish of the remediations of a behaviour. */
export type RemediationWish =
  /** Proposed once, though nothing is proposed without being asked. */
  | { readonly kind: 'propose' }
  /** Appended to, at exactly the head at which it was frozen. */
  | { readonly kind: 'take_over'; readonly number: number; readonly head: Sha }
  /** Closed, or undone by another pull request once it was merged. */
  | { readonly kind: 'roll_back'; readonly number: number };
