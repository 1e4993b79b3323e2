import type { DriftRun } from '../../domain/drift/drift-record.ts';
import { isSlow } from '../../domain/drift/drift-digest.ts';
import type { PlaybookRepairs } from '../../domain/drift/drift-digest.ts';
import { playbookRepairs } from '../../domain/drift/playbook-repairs.ts';
import { playbookOfRun, remediationStatistics } from '../../domain/drift/remediation-statistics.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { mostRuns } from '../digest/read-digest.ts';
import type { StoreTransaction } from '../ports/store.ts';

/**
 * The alert that repairs of a playbook take longer than they should, in the log: with each one that is over while the mean is above the target. The
 * digest says it too, but may not be writable. @param run The one that is over, and on record. @returns What is slow; null: it is not.
 */
export async function appendSlowRepairs(transaction: StoreTransaction, repository: RepositoryRef, run: DriftRun, now: Date): Promise<PlaybookRepairs | null> {
  const { account, id } = repository;
  const [runs, plans] = [await transaction.driftRuns(account.id, mostRuns), await transaction.scanPlansOf(account.id)];
  const targets = new Map(plans.map((plan) => [plan.repository.id, plan.scanned?.repairTarget ?? null]));
  const repairs = playbookRepairs({ statistics: remediationStatistics([], runs, now), runs, targetOf: (of) => targets.get(of) ?? null });
  const slow = repairs.find((one) => one.playbook === playbookOfRun(run) && isSlow(one));
  if (slow === undefined) return null;
  const { playbook, time, target } = slow;
  await transaction.append({
    account: account.id,
    repository: { id, name: fullNameOf(repository) },
    subject: `playbook:${playbook}`,
    event: 'remediation.slow',
    actor: 'system',
    rationale: `Repairs by ${playbook} took ${Math.round(time.mean)} ms in the mean, expected at most ${target}.`,
    outcome: 'above_target',
    payload: { playbook, behavior: run.behavior, runs: time.runs, mean: time.mean, p90: time.p90, target },
  });
  return slow;
}
