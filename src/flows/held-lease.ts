import type { Clock } from './ports/clock.ts';
import type { LeasedJob } from './ports/job-queue.ts';
import type { Store } from './ports/store.ts';

/** The lease on a job. Throws LEASE_LOST when another has it by now. */
export interface HeldLease {
  hold(): Promise<void>;
}

/** @param leaseMs How long it is held from each write on: longer than a write takes. */
export function heldLease({ store, clock }: { readonly store: Store; readonly clock: Clock }, job: LeasedJob, leaseMs: number): HeldLease {
  return { hold: () => store.queue.renew(job, new Date(clock.now().getTime() + leaseMs)) };
}
