import type { GroupRange } from './group-range.ts';
import type { RepositoryRef } from './repository.ts';
import type { Sha } from './tree.ts';

/** An evaluation in progress: it owns the open roll-up of its head. */
export interface EvaluationRecord {
  readonly id: string;
  readonly repository: RepositoryRef;
  /** `pull-request:<n>` or `merge-group:<ref>`. */
  readonly subject: string;
  readonly head: Sha;
  /** Name of the roll-up check that it opened. */
  readonly rollUp: string;
  readonly startedAt: Date;
  /** Of a merge group: what is judged. Left out: by a pull request, which is read anew. */
  readonly group?: GroupRange;
  /** Until when it awaits samples of the change; left out: it awaits none. The check of the gate that does is open beside the roll-up. */
  readonly awaitsUntil?: Date;
}
