import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';

interface SteadyPorts {
  readonly store: Pick<Store, 'auditWatch'>;
  readonly clock: Clock;
  readonly log: Log;
}

const dayMs = 86_400_000;

/**
 * Now, once clocks of servers went on for a day, from look to look, without one that was more than a day off the one before; else null: what is erased by its age does not come
 * back, and a clock that leapt looks the same as a server that was away. Ask in every run that erases by age, and go by this instant to its end.
 */
export async function steadyNow({ store, clock, log }: SteadyPorts): Promise<Date | null> {
  const now = clock.now();
  const last = await store.auditWatch.clockSeen();
  const byMs = last === null ? 0 : now.getTime() - last.at.getTime();
  const isLeap = Math.abs(byMs) > dayMs;
  const since = last === null || isLeap ? now : last.steadySince;
  await store.auditWatch.saveClockSeen({ at: now, steadySince: since });
  if (isLeap) log.warn('the clock is far from where it was: nothing is erased by age for a day', { byMs });
  return now.getTime() - since.getTime() >= dayMs ? now : null;
}
