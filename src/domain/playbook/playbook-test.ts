import type { MeasuredDrift } from './measured-drift.ts';
import type { RefusalKind } from './plan.ts';

/** A small repository with a drift, and what a playbook makes of it. */
export interface PlaybookTest {
  readonly name: string;
  /** Commits on the default branch, oldest first. Null: the file goes. */
  readonly history: readonly ReadonlyMap<string, string | null>[];
  /** ISO 8601. */
  readonly now: string;
  readonly drift: MeasuredDrift;
  readonly expect: {
    /** What is written, and no other file; null: the file goes. */
    readonly files: ReadonlyMap<string, string | null>;
    /** What the text of the issue says, among others; null: there is none. */
    readonly issue: readonly string[] | null;
    readonly unsigned: readonly string[];
    /** Whether what undoes it after its merge can be planned. */
    readonly rollback: 'planned' | 'refused';
    readonly refused: RefusalKind | null;
  };
}
