import type { LogItem, LogSource } from '../audit/log-source.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import type { Verification } from '../audit/verification.ts';
import { verifyLog } from '../audit/verify-log.ts';
import { Failure } from '../domain/failure.ts';
import { isWithin } from './is-within.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { AuditWatch } from './ports/audit-watch.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { readAuditLog } from './read-audit-log.ts';

export interface SelfAuditPorts {
  readonly store: { readonly audit: AuditLog; readonly auditWatch: AuditWatch };
  /** Those of the server, not those that a store names; what the log says about keys leads on from them. */
  readonly keys: readonly TrustedKey[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Verifies the log that is due longest from its first entry, every checkpoint, opening and snapshot included: sealing compares with the newest
 * checkpoint alone, and what was sealed is not read again. One log in a call, so that they spread over the period; other work goes on between
 * its pages. A log that is not what was signed is blocked. One that can not be read keeps no other one waiting, and is told at the end.
 * @returns The account, or null when none is due. @throws What kept one from being read.
 */
export async function auditOwnLogs(ports: SelfAuditPorts, everyMs: number, signal: AbortSignal): Promise<number | null> {
  const troubles: unknown[] = [];
  for (const account of await dueLogs(ports, everyMs)) {
    try {
      await auditLog(ports, account, signal);
      if (troubles.length === 0) return account;
      break;
    } catch (thrown) {
      signal.throwIfAborted();
      troubles.push(thrown);
    }
  }
  if (troubles.length > 0) throw troubles[0];
  return null;
}

async function auditLog(ports: SelfAuditPorts, account: number, signal: AbortSignal): Promise<void> {
  const { store, keys, clock, log } = ports;
  const source = await readAuditLog(store.audit, account, []);
  const result = await verifyLog(inTurns(source, signal), { keys, checkpoints: [] });
  const { entries, sealed, firstWrong } = result;
  // A key that was left out of the settings is a mistake of ours, not of the log: as at sealing, it blocks nothing.
  const outcome = firstWrong?.reason === 'key_unknown' ? 'unchecked' : result.outcome;
  if (firstWrong !== null && outcome === 'tampered') await convict(ports, account, firstWrong.message);
  await store.auditWatch.saveSelfAudit(account, { at: clock.now(), entries, sealed, outcome });
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

function inTurns({ header, batches }: LogSource, signal: AbortSignal): LogSource {
  async function* pages(): AsyncGenerator<readonly LogItem[]> {
    for await (const batch of batches) {
      yield batch;
      // A store that answers from memory would else keep the thread until the end.
      await new Promise<void>((resolve) => void setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return { header, batches: pages() };
}

async function convict({ store, log }: SelfAuditPorts, account: number, why: string): Promise<void> {
  await store.audit.block(account, why);
  log.error('audit log tampered with', { account, failure: new Failure('AUDIT_TAMPERED', `Cannot verify the log of account ${account}: ${why} Appending is blocked; verify it with plumbline audit verify.`) });
}

function whyUnchecked({ firstWrong, notes }: Verification): string {
  return firstWrong === null ? (notes.at(-1) ?? '') : `${firstWrong.message} If the log key was replaced, set LOG_KEY_PREVIOUS to those before it.`;
}
