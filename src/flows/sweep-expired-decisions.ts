import { evaluateJob } from './job-requests.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';

export interface ExpiryPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
}

/** Green has a date: what a decision counted and has run out since is judged again. @returns How many. */
export async function sweepExpiredDecisions(ports: ExpiryPorts): Promise<number> {
  return ports.store.transaction(async (transaction) => {
    const expired = await transaction.expiredDecisions(ports.clock.now());
    let asked = 0;
    for (const { repository, subject } of expired) {
      const number = numberOf(subject);
      // A job that waits for its next attempt is left to it: asking at once would ignore what GitHub said, and begin its attempts anew.
      if (number !== null && (await transaction.enqueueMissing(evaluateJob(repository, number)))) asked += 1;
    }
    return asked;
  });
}

/** Null for a merge group: it is merged or dissolved before anything in it runs out. */
function numberOf(subject: string): number | null {
  const digits = /^pull-request:(\d+)$/.exec(subject)?.[1];
  return digits === undefined ? null : Number(digits);
}
