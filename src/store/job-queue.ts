import { sql } from 'kysely';
import { Failure } from '../domain/failure.ts';
import type { JobQueue, LeasedJob } from '../flows/ports/job-queue.ts';
import { freeLeases } from './free-leases.ts';
import { jobForm } from './form/job-form.ts';
import { keyText } from './key-text.ts';
import { leaseJobs } from './lease-jobs.ts';
import type { Session } from './session.ts';
import { settleDeliveries } from './settle-deliveries.ts';

export interface QueuePorts {
  transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  newToken(): string;
}

/** The lease queue: one row per key. A lease is a token that only its holder knows; whoever lost it changes nothing. */
export function jobQueue(ports: QueuePorts): JobQueue {
  return {
    lease: (request) => ports.transaction((session) => leaseJobs(session, request, ports.newToken())),
    renew: (job, until) => ports.transaction((session) => renew(session, job, until)),
    complete: (job) => ports.transaction((session) => end(session, job, 'done')),
    retry: (job, at, failure) => ports.transaction((session) => retry(session, job, at, failure)),
    release: (job) => ports.transaction((session) => release(session, job)),
    bury: (job, now, failure) => ports.transaction((session) => bury(session, job, now, failure)),
    takeBack: (after, now) => ports.transaction((session) => freeLeases(session, now, after)),
    counts: () => ports.transaction(counts),
  };
}

async function renew(session: Session, job: LeasedJob, until: Date): Promise<void> {
  held(job, await session.rows(session.database.updateTable('jobs').set({ available_at: until }).where('key', '=', keyText(job.key)).where('token', '=', job.token).returning('key')));
}

/** Frees the row for a request that was made during the run, or removes it; then settles what the run covered. */
async function end(session: Session, job: LeasedJob, outcome: 'done' | 'buried'): Promise<void> {
  const row = session.database.deleteFrom('jobs').where('key', '=', keyText(job.key)).where('token', '=', job.token);
  const removed = await session.rows(row.where((columns) => columns.eb('generation', '=', columns.ref('leased_generation'))).returning('key'));
  if (removed.length === 0) {
    held(job, await session.raw(sql`update jobs set ${idle}, available_at = coalesce(next_at, available_at), next_at = null, lost_runs = 0 where ${isLeased(job)} returning key`));
  }
  await settleDeliveries(session, job, outcome);
}

async function retry(session: Session, job: LeasedJob, at: Date, failure: Failure): Promise<void> {
  held(job, await session.raw(sql`update jobs set ${idle}, available_at = least(${at}::timestamptz, next_at), next_at = null, failure = ${said(failure)}, lost_runs = 0 where ${isLeased(job)} returning key`));
}

async function release(session: Session, job: LeasedJob): Promise<void> {
  held(job, await session.raw(sql`update jobs set ${idle}, available_at = 'epoch', next_at = null, attempt = attempt - 1 where ${isLeased(job)} returning key`));
}

async function bury(session: Session, job: LeasedJob, now: Date, failure: Failure): Promise<void> {
  await end(session, job, 'buried');
  const { key, kind, payload, generation, attempt } = job;
  const request = jobForm.write({ key, kind, payload });
  await session.run(session.database.insertInto('buried_jobs').values({ key: keyText(key), request, generation, attempt, code: failure.code, failure: said(failure), buried_at: now }));
}

async function counts(session: Session): Promise<{ readonly waiting: number; readonly leased: number; readonly buried: number }> {
  type Counts = Readonly<Record<'waiting' | 'leased' | 'buried', string | number | bigint>>;
  const [row] = await session.raw(sql<Counts>`
    select (select count(*) from jobs where token is null) as waiting, (select count(*) from jobs where token is not null) as leased, (select count(*) from buried_jobs) as buried`);
  return { waiting: Number(row?.waiting ?? 0), leased: Number(row?.leased ?? 0), buried: Number(row?.buried ?? 0) };
}

const idle = sql`token = null, owner = null, leased_generation = null`;

function isLeased(job: LeasedJob) {
  return sql`key = ${keyText(job.key)} and token = ${job.token}`;
}

function held(job: LeasedJob, rows: readonly unknown[]): void {
  if (rows.length === 0) throw new Failure('LEASE_LOST', `Cannot end the run of job "${job.key}": its lease was lost, expected token to be current. Nothing was changed; another worker runs it.`);
}

/** Kept for people to read: cut, and without what Postgres can not hold. */
function said(failure: Failure): string {
  return JSON.stringify(`${failure.code}: ${failure.message}`.slice(0, 2_000)).slice(1, -1);
}
