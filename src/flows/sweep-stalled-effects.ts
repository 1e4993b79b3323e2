import { performJob } from './job-requests.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';

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
    const asked: string[] = [];
    for (const { repository, group } of await transaction.stalledGroups(before)) {
      // A job that waits for its next attempt is left to it: asking at once would ignore what GitHub said.
      if (await transaction.enqueueMissing(performJob(repository, group))) asked.push(group);
    }
    if (asked.length > 0) ports.log.warn('effects asked for again', { groups: asked });
    return asked.length;
  });
}
