import { digestOfBytes } from '../domain/digest.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { Arrival } from '../domain/people/arrival.ts';
import { arrivalOf } from './delivery/arrival-of.ts';
import { concernedByRun } from './concerned-by-run.ts';
import { jobsOf } from './delivery/jobs-of.ts';
import { endedRunOfJob, repositoryOfJob } from './job-reader.ts';
import type { Clock } from './ports/clock.ts';
import type { Delivery, DeliveryReceipt, JobRequest } from './ports/job-queue.ts';
import type { Log } from './ports/log.ts';
import type { Store, StoreTransaction } from './ports/store.ts';

export interface ReceiveDeliveryPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly appId: number;
}

/** A delivery whose signature was verified. `body` are the bytes that were signed, `payload` is what they say. */
export interface VerifiedDelivery {
  readonly guid: string;
  readonly event: string;
  readonly body: Uint8Array;
  readonly payload: JsonObject;
}

export interface Received {
  readonly receipt: DeliveryReceipt;
  readonly jobs: number;
}

/**
 * Keeps a delivery and enqueues what it asks for, in one transaction: when this returns, nothing of it can be lost.
 * @throws Failure when the store did not take it; then the sender must not be told otherwise.
 */
export async function receiveDelivery(ports: ReceiveDeliveryPorts, verified: VerifiedDelivery): Promise<Received> {
  const mapping = jobsOf(verified.event, verified.payload, ports.appId);
  const jobs = mapping.kind === 'jobs' ? mapping.jobs : [];
  const delivery: Delivery = {
    guid: verified.guid,
    event: verified.event,
    action: actionOf(verified.payload),
    receivedAt: ports.clock.now(),
    bodyDigest: digestOfBytes(verified.body),
    ...(mapping.kind === 'refused' ? { refused: mapping.why } : {}),
  };
  const arrival = mapping.kind === 'jobs' ? arrivalOf(verified.event, verified.payload, delivery.receivedAt) : null;
  const { receipt, asked } = await ports.store.transaction((transaction) => keep(transaction, { delivery, body: verified.body, jobs, arrival }));
  const fields = { guid: verified.guid, event: verified.event, action: delivery.action };
  if (receipt === 'conflict') ports.log.error('delivery refused: its id was used for another body', fields);
  if (mapping.kind === 'refused') ports.log.error('delivery refused: its payload is unusable', { ...fields, why: mapping.why });
  return { receipt, jobs: receipt === 'new' ? asked : 0 };
}

interface Kept {
  readonly delivery: Delivery;
  readonly body: Uint8Array;
  readonly jobs: readonly JobRequest[];
  readonly arrival: Arrival | null;
}

/** Who brought a head is kept with the delivery that says so. A redelivery says it again, which changes nothing. */
async function keep(transaction: StoreTransaction, { delivery, body, jobs, arrival }: Kept): Promise<{ readonly receipt: DeliveryReceipt; readonly asked: number }> {
  const asked: JobRequest[] = [];
  for (const job of jobs) if (await isAsked(transaction, job)) asked.push(job);
  const receipt = await transaction.receive(delivery, body, asked);
  if (arrival !== null && receipt !== 'conflict') await transaction.recordArrival(arrival);
  return { receipt, asked: asked.length };
}

/** Check runs end by the hundred for each push: one that nothing cites is not kept, and costs no job. */
async function isAsked(transaction: StoreTransaction, job: JobRequest): Promise<boolean> {
  return job.kind !== 'rejudge-run' || (await concernedByRun(transaction, repositoryOfJob(job).id, endedRunOfJob(job), { judged: true })).length > 0;
}

/** Kept for reading the inbox, so bounded like a name. */
function actionOf(payload: JsonObject): string | null {
  const action = payload['action'];
  return typeof action === 'string' ? action.slice(0, 100) : null;
}
