import { sql } from 'kysely';
import type { LeasedJob } from '../flows/ports/job-queue.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

/** Ends the deliveries that waited for this run: buried when any of their jobs was, else completed once the last is done. */
export async function settleDeliveries(session: Session, job: LeasedJob, outcome: 'done' | 'buried'): Promise<void> {
  const covered = session.database.updateTable('delivery_jobs').set({ state: outcome });
  const links = await session.rows(
    covered.where('job_key', '=', keyText(job.key)).where('generation', '<=', job.generation).where('state', '=', 'waiting').returning('guid'),
  );
  if (links.length === 0) return;
  const guids = [...new Set(links.map(({ guid }) => guid))].toSorted();
  // Locked before it is looked at: two workers that end the last two jobs of a delivery would each see the other's undone.
  await session.rows(session.database.selectFrom('deliveries').select('guid').where('guid', 'in', guids).orderBy('guid').forUpdate());
  await session.raw(sql`
    update deliveries set state = case when exists (select 1 from delivery_jobs links where links.guid = deliveries.guid and links.state = 'buried') then 'buried' else 'completed' end
    where guid = any(${guids}::text[]) and state = 'waiting'
      and not exists (select 1 from delivery_jobs links where links.guid = deliveries.guid and links.state = 'waiting')`);
}
