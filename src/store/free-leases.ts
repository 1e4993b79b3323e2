import { sql } from 'kysely';
import type { Session } from './session.ts';

/**
 * Takes back every lease, or those that end after an instant, and says how many. All of them only in the embedded store, while its lock is
 * held: whoever leased them is dead. What was requested during the run waits with the rest of its key.
 */
export async function freeLeases(session: Session, now: Date, after: Date | null = null): Promise<number> {
  const rows = await session.raw(sql`
    update jobs set token = null, owner = null, leased_generation = null, available_at = ${now}, next_at = null, lost_runs = lost_runs + 1 where token is not null and (${after}::timestamptz is null or available_at > ${after}::timestamptz) returning key`);
  return rows.length;
}
