import type { Person } from '../effect.ts';
import type { Sha } from '../tree.ts';

/** Somebody's hand in a commit that our App made for them: they stand in its place among the contributors. */
export interface Contribution {
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly commit: Sha;
  readonly person: Person;
  /** Key of the effect that made the commit. */
  readonly effect: string;
}
