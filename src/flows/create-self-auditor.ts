import type { TrustedKey } from '../audit/trusted-key.ts';
import type { Verification } from '../audit/verification.ts';
import { verifyLog } from '../audit/verify-log.ts';
import { Failure } from '../domain/failure.ts';
import { isWithin } from './is-within.ts';
import { knownSealed } from './known-sealed.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { AuditWatch } from './ports/audit-watch.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { readAuditLog } from './read-audit-log.ts';
import { readingInTurns } from './reading-in-turns.ts';
import type { ReadingInTurns } from './reading-in-turns.ts';

export interface SelfAuditPorts {
  readonly store: { readonly audit: AuditLog; readonly auditWatch: AuditWatch };
  /** Those of the server, not those that a store names; what the log says about keys leads on from them. */
  readonly keys: readonly TrustedKey[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface SelfAuditLimits {
  /** Milliseconds in which each log is verified once. */
  readonly everyMs: number;
  /** Milliseconds after which a log that is not read to its end gives way to others. */
  readonly turnMs: number;
}

/**
 * Verifies the log that is due longest from its first entry, every checkpoint, opening and snapshot included: sealing compares with the newest
 * checkpoint alone, and what was sealed is not read again. One log in a call, so that they spread over the period; other work goes on between
 * its pages. One that takes longer than a turn rests, and is gone on with where it was once the others that are due had theirs. How far it came
 * is kept in memory alone: whoever can write to the store could else have what they changed passed over. A log that is not what was signed is
 * blocked. One that can not be read keeps no other one waiting, and is told at the end.
 * @returns Of each call the account that had its turn, or null when none is due. The call throws what kept one from being read.
 */
export function createSelfAuditor(ports: SelfAuditPorts, limits: SelfAuditLimits): (signal: AbortSignal) => Promise<number | null> {
  const begun: Begun = { readings: new Map(), turns: new Set() };
  return async (signal) => {
    const troubles: unknown[] = [];
    for (const account of await inLine(ports, limits, begun)) {
      try {
        await takeTurn(ports, limits, { begun, account, signal });
        if (troubles.length === 0) return account;
        break;
      } catch (thrown) {
        begun.readings.delete(account);
        signal.throwIfAborted();
        troubles.push(thrown);
      }
    }
    if (troubles.length > 0) throw troubles[0];
    return null;
  };
}

/** Accounts whose logs are on their way. */
interface Begun {
  /** Those that rest. */
  readonly readings: Map<number, ReadingInTurns>;
  /** Those that were not done with their last turn, in the order of these. */
  readonly turns: Set<number>;
}

/** Those that are due, the one that waited longest first, and those that had a turn behind those that had none. What is not due any more, since another server verified it or somebody blocked it, is not gone on with. */
async function inLine(ports: SelfAuditPorts, { everyMs }: SelfAuditLimits, { readings, turns }: Begun): Promise<readonly number[]> {
  const due = await dueLogs(ports, everyMs);
  for (const account of [...readings.keys(), ...turns]) {
    if (due.includes(account)) continue;
    readings.delete(account);
    turns.delete(account);
  }
  return [...due.filter((account) => !turns.has(account)), ...turns];
}

async function takeTurn(ports: SelfAuditPorts, { turnMs }: SelfAuditLimits, { begun: { readings, turns }, account, signal }: { readonly begun: Begun; readonly account: number; readonly signal: AbortSignal }): Promise<void> {
  const { clock } = ports;
  const from = clock.now();
  turns.delete(account);
  turns.add(account);
  const reading = readings.get(account) ?? (await begin(ports, account));
  readings.set(account, reading);
  const result = await reading.turn(() => !isWithin(from, turnMs, clock.now()), signal);
  if (result === null) return;
  readings.delete(account);
  turns.delete(account);
  await conclude(ports, account, result);
}

async function begin({ store, keys }: SelfAuditPorts, account: number): Promise<ReadingInTurns> {
  const known = await knownSealed(store.auditWatch, account);
  return readingInTurns(await readAuditLog(store.audit, account, []), async (source) => withoutCut(await verifyLog(source, { keys, checkpoints: [] }), known));
}

/** A log that was cut back agrees with itself, and looks like a younger one. */
function withoutCut(result: Verification, known: number): Verification {
  const { sealed, firstWrong } = result;
  if (firstWrong !== null || sealed >= known) return result;
  const message = `Cannot find all entries that were sealed: a checkpoint covers ${sealed}, expected at least ${known} as when the log was verified or anchored last. The end of the log was cut off.`;
  return { ...result, outcome: 'tampered', firstWrong: { reason: 'cut_tail', sequence: sealed, through: known - 1, message } };
}

async function conclude(ports: SelfAuditPorts, account: number, result: Verification): Promise<void> {
  const { store, clock, log } = ports;
  const { entries, sealed, firstWrong } = result;
  // A key that was left out of the settings is a mistake of ours, not of the log: as at sealing, it blocks nothing.
  const outcome = firstWrong?.reason === 'key_unknown' ? 'unchecked' : result.outcome;
  if (firstWrong !== null && outcome === 'tampered') await convict(ports, account, firstWrong.message);
  // What did not verify does not make less of what did: by that it is known that something was taken away.
  const last = outcome === 'verified' ? null : await store.auditWatch.selfAudit(account);
  await store.auditWatch.saveSelfAudit(account, { at: clock.now(), entries: Math.max(entries, last?.entries ?? 0), sealed: Math.max(sealed, last?.sealed ?? 0), outcome });
  if (outcome === 'verified') log.info('audit log verified', { account, entries, sealed });
  if (outcome === 'unchecked') log.warn('audit log not verified', { account, entries, why: whyUnchecked(result) });
}

/** Those that were sealed and not audited for a period, the one that waited longest first. A blocked one waits for whoever lifts the block, who verifies it. */
async function dueLogs({ store, clock }: SelfAuditPorts, everyMs: number): Promise<readonly number[]> {
  const due: { readonly account: number; readonly last: number }[] = [];
  for (const account of await store.audit.accounts()) {
    const at = (await store.auditWatch.selfAudit(account))?.at;
    if (at !== undefined && isWithin(at, everyMs, clock.now())) continue;
    const last = at?.getTime() ?? Number.NEGATIVE_INFINITY;
    if ((await store.auditWatch.sealed(account)) !== null && (await store.audit.blocked(account)) === null) due.push({ account, last });
  }
  return due.toSorted((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0)).map(({ account }) => account);
}

async function convict({ store, log }: SelfAuditPorts, account: number, why: string): Promise<void> {
  await store.audit.block(account, why);
  log.error('audit log tampered with', { account, failure: new Failure('AUDIT_TAMPERED', `Cannot verify the log of account ${account}: ${why} Appending is blocked; verify it with plumbline audit verify.`) });
}

function whyUnchecked({ firstWrong, notes }: Verification): string {
  return firstWrong === null ? (notes.at(-1) ?? '') : `${firstWrong.message} If the log key was replaced, set LOG_KEY_PREVIOUS to those before it.`;
}
