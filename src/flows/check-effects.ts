import { besideRollUp, gateCheckName, rollUpName } from '../domain/check-name.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { CheckState, Effect } from '../domain/effect.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { Sha } from '../domain/tree.ts';
import { performJob } from './job-requests.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { StoreTransaction } from './ports/store.ts';

export interface CheckRequest {
  readonly evaluation: EvaluationRecord;
  readonly name: string;
  readonly state: CheckState;
  /** As a further run beside the one that the evaluation opened: GitHub counts the newest of a name. */
  readonly isRepeated?: boolean;
}

/** Requests check runs on the evaluation's head and the job that performs them, in the caller's transaction. */
export async function requestChecks(transaction: StoreTransaction, checks: readonly CheckRequest[]): Promise<void> {
  for (const { evaluation, name, state, isRepeated = false } of checks) {
    const effect: Effect = { kind: 'check', key: `${checkKey(evaluation.id, name)}${isRepeated ? '/repeated' : ''}`, name, head: evaluation.head, state };
    await transaction.request([{ effect, group: headGroup(evaluation.head) }], evaluation.repository, evaluation.id);
    await transaction.enqueue(performJob(evaluation.repository, headGroup(evaluation.head)));
  }
}

/** Concludes all that an evaluation left open, for a reason that is no decision. */
export async function requestEnd(transaction: StoreTransaction, evaluation: EvaluationRecord, state: CheckState): Promise<void> {
  await requestChecks(transaction, openChecksOf(evaluation).map((name) => ({ evaluation, name, state })));
}

/** Names of the runs that an unfinished evaluation has open: while it awaits samples, the check of the gate that does is one. */
export function openChecksOf({ rollUp, awaitsUntil }: EvaluationRecord): readonly string[] {
  return awaitsUntil === undefined ? [rollUp] : [besideRollUp(rollUp, 'drift'), rollUp];
}

/** Idempotency key and external id of the run that an evaluation opens. */
export function checkKey(evaluation: string, name: string): string {
  return `${evaluation}/${name}`;
}

/** The evaluation in a run's external id; null for one that no evaluation opened. */
export function evaluationOfCheck(externalId: string): string | null {
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//.exec(externalId)?.[1] ?? null;
}

/** Effects of one head are performed in order by one job. */
export function headGroup(head: Sha): string {
  return `head:${head}`;
}

/** Null for a group of other effects. */
export function headOfGroup(group: string): Sha | null {
  return group.startsWith('head:') ? group.slice('head:'.length) : null;
}

export function commentGroup(pullRequest: number): string {
  return `comment:${pullRequest}`;
}

/** Commits on the head of one pull request are made in order. */
export function commitGroup(pullRequest: number): string {
  return `commit:${pullRequest}`;
}

export function nameOfCheck(entry: BranchEntry, gate: GateName | 'roll-up'): string {
  return gate === 'roll-up' ? rollUpName(entry) : gateCheckName(entry, gate);
}
