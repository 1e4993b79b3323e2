import { evaluateJob } from './job-requests.ts';
import type { Clock, Store } from './ports.ts';

export interface ExpiryPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
}

/** Green has a date: what a decision counted and has run out since is judged again. @returns How many. */
export async function sweepExpiredDecisions(ports: ExpiryPorts): Promise<number> {
  return ports.store.transaction(async (transaction) => {
    const expired = await transaction.expiredDecisions(ports.clock.now());
    const open = expired.flatMap((record) => {
      const number = numberOf(record.subject);
      return number === null ? [] : [evaluateJob(record.repository, number)];
    });
    for (const job of open) await transaction.enqueue(job);
    return open.length;
  });
}

/** Null for a merge group: it is merged or dissolved before anything in it runs out. */
function numberOf(subject: string): number | null {
  const digits = /^pull-request:(\d+)$/.exec(subject)?.[1];
  return digits === undefined ? null : Number(digits);
}
