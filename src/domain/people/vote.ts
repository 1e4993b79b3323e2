import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';
import type { PersonKind } from './contributor.ts';

/** What a decision held as it was voted on: the finding code or action by which it is called, and what it was bound to. */
export interface VotedItem {
  readonly scope: string;
  readonly binding: Digest;
}

/** What a vote is about: exactly these items, or whatever a scope names at one head. */
export type VoteTarget =
  | { readonly kind: 'items'; readonly items: readonly VotedItem[] }
  /** `scope` is `all`, a finding code or an action; without a sha the judged head is meant. */
  | { readonly kind: 'head'; readonly scope: string; readonly sha: Sha | null; readonly except?: Withdrawn };

/** What of a head's items was taken back: those of these scopes, and these. */
export interface Withdrawn {
  readonly scopes: readonly string[];
  readonly bindings: readonly Digest[];
}

/** A person's yes or no as it was given and not taken back. Whether it counts is asked anew at each judgement. */
export interface Vote {
  readonly login: string;
  /** Null where only the login is known. */
  readonly id: number | null;
  readonly kind: PersonKind;
  readonly answer: 'approve' | 'reject';
  readonly reason: string | null;
  readonly door: 'comment' | 'review' | 'api' | 'context';
  /** The pull request in which it was given; null on the command line. */
  readonly pullRequest: number | null;
  readonly target: VoteTarget;
  /** ISO 8601, UTC. */
  readonly at: string;
}
