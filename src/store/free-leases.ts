import { sql } from 'kysely';
import type { Session } from './session.ts';

/**
 * Takes back every lease and says how many. For the embedded store alone, while its lock is held: whoever leased them is
 * dead. What was requested during the run waits with the rest of its key.
 */
export async function freeLeases(session: Session, now: Date): Promise<number> {
  const rows = await session.raw(sql`
    update jobs set token = null, owner = null, leased_generation = null, available_at = ${now}, next_at = null, lost_runs = lost_runs + 1 where token is not null returning key`);
  return rows.length;
}
