import { Failure } from '../domain/failure.ts';
import type { Reverted } from '../domain/calibration/reverted-by.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { GroupRange } from '../domain/group-range.ts';
import type { AskedCommand, AskedMend, ChangedPerson, ChangedPlace, EndedRun, PassedQuota, RepositoryToScan } from './job-requests.ts';
import type { JobRequest } from './ports/job-queue.ts';

type JobToRead = Pick<JobRequest, 'key' | 'payload'>;

/**
 * Reads what a job was asked with. Rows outlive versions of this program: what can not be read is reported, never guessed.
 * Each function @throws Failure STORE_INCONSISTENT.
 */
export function repositoryOfJob(job: JobToRead): RepositoryRef {
  const repository = objectAt(job, job.payload, 'repository');
  const account = objectAt(job, repository, 'account');
  const kind = textAt(job, account, 'kind');
  if (kind !== 'organization' && kind !== 'user') throw unreadable(job, 'repository.account.kind');
  return {
    account: { id: idAt(job, account, 'id'), login: textAt(job, account, 'login'), kind },
    installationId: idAt(job, repository, 'installationId'),
    id: idAt(job, repository, 'id'),
    owner: textAt(job, repository, 'owner'),
    name: textAt(job, repository, 'name'),
  };
}

export function numberOfJob(job: JobToRead): number {
  return idAt(job, job.payload, 'number');
}

/** A member of the payload that must be text: `ref`, `branch`, `head`, `group`, `behavior`. */
export function textOfJob(job: JobToRead, member: string): string {
  return textAt(job, job.payload, member);
}

export function groupOfJob(job: JobToRead): GroupRange {
  const text = (member: keyof GroupRange): string => textAt(job, job.payload, member);
  return { headSha: text('headSha'), headRef: text('headRef'), baseSha: text('baseSha'), baseRef: text('baseRef') };
}

export function mendOfJob(job: JobToRead): AskedMend {
  const askedBy = objectAt(job, job.payload, 'askedBy');
  const person = { login: textAt(job, askedBy, 'login'), id: idAt(job, askedBy, 'id'), kind: textAt(job, askedBy, 'kind') };
  return { evaluation: textOfJob(job, 'evaluation'), head: textOfJob(job, 'head'), askedBy: person };
}

export function commandOfJob(job: JobToRead): AskedCommand {
  const { waits } = job.payload;
  if (typeof waits !== 'number' || !Number.isSafeInteger(waits) || waits < 0) throw unreadable(job, 'waits');
  return { pullRequest: idAt(job, job.payload, 'pullRequest'), comment: idAt(job, job.payload, 'comment'), waits };
}

export function scanOfJob(job: JobToRead): RepositoryToScan {
  const { confirming } = job.payload;
  if (confirming !== null && !isTexts(confirming)) throw unreadable(job, 'confirming');
  return { repository: repositoryOfJob(job), confirming };
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

export function revertedOfJob(job: JobToRead): Reverted {
  const { commits, pullRequests } = job.payload;
  if (!isTexts(commits)) throw unreadable(job, 'commits');
  if (!isNumbers(pullRequests)) throw unreadable(job, 'pullRequests');
  return { commits, pullRequests };
}

function isNumbers(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number');
}

export function personOfJob(job: JobToRead): ChangedPerson {
  const { mayGain } = job.payload;
  if (typeof mayGain !== 'boolean') throw unreadable(job, 'mayGain');
  return { ...placeOfJob(job), login: textOfJob(job, 'login'), id: idAt(job, job.payload, 'id'), mayGain };
}

export function endedRunOfJob(job: JobToRead): EndedRun {
  return { id: idAt(job, job.payload, 'run'), head: textOfJob(job, 'head'), conclusion: textOfJob(job, 'conclusion') };
}

export function accountOfJob(job: JobToRead): number {
  return idAt(job, job.payload, 'account');
}

export function placeOfJob(job: JobToRead): ChangedPlace {
  return { account: idAt(job, job.payload, 'account'), repository: job.payload['repository'] === null ? null : idAt(job, job.payload, 'repository') };
}

export function passedQuotaOfJob(job: JobToRead): PassedQuota {
  const scope = textOfJob(job, 'scope');
  if (scope !== 'agent' && scope !== 'repository' && scope !== 'organization') throw unreadable(job, 'scope');
  const subject = textOfJob(job, 'subject');
  if (scope === 'repository' && !/^[1-9]\d{0,14}$/.test(subject)) throw unreadable(job, 'subject');
  return { account: accountOfJob(job), scope, subject };
}

function objectAt(job: JobToRead, from: JsonObject, member: string): JsonObject {
  const value = from[member];
  if (!isJsonObject(value)) throw unreadable(job, member);
  return value;
}

function textAt(job: JobToRead, from: JsonObject, member: string): string {
  const value: JsonValue | undefined = from[member];
  if (typeof value !== 'string' || value === '') throw unreadable(job, member);
  return value;
}

function idAt(job: JobToRead, from: JsonObject, member: string): number {
  const value = from[member];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw unreadable(job, member);
  return value;
}

function unreadable(job: JobToRead, member: string): Failure {
  return new Failure('STORE_INCONSISTENT', `Cannot read the job ${job.key}: found no usable ${member}, expected what this version of Plumbline enqueues`);
}
