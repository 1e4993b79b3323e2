import { sql } from 'kysely';
import type { JobQueue, LeasedJob } from '../flows/ports/job-queue.ts';
import { jobForm } from './form/job-form.ts';
import type { Session } from './session.ts';

type LeaseRequest = Parameters<JobQueue['lease']>[0];

interface LeasedRow {
  readonly request: string;
  readonly generation: number;
  readonly attempt: number;
  readonly lost_runs: number;
  readonly account_id: string | number | bigint;
  readonly place: string | number | bigint;
  readonly turn: string | number | bigint;
  readonly due_at: Date;
}

/**
 * Leases due jobs, round by round over the accounts: the oldest job of each account first, and the account that was
 * served longest ago before others, so that a thousand jobs of one account do not make another wait. The accounts are
 * found by jumping through the index; rows that another worker is leasing are passed by.
 */
export async function leaseJobs(session: Session, request: LeaseRequest, token: string): Promise<readonly LeasedJob[]> {
  const rows = await session.raw(leaseStatement(request, token));
  if (rows.length > 0) await takeTurns(session, rows);
  return rows.toSorted(inOrder).map((row) => leasedJob(row, token));
}

function leaseStatement({ owner, now, until, limit }: LeaseRequest, token: string) {
  return sql<LeasedRow>`
    with recursive accounts as (
      (select account_id from jobs order by account_id limit 1)
      union all
      select (select min(others.account_id) from jobs others where others.account_id > accounts.account_id) from accounts where accounts.account_id is not null
    ), due as (
      select oldest.key, oldest.place, oldest.available_at as due_at, coalesce(job_turns.turn, 0) as turn
      from accounts
      cross join lateral (
        select key, available_at, row_number() over (order by available_at, key) as place from jobs
        where jobs.account_id = accounts.account_id and available_at <= ${now} order by available_at, key limit ${limit}
      ) oldest
      left join job_turns on job_turns.account_id = accounts.account_id
    ), chosen as (
      select jobs.key, due.place, due.due_at, due.turn from jobs join due on due.key = jobs.key
      where jobs.available_at <= ${now} -- asked again of a row that changed while its lock was waited for
      order by due.place, due.turn, due.due_at, jobs.key limit ${limit} for update of jobs skip locked
    )
    update jobs set
      token = ${token}, owner = ${owner}, available_at = ${until}, next_at = null, leased_generation = generation,
      attempt = case when attempted_generation = generation then attempt + 1 else 1 end, attempted_generation = generation,
      lost_runs = case when token is null then lost_runs else lost_runs + 1 end
    from chosen where jobs.key = chosen.key
    returning jobs.request, jobs.generation, jobs.attempt, jobs.lost_runs, jobs.account_id, chosen.place, chosen.turn, chosen.due_at`;
}

async function takeTurns(session: Session, rows: readonly LeasedRow[]): Promise<void> {
  const accounts = [...new Set(rows.map((row) => Number(row.account_id)))].toSorted((a, b) => a - b);
  await session.raw(sql`
    insert into job_turns (account_id, turn) select account_id, nextval('job_turn_order') from unnest(${accounts}::bigint[]) as served (account_id)
    on conflict (account_id) do update set turn = excluded.turn`);
}

function inOrder(a: LeasedRow, b: LeasedRow): number {
  return Number(a.place) - Number(b.place) || Number(a.turn) - Number(b.turn) || a.due_at.getTime() - b.due_at.getTime();
}

function leasedJob(row: LeasedRow, token: string): LeasedJob {
  const { key, kind, payload } = jobForm.read(row.request);
  return { key, kind, payload, generation: row.generation, attempt: row.attempt, lostRuns: row.lost_runs, token };
}
