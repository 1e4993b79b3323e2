import { factsOf } from './facts.ts';
import type { RemediationState } from './remediation-state.ts';
import { closedByHuman } from './rows/closed-by-human.ts';
import { closedByUnknown } from './rows/closed-by-unknown.ts';
import { closedByUs } from './rows/closed-by-us.ts';
import { contentChanged } from './rows/content-changed.ts';
import { driftChanged } from './rows/drift-changed.ts';
import { driftGone } from './rows/drift-gone.ts';
import { duplicates } from './rows/duplicates.ts';
import { foreignBranch } from './rows/foreign-branch.ts';
import { heldBack } from './rows/held-back.ts';
import { mergeUntold } from './rows/merge-untold.ts';
import { merged } from './rows/merged.ts';
import { missingEvidence } from './rows/missing-evidence.ts';
import { nothingThere } from './rows/nothing-there.ts';
import { queued } from './rows/queued.ts';
import { recovery } from './rows/recovery.ts';
import { sameContent } from './rows/same-content.ts';
import { touched } from './rows/touched.ts';
import { unadopted } from './rows/unadopted.ts';
import { unreadable } from './rows/unreadable.ts';
import type { RowRule } from './rows/row-rule.ts';
import { idle } from './rows/idle.ts';
import type { NextStep } from './step.ts';

/**
 * The decision table, in its order: the first row that matches tells the step. `unadopted` is row 13 of a pull request that is there
 * already: like `mergeUntold`, which is row 12, it writes our record alone, so that it may come before row 2, and says whose its head is before row 3 asks; rows 13 and 15 match nothing while something is held back, which is row 16.
 */
export const rows: readonly RowRule[] = [
  unreadable, mergeUntold, duplicates, unadopted, queued, touched, sameContent, contentChanged, driftChanged, driftGone, missingEvidence,
  closedByHuman, closedByUs, closedByUnknown, merged, recovery, foreignBranch, nothingThere, heldBack,
];

/** What to do next about one fingerprint, and why. One step at a time: after it everything is read again. */
export function nextStep(state: RemediationState): NextStep {
  const facts = factsOf(state);
  for (const row of rows) {
    const step = row(facts);
    if (step !== null) return step;
  }
  return idle(facts);
}
