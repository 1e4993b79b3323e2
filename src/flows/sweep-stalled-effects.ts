import { performJob } from './job-requests.ts';
import type { Clock, Log, Store } from './ports.ts';

export interface StalledEffectPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Asks again for effects that are still pending long after they were requested: their job ended in the dead letters,
 * perhaps in an outage that is over now.
 * @returns How many groups.
 */
export async function sweepStalledEffects(ports: StalledEffectPorts, longestMs: number): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - longestMs);
  return ports.store.transaction(async (transaction) => {
    const stalled = await transaction.stalledGroups(before);
    for (const { repository, group } of stalled) await transaction.enqueue(performJob(repository, group));
    if (stalled.length > 0) ports.log.warn('effects asked for again', { groups: stalled.map((one) => one.group) });
    return stalled.length;
  });
}
