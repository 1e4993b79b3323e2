import { sql } from 'kysely';
import type { JobRequest } from '../flows/ports/job-queue.ts';
import { accountOf } from './account-of.ts';
import { jobForm } from './form/job-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

/**
 * Adds a request to the one row of its key and returns the generation that covers it. While the row is leased the
 * request waits beside it, with its own time; else the newest payload takes the place of the older one at the earliest time.
 */
export async function enqueueJob(session: Session, job: JobRequest, now: Date): Promise<number> {
  const { runAt = now, ...request } = job;
  const [row] = await session.raw(sql<{ readonly generation: number }>`
    insert into jobs (key, account_id, request, generation, attempt, attempted_generation, available_at)
    values (${keyText(job.key)}, ${accountOf(job.payload)}, ${jobForm.write(request)}, 1, 0, 0, ${runAt})
    on conflict (key) do update set
      account_id = excluded.account_id,
      request = excluded.request,
      generation = jobs.generation + 1,
      available_at = case when jobs.token is null then least(jobs.available_at, excluded.available_at) else jobs.available_at end,
      next_at = case when jobs.token is null then null else least(jobs.next_at, excluded.available_at) end
    returning generation`);
  return row?.generation ?? 1;
}

/** Whether there was none: a row that stands, leased or waiting for its time, is left as it is. */
export async function enqueueMissingJob(session: Session, job: JobRequest, now: Date): Promise<boolean> {
  const { runAt = now, ...request } = job;
  const rows = await session.raw(sql`
    insert into jobs (key, account_id, request, generation, attempt, attempted_generation, available_at)
    values (${keyText(job.key)}, ${accountOf(job.payload)}, ${jobForm.write(request)}, 1, 0, 0, ${runAt})
    on conflict (key) do nothing
    returning key`);
  return rows.length > 0;
}
