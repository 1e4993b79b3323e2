import { sql } from 'kysely';
import type { Session } from './session.ts';

/**
 * Held to the end of the transaction: evaluations and decisions of one repository are opened and kept one after the
 * other, so that whoever reads what stands also sees what was kept a moment ago.
 */
export async function lockRepository(session: Session, repositoryId: number): Promise<void> {
  await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline repository ${repositoryId}`}, 0))`);
}
