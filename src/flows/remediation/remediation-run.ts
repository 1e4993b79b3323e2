import { fullNameOf } from '../../domain/repository.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { RemediationEvent } from '../../domain/remediation/remediation-event.ts';
import type { PathReservation, RemediationKey, RemediationRecord } from '../../domain/remediation/remediation-record.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import type { GitHubRemediation } from '../ports/github-remediation.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { HeldLease } from '../held-lease.ts';
import type { RemediationPorts } from './remediation-ports.ts';
import type { RemediationEffect } from './wishes.ts';

/** One remediation being looked at, by whoever only reads. */
export interface ReadableRun {
  readonly ports: Pick<RemediationPorts, 'store' | 'clock' | 'sources'>;
  readonly record: RemediationRecord;
  readonly key: RemediationKey;
  readonly github: Pick<GitHubRemediation, 'read' | 'hasRoom'>;
  /** Who wishes that something is proposed, though nothing is without being asked. */
  readonly asked: readonly Pick<RemediationEffect, 'key' | 'askedBy'>[];
}

/** One remediation being looked at under the lease on its behaviour. */
export interface RemediationRun extends ReadableRun {
  readonly ports: RemediationPorts;
  readonly github: GitHubRemediation;
  readonly lease: HeldLease;
}

/** What an entry tells of a step. */
export type StepToTell = Pick<NextStep, 'row' | 'reason' | 'event' | 'pullRequest'> & { readonly step: { readonly kind: string } };

/** One request to GitHub that changes something: only while the lease is held. */
export async function write<Answer>({ lease }: Pick<RemediationRun, 'lease'>, request: () => Promise<Answer>): Promise<Answer> {
  await lease.hold();
  return request();
}

/** An entry about what happened to a remediation, with the pull request that it is about and the reason. */
export async function appendEntry(transaction: StoreTransaction, { record }: Pick<RemediationRun, 'record'>, next: StepToTell, event: RemediationEvent, said: { readonly pullRequest?: string | null; readonly rationale?: string; readonly actor?: string; readonly outcome?: string; readonly detail?: JsonObject } = {}): Promise<void> {
  const { repository, fingerprint, behavior } = record;
  const pullRequest = said.pullRequest ?? next.pullRequest;
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `remediation:${fingerprint}`,
    event,
    actor: said.actor ?? 'system',
    rationale: said.rationale ?? next.reason,
    outcome: said.outcome ?? (event === 'remediation.intent' ? next.step.kind : next.reason),
    payload: { behavior, row: next.row, step: next.step.kind, reason: next.reason, pullRequest, ...said.detail },
    ...(pullRequest === null ? {} : { links: [pullRequest] }),
  });
}

/** What is meant, before anything is written to GitHub, with what has to be on record by then. */
export function intendStep(run: RemediationRun, next: StepToTell, keep: (transaction: StoreTransaction) => Promise<void> = async () => {}): Promise<void> {
  return run.ports.store.transaction((transaction) => intendWithin(transaction, run, next, keep));
}

/** The same, for what has files open after it. @returns Whether it is meant. Where another behaviour was faster with one of them nothing is kept: everything is read again. */
export function intendWriting(run: RemediationRun, next: StepToTell, reservation: PathReservation, keep: (transaction: StoreTransaction) => Promise<void> = async () => {}): Promise<boolean> {
  return run.ports.store.transaction(async (transaction) => {
    if (!(await transaction.reservePaths(run.key, reservation))) return false;
    await intendWithin(transaction, run, next, keep);
    return true;
  });
}

async function intendWithin(transaction: StoreTransaction, run: RemediationRun, next: StepToTell, keep: (transaction: StoreTransaction) => Promise<void>): Promise<void> {
  await transaction.countStep(run.key);
  await appendEntry(transaction, run, next, 'remediation.intent');
  await keep(transaction);
}

/** What was done, with what is recorded of it. */
export function settleStep(run: RemediationRun, next: StepToTell, keep: (transaction: StoreTransaction) => Promise<void>, said: Parameters<typeof appendEntry>[4] = {}): Promise<void> {
  return run.ports.store.transaction(async (transaction) => {
    // Its lease may have ended in the middle, and others have found all at rest before it was there.
    await transaction.countStep(run.key);
    await keep(transaction);
    await appendEntry(transaction, run, next, next.event, said);
  });
}
