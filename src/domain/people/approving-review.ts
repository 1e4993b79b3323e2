import type { Sha } from '../tree.ts';
import type { KnownPerson } from './known-person.ts';

/** A review that approves and is its author's newest word: not dismissed, and no request for changes after it. */
export interface ApprovingReview {
  readonly person: KnownPerson;
  /** What was reviewed. */
  readonly commit: Sha;
  /** GitHub's word for how the author belongs to the repository: `MEMBER`. */
  readonly association: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
