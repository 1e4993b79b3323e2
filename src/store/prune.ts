import { sql } from 'kysely';
import { bundleKeptMs } from '../domain/bundle-request.ts';
import type { QueuePorts } from './job-queue.ts';
import type { Session } from './session.ts';

export interface PruneBounds {
  /** Bytes that the object cache may hold. */
  readonly cacheBytes: number;
}

const day = 86_400_000;

/** GitHub redelivers for 3 days: bodies stand for a week, to be looked at; the GUIDs for a month, to be recognised. */
const kept = { bodies: 7 * day, deliveries: 30 * day, deadLetters: 90 * day, effects: 30 * day, evaluations: 90 * day, samples: 90 * day, scans: 30 * day, reads: 400 * day, confidences: 730 * day, usage: 730 * day, reservations: 90 * day, alerts: 90 * day, bundles: bundleKeptMs, cache: 30 * day } as const;

/** Drops what has outlived its use, table by table; without a time what is over its bounds alone. The audit log, decisions and releases stand. */
export async function prune(transaction: QueuePorts['transaction'], now: Date | null, bounds: PruneBounds): Promise<void> {
  const statements = [
    ...(now === null ? [] : aged(now)),
    overBounds('cached_blobs', sql`coalesce(length(bytes), 0) + 100`, bounds.cacheBytes / 2),
    overBounds('cached_values', sql`length(value) + 100`, bounds.cacheBytes / 2),
  ];
  for (const statement of statements) await transaction(async (session: Session) => void (await session.raw(statement)));
  for (const statement of now === null ? [] : agedInParts(now)) await inParts(transaction, statement);
}

/** Rows that one transaction drops: who charges usage at the same time waits for none of them. */
const partSize = 5_000;

/** Drops what is over of a large table, part by part: what is left when it is stopped goes with the next run. */
async function inParts(transaction: QueuePorts['transaction'], { table, isOver }: AgedTable): Promise<void> {
  for (let dropped = partSize; dropped === partSize; ) {
    const rows = await transaction((session: Session) => session.raw(sql`delete from ${sql.table(table)} where ctid in (select ctid from ${sql.table(table)} aged where ${isOver} limit ${partSize}) returning 1 as dropped`));
    dropped = rows.length;
  }
}

interface AgedTable {
  readonly table: string;
  /** About a row `aged`. */
  readonly isOver: ReturnType<typeof sql>;
}

/**
 * Usage. What is reserved and open counts until it is settled, and none of it goes; windows are at most a month, and totals stand for as long as they may be exported. What was charged of a
 * pull request stays known while that is open: it would be charged anew otherwise.
 */
function agedInParts(now: Date): readonly AgedTable[] {
  const before = (age: number): Date => new Date(now.getTime() - age);
  const isOpen = sql`select 1 from pull_requests where pull_requests.repository_id = aged.repository_id and pull_requests.state = 'open' and (aged.pull_request is null or pull_requests.number = aged.pull_request)`;
  return [
    { table: 'usage_totals', isOver: sql`aged.quarter < ${before(kept.usage)}` },
    { table: 'usage_of_evidence', isOver: sql`aged.charged_at < ${before(kept.usage)} and not exists (${isOpen})` },
    { table: 'usage_reservations', isOver: sql`not aged.is_open and aged.at < ${before(kept.reservations)}` },
    { table: 'usage_alerts', isOver: sql`aged.ends_at < ${before(kept.alerts)}` },
    { table: 'usage_breaches', isOver: sql`aged.ends_at < ${before(kept.alerts)}` },
  ];
}

function aged(now: Date): readonly ReturnType<typeof sql>[] {
  const before = (age: number): Date => new Date(now.getTime() - age);
  return [
    sql`update deliveries set body = null where body is not null and state <> 'waiting' and received_at < ${before(kept.bodies)}`,
    sql`delete from deliveries where state in ('completed', 'ignored') and received_at < ${before(kept.deliveries)}`,
    sql`delete from deliveries where state = 'buried' and received_at < ${before(kept.deadLetters)}`,
    sql`delete from delivery_conflicts where received_at < ${before(kept.deliveries)}`,
    sql`delete from buried_jobs where buried_at < ${before(kept.deadLetters)}`,
    // Comments stay: one is edited as long as its pull request lives. Commits stay too: none is made twice.
    sql`delete from effects where state <> 'pending' and name like 'check:%' and changed_at < ${before(kept.effects)}`,
    // A decision keeps what it was made of: samples are asked for while their head is judged.
    sql`delete from behavior_samples where received_at < ${before(kept.samples)}`,
    sql`delete from used_tokens where expires_at < ${now}`,
    sql`delete from scan_repositories using scans where scans.id = scan_repositories.scan_id and scans.concluded_at < ${before(kept.scans)}`,
    sql`delete from scans where concluded_at < ${before(kept.scans)}`,
    sql`delete from evaluations where finished_at < ${before(kept.evaluations)}`,
    sql`delete from audit_reads where read_at < ${before(kept.reads)}`,
    sql`delete from audit_bundles where made_at < ${before(kept.bundles)}`,
    sql`delete from audit_bundle_requests where asked_at < ${before(kept.bundles)}`,
    sql`delete from confidence_cases where touched_at < ${before(kept.confidences)}`,
    sql`delete from job_turns where not exists (select 1 from jobs where jobs.account_id = job_turns.account_id)`,
    sql`delete from cached_blobs where used_at < ${before(kept.cache)}`,
    sql`delete from cached_values where used_at < ${before(kept.cache)}`,
  ];
}

/** The least recently used rows beyond so many bytes. */
function overBounds(table: string, size: ReturnType<typeof sql>, bytes: number) {
  return sql`delete from ${sql.table(table)} where ctid in (
    select ctid from (select ctid, sum(${size}) over (order by used_at desc, ctid) as total from ${sql.table(table)}) sized where total > ${bytes})`;
}
