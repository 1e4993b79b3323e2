import assert from 'node:assert/strict';
import type { GitHubModel } from '../../domain/remediation/model/github-model.ts';
import { fingerprints } from '../../domain/remediation/model/world.ts';
import type { Outcome } from './simulate-flow.ts';

/** Why what has drifted can be without an open pull request that is as it should be. */
const excuses = ['queued', 'touched', 'taken_over', 'closed_by_human', 'closed_by_unknown', 'flapping', 'verifying', 'ineffective_twice', 'foreign_branch', 'branch_in_the_way', 'duplicates'];

/** Why one can be open for what has not. */
const reasonsToStay = ['queued', 'touched', 'taken_over', 'drift_changed', 'duplicates'];

/** That when nothing happens any more all is as it should be, or there is a reason. */
export function assertAtRest({ world, said }: Outcome, seed: number): void {
  for (const fingerprint of fingerprints) {
    const open = world.openOf(fingerprint);
    const { reason, row } = said.find((one) => one.fingerprint === fingerprint)?.said ?? { reason: 'none', row: null };
    const told = `seed ${seed}: row ${row}, ${reason}, open: ${open.join(', ')}`;
    assert.ok(open.length <= 1 || reason === 'duplicates', told);
    // Nothing of ours is taken for people's.
    if (reason === 'touched') assert.ok(open.some((number) => isTouched(world.github, number)), told);
    if (world.truth === fingerprint) assert.ok(excuses.includes(reason) || (reason === 'same_content' && open.length === 1), told);
    else if (open.length > 0) assert.ok(reasonsToStay.includes(reason), told);
  }
}

function isTouched(github: GitHubModel, number: number): boolean {
  const { head, base } = github.pull(number);
  return base !== 'main' || github.people(head).length > 0;
}
