import type { AuditReader } from './ports/audit-log.ts';
import type { AnchorState, AuditWatch, SelfAudit } from './ports/audit-watch.ts';
import type { LegalHold } from './ports/retention-store.ts';

/** How a log stands, without verifying it. */
export interface LogStatus {
  readonly account: number;
  readonly entries: number;
  readonly sealed: { readonly size: number; readonly at: Date } | null;
  /** Why appending is blocked; null when it is not. */
  readonly blocked: string | null;
  /** The server's own verification of the whole log; null: never. */
  readonly selfAudit: SelfAudit | null;
  readonly anchors: readonly AnchorState[];
  /** What may not be erased now. */
  readonly holds: readonly LegalHold[];
  /** When its first checkpoint was sealed: since then an anchor that never took one is behind. */
  readonly firstSealed: Date | null;
}

export interface StatusStore {
  readonly audit: Pick<AuditReader, 'accounts' | 'size' | 'blocked'>;
  readonly auditWatch: AuditWatch;
}

/** Of every log that is there, or that was watched once: one that is gone has no entries. */
export async function readLogStatuses(store: StatusStore): Promise<readonly LogStatus[]> {
  const statuses: LogStatus[] = [];
  const accounts = new Set([...(await store.audit.accounts()), ...(await store.auditWatch.accounts())]);
  for (const account of [...accounts].toSorted((a, b) => a - b)) statuses.push(await statusOf(store, account));
  return statuses;
}

async function statusOf({ audit, auditWatch }: StatusStore, account: number): Promise<LogStatus> {
  const sealed = await auditWatch.sealed(account);
  return {
    account,
    entries: await audit.size(account),
    sealed: sealed?.newest ?? null,
    blocked: await audit.blocked(account),
    selfAudit: await auditWatch.selfAudit(account),
    anchors: await auditWatch.anchored(account),
    holds: await auditWatch.holds(account),
    firstSealed: sealed?.first ?? null,
  };
}
