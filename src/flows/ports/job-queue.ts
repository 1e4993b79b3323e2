import type { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';

export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly receivedAt: Date;
  readonly bodyDigest: string;
  /** Why no job could be made of an event that is ours: kept as a dead letter (`buried`) instead of `ignored`. */
  readonly refused?: string;
}

/**
 * `new`: first seen, or seen but not completed (its jobs stand already when they still wait; a buried one runs again).
 * `completed`: nothing to do. `conflict`: the GUID came with another body; kept, not run.
 */
export type DeliveryReceipt = 'new' | 'completed' | 'conflict';

/**
 * `record-reverts`: what a push says that it takes back. `evaluate-head`: every open pull request with this head (a re-run from a fork names none). `reconcile`: open pull requests of one
 * repository without a decision about their head. `follow-remediation`: something happened to what may be a pull request of one. `remediate`: all remediations of one behaviour. `scan`: the behaviours of one repository. `plan-scan`: reads again when it wants to be scanned. `conclude-scan`: acts upon what a scan found in all of its repositories. `digest`: the digest issue. `rejudge-person`: those that counted somebody whose place among people changed. `rejudge-people`: those that asked about people at all. `rejudge-usage`: those that a quota that was passed is counted for. `rejudge-run`: those whose claims cite a check run that has ended.
 * `bundles`: makes the bundles that were asked for. `seal`: covers all of one account's log.
 * `schedule`: one run of a schedule, which enqueues its next.
 */
export type JobKind = 'evaluate' | 'evaluate-group' | 'evaluate-head' | 'perform' | 'record-push' | 'record-close' | 'record-reverts' | 'follow-remediation' | 'mend' | 'command' | 'remediate' | 'scan' | 'plan-scan' | 'conclude-scan' | 'digest' | 'rejudge-person' | 'rejudge-people' | 'rejudge-usage' | 'rejudge-run' | 'reconcile' | 'bundles' | 'seal' | 'schedule';

/** A durable unit of work. One row per key: enqueuing again while it waits or runs asks for one more run with the newest payload. */
export interface JobRequest {
  readonly key: string;
  readonly kind: JobKind;
  readonly payload: JsonObject;
  /** Not before; at once when left out. Among requests that wait for the same run the earliest wins; one made during a run keeps its own. */
  readonly runAt?: Date;
}

export interface LeasedJob {
  readonly key: string;
  readonly kind: JobKind;
  readonly payload: JsonObject;
  /** Counts enqueues of the key; completing covers deliveries up to it. */
  readonly generation: number;
  /** 1 for the first run of this generation. */
  readonly attempt: number;
  /** Runs right before this one, of any generation, that nobody ended: their process died, or could not reach the store. */
  readonly lostRuns: number;
  /** Proves the lease. An operation with a lost lease throws LEASE_LOST and changes nothing. */
  readonly token: string;
}

export interface JobQueue {
  lease(request: { readonly owner: string; readonly now: Date; readonly until: Date; readonly limit: number }): Promise<readonly LeasedJob[]>;
  renew(job: LeasedJob, until: Date): Promise<void>;
  /** Ends the run. Deliveries up to its generation are completed; a newer generation waits to run. */
  complete(job: LeasedJob, now: Date): Promise<void>;
  retry(job: LeasedJob, at: Date, failure: Failure): Promise<void>;
  /** Gives the lease back unused, at shutdown. Does not count as an attempt. */
  release(job: LeasedJob): Promise<void>;
  /** Ends a poison job: it stands in the dead letters, its deliveries are `buried`, its key is free. */
  bury(job: LeasedJob, now: Date, failure: Failure): Promise<void>;
  /**
   * Frees every lease that ends after the instant, and says how many: no clock that is right gave them. Their jobs can be leased at once; whoever
   * runs one has lost it.
   */
  takeBack(after: Date, now: Date): Promise<number>;
  counts(): Promise<{ readonly waiting: number; readonly leased: number; readonly buried: number }>;
}
