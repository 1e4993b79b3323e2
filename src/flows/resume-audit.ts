import { trustedLogKeys } from '../audit/trusted-key.ts';
import { verifyLog } from '../audit/verify-log.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import { confirmNewest, refuseCutLog, refuseLostCheckpoints, replayTo } from './confirm-log.ts';
import type { AuditStore } from './audit-store.ts';
import { knownSealed } from './known-sealed.ts';
import { readAuditLog } from './read-audit-log.ts';

export interface ResumePorts {
  readonly store: AuditStore;
  /** Raw public keys that may have signed the log's checkpoints. */
  readonly publicKeys: readonly Uint8Array[];
}

export interface ResumeRequest {
  readonly account: number;
  /** Who lifts the block, and why: both stand in the log for ever. */
  readonly actor: string;
  readonly reason: string;
}

export type Resumption =
  /** `sealed`: how many of the entries a checkpoint confirmed. */
  | { readonly kind: 'resumed'; readonly entries: number; readonly sealed: number }
  | { readonly kind: 'not-blocked' }
  /** The log still contradicts what was signed, or it could not be told whether it does. Nothing was changed. */
  | { readonly kind: 'refused'; readonly failure: Failure };

/**
 * Lifts the block of a log that was found tampered with, once it is again what was signed, as after restoring a backup: its newest
 * checkpoint, and all that the server's own verification looks at. It reads the whole log. A server that saw the block reads it anew too, and goes on.
 */
export async function resumeAudit(ports: ResumePorts, request: ResumeRequest): Promise<Resumption> {
  const { audit } = ports.store;
  const { account } = request;
  const why = await audit.blocked(account);
  if (why === null) return { kind: 'not-blocked' };
  try {
    const known = await knownSealed(ports.store.auditWatch, account);
    const { replay, checkpoint } = await confirmNewest({ audit, publicKeys: ports.publicKeys }, account, undefined);
    refuseCutLog(account, replay.size, known);
    const events = await replayTo(audit, replay, { account, size: await audit.size(account) });
    await refuseLostCheckpoints(audit, account, { checkpoint, events });
    await verifyWhole(ports, account);
    if (!(await lift(ports, request, why))) return { kind: 'not-blocked' };
    return { kind: 'resumed', entries: replay.size, sealed: checkpoint?.size ?? 0 };
  } catch (thrown) {
    return { kind: 'refused', failure: failureOf(thrown, 'STORE_UNAVAILABLE') };
  }
}

/** A server blocks a log for more than its newest checkpoint: for an old one, an opening, a snapshot, a statement about a key. */
async function verifyWhole({ store, publicKeys }: ResumePorts, account: number): Promise<void> {
  const keys = trustedLogKeys(publicKeys);
  const { firstWrong } = await verifyLog(await readAuditLog(store.audit, account, []), { keys, checkpoints: [] });
  if (firstWrong === null) return;
  if (firstWrong.reason === 'key_unknown') throw new Failure('CONFIG_INVALID', `Cannot verify the log of account ${account}: ${firstWrong.message} If the log key was replaced, set LOG_KEY_PREVIOUS to those before it.`);
  throw new Failure('AUDIT_TAMPERED', `Cannot verify the log of account ${account}: ${firstWrong.message} Appending stays blocked.`);
}

/** One transaction: no log is ever open again without the entry that says who opened it. False when somebody else did meanwhile. */
async function lift({ store }: ResumePorts, { account, actor, reason }: ResumeRequest, why: string): Promise<boolean> {
  return store.transaction(async (transaction) => {
    if (!(await transaction.unblock(account, why))) return false;
    await transaction.append({
      account,
      repository: null,
      subject: 'audit-log',
      event: 'failure.recorded',
      actor,
      rationale: reason,
      outcome: 'resumed',
      payload: { blocked: why },
    });
    return true;
  });
}
