import type { Delivery, DeliveryReceipt, JobRequest } from '../flows/ports/job-queue.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { enqueueJob, enqueueMissingJob } from './enqueue-job.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type InboxPart = Pick<StoreTransaction, 'receive' | 'enqueue' | 'enqueueMissing'>;

export function deliveryInbox(session: Session, now: () => Date): InboxPart {
  return {
    receive: (delivery, body, jobs) => receive(session, { delivery, body, jobs, now: now() }),
    async enqueue(job) {
      await enqueueJob(session, job, now());
    },
    enqueueMissing: (job) => enqueueMissingJob(session, job, now()),
  };
}

/**
 * Bodies are evidence: jobs carry what they need, and the digest is of the whole. An embedded store takes seconds for 25 MB,
 * and nobody else is served meanwhile.
 */
const mostBodyBytes = 256 * 1024;

interface Received {
  readonly delivery: Delivery;
  readonly body: Uint8Array;
  readonly jobs: readonly JobRequest[];
  readonly now: Date;
}

async function receive(session: Session, received: Received): Promise<DeliveryReceipt> {
  if (await keep(session, received)) {
    await link(session, received);
    return 'new';
  }
  const known = await standing(session, received.delivery);
  if (known === null || known.body_digest !== received.delivery.bodyDigest) return keepConflict(session, received);
  if (known.state === 'completed' || known.state === 'ignored') return 'completed';
  if (known.state === 'buried') await revive(session, received);
  return 'new';
}

/** Whether the delivery was new and is kept now. */
async function keep(session: Session, { delivery, body, jobs }: Received): Promise<boolean> {
  const state = stateAtFirst(delivery, jobs);
  const row = {
    guid: keyText(delivery.guid),
    event: keyText(delivery.event),
    action: delivery.action === null ? null : keyText(delivery.action),
    received_at: delivery.receivedAt,
    body_digest: delivery.bodyDigest,
    body: state === 'ignored' ? null : beginningOf(body),
    state,
    why: delivery.refused === undefined ? null : keyText(delivery.refused),
  };
  const kept = await session.rows(session.database.insertInto('deliveries').values(row).onConflict((conflict) => conflict.doNothing()).returning('guid'));
  return kept.length > 0;
}

function beginningOf(body: Uint8Array): Uint8Array {
  return body.subarray(0, mostBodyBytes);
}

function stateAtFirst(delivery: Delivery, jobs: readonly JobRequest[]): 'waiting' | 'ignored' | 'buried' {
  if (jobs.length > 0) return 'waiting';
  return delivery.refused === undefined ? 'ignored' : 'buried';
}

async function standing(session: Session, delivery: Delivery) {
  return session.first(session.database.selectFrom('deliveries').select(['body_digest', 'state']).where('guid', '=', keyText(delivery.guid)).forUpdate());
}

async function keepConflict(session: Session, { delivery, body }: Received): Promise<'conflict'> {
  const row = { guid: keyText(delivery.guid), received_at: delivery.receivedAt, body_digest: delivery.bodyDigest, body: beginningOf(body) };
  await session.run(session.database.insertInto('delivery_conflicts').values(row));
  return 'conflict';
}

/** A dead letter that came again is tried again. */
async function revive(session: Session, received: Received): Promise<void> {
  const guid = keyText(received.delivery.guid);
  await session.run(session.database.deleteFrom('delivery_jobs').where('guid', '=', guid));
  await session.run(session.database.updateTable('deliveries').set({ state: stateAtFirst(received.delivery, received.jobs), body: beginningOf(received.body) }).where('guid', '=', guid));
  await link(session, received);
}

/** In order of their keys: deliveries that ask for the same jobs at once must not lock them crosswise. */
async function link(session: Session, { delivery, jobs, now }: Received): Promise<void> {
  for (const job of jobs.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const generation = await enqueueJob(session, job, now);
    const row = { guid: keyText(delivery.guid), job_key: keyText(job.key), generation, state: 'waiting' as const };
    await session.run(session.database.insertInto('delivery_jobs').values(row).onConflict((conflict) => conflict.columns(['guid', 'job_key']).doUpdateSet({ generation })));
  }
}
