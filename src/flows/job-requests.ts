import type { Reverted } from '../domain/calibration/reverted-by.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { Person } from '../domain/effect.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { QuotaScope } from '../domain/usage/quota-window.ts';
import type { GroupRange } from '../domain/group-range.ts';
import type { JobRequest } from './ports/job-queue.ts';

/** Judges a pull request as it stands when the job runs. */
export function evaluateJob(repository: RepositoryRef, number: number, runAt?: Date): JobRequest {
  return { key: `evaluate:${repository.id}:${number}`, kind: 'evaluate', payload: { repository: plain(repository), number }, ...(runAt === undefined ? {} : { runAt }) };
}

export function evaluateHeadJob(repository: RepositoryRef, head: Sha): JobRequest {
  return { key: `evaluate-head:${repository.id}:${head}`, kind: 'evaluate-head', payload: { repository: plain(repository), head } };
}

export function evaluateGroupJob(repository: RepositoryRef, group: GroupRange, runAt?: Date): JobRequest {
  const { headSha, headRef, baseSha, baseRef } = group;
  return { key: `evaluate-group:${repository.id}:${headRef}`, kind: 'evaluate-group', payload: { repository: plain(repository), headSha, headRef, baseSha, baseRef }, ...(runAt === undefined ? {} : { runAt }) };
}

export function recordCloseJob(repository: RepositoryRef, number: number): JobRequest {
  return { key: `record-close:${repository.id}:${number}`, kind: 'record-close', payload: { repository: plain(repository), number } };
}

/** Brings the record of a branch up to its tip: a backfill the first time, the new commits afterwards. @param ref Full ref, `refs/heads/…`. */
export function recordPushJob(repository: RepositoryRef, ref: string, runAt?: Date): JobRequest {
  return { key: `record-push:${repository.id}:${ref}`, kind: 'record-push', payload: { repository: plain(repository), ref }, ...(runAt === undefined ? {} : { runAt }) };
}

/** One job for each push or pull request that takes something back, so that none stands for another. */
export function recordRevertsJob(repository: RepositoryRef, branch: string, { commits, pullRequests }: Reverted): JobRequest {
  const payload = { repository: plain(repository), branch, commits: [...commits], pullRequests: [...pullRequests] };
  return { key: `record-reverts:${repository.id}:${digestOfValue([branch, payload.commits, payload.pullRequests])}`, kind: 'record-reverts', payload };
}

/** Performs the pending effects of a group, in order. */
export function performJob(repository: RepositoryRef, group: string): JobRequest {
  return { key: `perform:${repository.id}:${group}`, kind: 'perform', payload: { repository: plain(repository), group } };
}

/** Who clicked the button of a check run; `kind` as GitHub has it: `User`, `Bot`, … */
export interface AskedMend {
  readonly evaluation: string;
  readonly head: Sha;
  readonly askedBy: Person & { readonly kind: string };
}

/** Commits what a decision found to be mended mechanically. One job per person: whose click is refused keeps nobody else's from being looked at. */
export function mendJob(repository: RepositoryRef, { evaluation, head, askedBy: { login, id, kind } }: AskedMend): JobRequest {
  return { key: `mend:${repository.id}:${evaluation}:${id}`, kind: 'mend', payload: { repository: plain(repository), evaluation, head, askedBy: { login, id, kind } } };
}

/** A comment that looks like a command. Nothing else of the event is trusted: the comment is read again. */
export interface AskedCommand {
  readonly pullRequest: number;
  readonly comment: number;
  /** Times that it waited for the judgement of its head. */
  readonly waits: number;
}

/** One job per comment, so that a command that is told twice is run once. */
export function commandJob(repository: RepositoryRef, { pullRequest, comment, waits }: AskedCommand, runAt?: Date): JobRequest {
  return { key: `command:${repository.id}:${comment}`, kind: 'command', payload: { repository: plain(repository), pullRequest, comment, waits }, ...(runAt === undefined ? {} : { runAt }) };
}

/** Where somebody's place among people changed. */
export interface ChangedPlace {
  /** Id of the account whose pull requests may be concerned. */
  readonly account: number;
  /** Id of the repository that alone is concerned; null: all of the account. */
  readonly repository: number | null;
}

/** Somebody whose place in a team, an organisation or a repository changed. */
export interface ChangedPerson extends ChangedPlace, Person {
  /** Whether they may be more now than before. */
  readonly mayGain: boolean;
}

export function rejudgePersonJob({ account, repository, login, id, mayGain }: ChangedPerson): JobRequest {
  const key = `rejudge-person:${account}:${repository ?? 'all'}:${foldedLogin(login)}:${id}:${mayGain ? 'gained' : 'lost'}`;
  return { key, kind: 'rejudge-person', payload: { account, repository, login, id, mayGain } };
}

