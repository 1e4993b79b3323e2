import { failureOf } from '../domain/failure.ts';
import type { Clock, FailedDelivery, GitHubApp, Log } from './ports.ts';

export interface RepairPorts {
  readonly github: Pick<GitHubApp, 'failedDeliveries' | 'redeliver'>;
  readonly clock: Clock;
  readonly log: Log;
}

const minute = 60_000;
/** GitHub redelivers for three days; a little less, so that none runs out on the way. */
const furthest = 3 * 24 * 60 * minute - 10 * minute;
const nearest = 60 * minute;
const wholeEvery = 60 * minute;
const mostAtOnce = 200;
const mostAttempts = 8;

interface Attempt {
  readonly count: number;
  readonly notBefore: number;
}

/**
 * Asks GitHub again for deliveries that it could not hand over: it does not retry by itself. Asking for one that did arrive is
 * harmless, since the inbox knows its GUID. The first run, and one an hour, looks back as far as GitHub keeps them.
 * @returns A function that does one round and tells how many it asked for.
 */
export function createDeliveryRepair(ports: RepairPorts): () => Promise<number> {
  const attempts = new Map<string, Attempt>();
  let lastWhole = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = ports.clock.now().getTime();
    const isWhole = now - lastWhole >= wholeEvery;
    const failed = await ports.github.failedDeliveries(new Date(now - (isWhole ? furthest : nearest)));
    if (isWhole) forgetOthers(attempts, failed);
    const due = oldestFirst(failed).filter((one) => isDue(attempts.get(one.guid), now)).slice(0, mostAtOnce);
    for (const delivery of due) await redeliver(ports, attempts, delivery, now);
    if (isWhole) lastWhole = now;
    return due.length;
  };
}

/** One row per GUID: each attempt of GitHub's has its own. */
function oldestFirst(failed: readonly FailedDelivery[]): readonly FailedDelivery[] {
  const byGuid = new Map(failed.toSorted((a, b) => a.id - b.id).map((one) => [one.guid, one]));
  return [...byGuid.values()].toSorted((a, b) => (a.deliveredAt < b.deliveredAt ? -1 : 1));
}

function isDue(attempt: Attempt | undefined, now: number): boolean {
  return attempt === undefined || (attempt.count < mostAttempts && now >= attempt.notBefore);
}

/** Doubling waits: what we refuse again and again, such as a body that we can not read, is not asked for every five minutes. */
async function redeliver(ports: RepairPorts, attempts: Map<string, Attempt>, delivery: FailedDelivery, now: number): Promise<void> {
  const count = (attempts.get(delivery.guid)?.count ?? 0) + 1;
  attempts.set(delivery.guid, { count, notBefore: now + 2 ** count * 2 * minute });
  try {
    await ports.github.redeliver(delivery.id);
    ports.log.info('delivery asked for again', { guid: delivery.guid, attempt: count });
  } catch (thrown) {
    const failure = failureOf(thrown, 'GITHUB_UNAVAILABLE');
    ports.log.warn('delivery not asked for again', { guid: delivery.guid, attempt: count, code: failure.code });
    if (failure.code === 'GITHUB_RATE_LIMITED' || failure.code === 'GITHUB_UNAVAILABLE') throw failure;
  }
}

function forgetOthers(attempts: Map<string, Attempt>, failed: readonly FailedDelivery[]): void {
  const standing = new Set(failed.map((one) => one.guid));
  for (const guid of attempts.keys()) if (!standing.has(guid)) attempts.delete(guid);
}
