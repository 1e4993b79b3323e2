import type { AuditDraft } from '../../audit/entry.ts';
import { eventsOfClass, retentionClasses } from '../../audit/retention-class.ts';
import type { RetentionClass } from '../../audit/retention-class.ts';
import { failureOf } from '../../domain/failure.ts';
import { dayOf } from '../../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { JudgedEntry } from '../ports/retention-store.ts';
import type { Store, StoreTransaction } from '../ports/store.ts';
import { eraseEntries } from './erase-entries.ts';
import { eraseJudged } from './erase-judged.ts';
import type { RetentionKind, RetentionPeriods } from './retention-periods.ts';
import { whyKept } from './why-kept.ts';

export interface RetentionPorts {
  readonly store: Pick<Store, 'transaction' | 'audit' | 'auditWatch'>;
  readonly clock: Clock;
  readonly log: Log;
}

const dayMs = 86_400_000;
const atOnce = 200;

/**
 * Erases, log by log, what is past its period: in small transactions, each with its `retention.applied`, so that whenever it is stopped what is gone has its entry.
 * Nothing of an entry is erased before a checkpoint covers it, while its log is blocked, or while `whyKept` has a reason. Trouble with one log keeps no other waiting.
 * @throws What kept one from being looked at.
 */
export async function applyRetention(ports: RetentionPorts, periods: RetentionPeriods, signal: AbortSignal): Promise<void> {
  const troubles: unknown[] = [];
  for (const account of await ports.store.audit.accounts()) {
    try {
      await applyTo(ports, periods, { account, signal });
    } catch (thrown) {
      signal.throwIfAborted();
      ports.log.error('retention not applied', { account, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
      troubles.push(thrown);
    }
  }
  if (troubles.length > 0) throw troubles[0];
}

interface Run {
  readonly account: number;
  readonly signal: AbortSignal;
}

/** A period with what it comes to today. */
interface DuePeriod {
  readonly kind: RetentionKind;
  readonly days: number;
  /** The day in UTC before which it ended. */
  readonly before: Date;
  /** Entries that a checkpoint covers. */
  readonly sealed: number;
}

async function applyTo(ports: RetentionPorts, periods: RetentionPeriods, run: Run): Promise<void> {
  const { store, clock } = ports;
  const sealed = (await store.auditWatch.sealed(run.account))?.newest.size ?? 0;
  if (sealed === 0 || (await store.audit.blocked(run.account)) !== null) return;
  const today = Math.floor(clock.now().getTime() / dayMs) * dayMs;
  const duePeriod = (kind: RetentionKind): readonly DuePeriod[] => {
    const days = periods[kind];
    return days === null ? [] : [{ kind, days, before: new Date(today - days * dayMs), sealed }];
  };
  for (const period of duePeriod('inputs')) await eraseInputs(ports, period, run);
  for (const one of retentionClasses) for (const period of duePeriod(one)) await eraseClass(ports, one, period, run);
}

async function eraseClass(ports: RetentionPorts, one: RetentionClass, period: DuePeriod, { account, signal }: Run): Promise<void> {
  for (let from: number | null = 0; from !== null; ) {
    signal.throwIfAborted();
    const begin: number = from;
    from = await ports.store.transaction((transaction) => erasePage(transaction, { account, events: eventsOfClass(one), period, from: begin, now: ports.clock.now() }));
  }
}

interface Page {
  readonly account: number;
  readonly events: readonly string[];
  readonly period: DuePeriod;
  readonly from: number;
  readonly now: Date;
}

/** @returns Where the next page begins; null after the last. */
async function erasePage(transaction: StoreTransaction, { account, events, period, from, now }: Page): Promise<number | null> {
  await transaction.lockRetention(account);
  const { entries, next } = await transaction.askedEntries(account, { kind: 'events', events, before: period.before }, { from, limit: atOnce });
  const { due } = await whyKept(transaction, account, entries.flatMap(({ sequence }) => (sequence < period.sealed ? [sequence] : [])), now);
  if (due.length > 0) {
    await eraseEntries(transaction, account, due);
    await transaction.append(draftOf(account, period, due.map(({ sequence }) => sequence)));
  }
  return next;
}

async function eraseInputs({ store, clock }: RetentionPorts, period: DuePeriod, { account, signal }: Run): Promise<void> {
  for (;;) {
    const due = await dueInputs(store, { account, signal }, period, clock);
    const erased = due.length === 0 ? 0 : await eraseJudged(store, { account, due, now: () => clock.now(), draftOf: ({ sequences }) => draftOf(account, period, sequences), signal });
    // What came to be kept meanwhile is looked at tomorrow; what was too much for one plan now.
    if (erased === 0) return;
  }
}

async function dueInputs(store: RetentionPorts['store'], { account, signal }: Run, { before, sealed }: DuePeriod, clock: Clock): Promise<readonly JudgedEntry[]> {
  const due: JudgedEntry[] = [];
  for (let from: number | null = 0; from !== null && due.length < mostDue; ) {
    signal.throwIfAborted();
    const begin: number = from;
    const { page, free } = await store.transaction(async (transaction) => {
      const judged = (await transaction.judgedEntries(account, { from: begin, before, limit: atOnce })).filter(({ sequence }) => sequence < sealed);
      return { page: judged, free: (await whyKept(transaction, account, judged.map(({ sequence }) => sequence), clock.now())).due };
    });
    due.push(...page.filter(({ sequence }) => free.some((one) => one.sequence === sequence)));
    const last = page.at(-1);
    from = last === undefined ? null : last.sequence + 1;
  }
  return due;
}

const mostDue = 10_000;

function draftOf(account: number, { kind, days, before }: DuePeriod, sequences: readonly number[]): AuditDraft {
  const [first = 0, last = first] = [sequences[0], sequences.at(-1)];
  const day = dayOf(before.toISOString());
  return {
    account,
    repository: null,
    subject: `retention:${kind}`,
    event: 'retention.applied',
    actor: 'system',
    rationale: `Kept for ${days} days, as the settings of the server say`,
    outcome: `erased: ${sequences.length} entries before ${day}`,
    payload: { class: kind, before: day, days, entries: sequences.length, first, last },
  };
}