/** Where it is not told whose place changed. */
export function rejudgePeopleJob({ account, repository }: ChangedPlace): JobRequest {
  return { key: `rejudge-people:${account}:${repository ?? 'all'}`, kind: 'rejudge-people', payload: { account, repository } };
}

/** A quota that is passed, and by whom: a login in lower case, or the id of a repository or account. */
export interface PassedQuota {
  readonly account: number;
  readonly scope: QuotaScope;
  readonly subject: string;
}

export function rejudgeUsageJob({ account, scope, subject }: PassedQuota): JobRequest {
  return { key: `rejudge-usage:${account}:${scope}:${subject}`, kind: 'rejudge-usage', payload: { account, scope, subject } };
}

/** A check run of another App that has ended. */
export interface EndedRun {
  readonly id: number;
  readonly head: Sha;
  readonly conclusion: string;
}

export function rejudgeRunJob(repository: RepositoryRef, { id, head, conclusion }: EndedRun): JobRequest {
  return { key: `rejudge-run:${repository.id}:${id}`, kind: 'rejudge-run', payload: { repository: plain(repository), run: id, head, conclusion } };
}

/** What may be a pull request of a remediation: our record tells whether it is. */
export function followRemediationJob(repository: RepositoryRef, branch: string): JobRequest {
  return { key: `follow-remediation:${repository.id}:${branch}`, kind: 'follow-remediation', payload: { repository: plain(repository), branch } };
}

/** One job for each behaviour, so that one worker at a time writes for it. What people wish of it waits in the store. */
export function remediateJob(repository: RepositoryRef, behavior: string, runAt?: Date): JobRequest {
  return { key: `remediate:${repository.id}:${behavior}`, kind: 'remediate', payload: { repository: plain(repository), behavior }, ...(runAt === undefined ? {} : { runAt }) };
}

/** A repository whose behaviours are measured. */
export interface RepositoryToScan {
  readonly repository: RepositoryRef;
  /** Behaviours that are measured once more, to confirm what the scan found; null: all of them, for the first time in this scan. */
  readonly confirming: readonly string[] | null;
}

/**
 * One job for each repository, in whichever scans it is waited for, and one for what has yet to be confirmed: asking for the first never puts the
 * second forward, nor the other way round. They name no branch: only the default one is scanned, whoever asks.
 */
export function scanJob({ repository, confirming }: RepositoryToScan, runAt?: Date): JobRequest {
  return { key: `${confirming === null ? 'scan' : 'confirm-scan'}:${repository.id}`, kind: 'scan', payload: { repository: plain(repository), confirming }, ...(runAt === undefined ? {} : { runAt }) };
}

/** Reads again when it wants to be scanned. */
export function planScanJob(repository: RepositoryRef): JobRequest {
  return { key: `plan-scan:${repository.id}`, kind: 'plan-scan', payload: { repository: plain(repository) } };
}

/** @param repository One of the account. */
export function concludeScanJob(repository: RepositoryRef, scan: string, runAt: Date): JobRequest {
  return { key: `conclude-scan:${scan}`, kind: 'conclude-scan', payload: { repository: plain(repository), scan }, runAt };
}

/** Brings the digest issue up to date, of an account, or of the one repository where the account is a user's. */
export function digestJob(repository: RepositoryRef, runAt: Date): JobRequest {
  const { account, id } = repository;
  return { key: account.kind === 'user' ? `digest:${account.id}:${id}` : `digest:${account.id}`, kind: 'digest', payload: { repository: plain(repository) }, runAt };
}

export function reconcileJob(repository: RepositoryRef): JobRequest {
  return { key: `reconcile:${repository.id}`, kind: 'reconcile', payload: { repository: plain(repository) } };
}

/** Makes all bundles that were asked for. One row, so that one process at a time does. */
export function bundlesJob(): JobRequest {
  return { key: 'bundles', kind: 'bundles', payload: {} };
}

/** Covers all that stands in an account's log. */
export function sealJob(account: number): JobRequest {
  return { key: `seal:${account}`, kind: 'seal', payload: { account } };
}

/** One row per schedule, so that any number of replicas run it once. */
export function scheduleJob(schedule: string, runAt?: Date): JobRequest {
  return { key: `schedule:${schedule}`, kind: 'schedule', payload: { schedule }, ...(runAt === undefined ? {} : { runAt }) };
}

function plain(repository: RepositoryRef): JsonObject {
  const { account, installationId, id, owner, name } = repository;
  return { account: { id: account.id, login: account.login, kind: account.kind }, installationId, id, owner, name };
}
