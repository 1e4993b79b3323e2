import type { LogStatus } from './log-status.ts';

export interface AlarmLimits {
  /** Names of the anchors that shall have every checkpoint. */
  readonly anchors: readonly string[];
  /** Milliseconds that an anchor may be behind. */
  readonly anchorLateMs: number;
  /** Milliseconds between two audits of a log by the server itself. */
  readonly selfAuditEveryMs: number;
}

/** What somebody has to look at, though the server goes on. */
export type AuditAlarm =
  | { readonly kind: 'log-blocked'; readonly account: number; readonly why: string }
  /** It has fewer entries than were verified, sealed or anchored before; none: it is gone. */
  | { readonly kind: 'log-lost'; readonly account: number; readonly entries: number; readonly known: number }
  | { readonly kind: 'anchor-late'; readonly account: number; readonly anchor: string; readonly since: Date }
  /** Not verified by the server itself for twice as long as it should be. */
  | { readonly kind: 'self-audit-late'; readonly account: number; readonly last: Date | null }
  | { readonly kind: 'self-audit-failed'; readonly account: number }
  /** Looked at in time, and nothing could be said: no yes, and no tampering either. */
  | { readonly kind: 'self-audit-unchecked'; readonly account: number };

export function alarmsOf(statuses: readonly LogStatus[], limits: AlarmLimits, now: Date): readonly AuditAlarm[] {
  return statuses.flatMap((status) => [...blockedOf(status), ...lostOf(status), ...lateOf(status, limits, now), ...auditOf(status, limits, now)]);
}

function blockedOf({ account, blocked }: LogStatus): readonly AuditAlarm[] {
  return blocked === null ? [] : [{ kind: 'log-blocked', account, why: blocked }];
}

function lostOf({ account, entries, selfAudit, sealed, anchors }: LogStatus): readonly AuditAlarm[] {
  const known = Math.max(selfAudit?.entries ?? 0, sealed?.size ?? 0, ...anchors.map(({ size }) => size));
  return entries < known ? [{ kind: 'log-lost', account, entries, known }] : [];
}

function lateOf(status: LogStatus, { anchors, anchorLateMs }: AlarmLimits, now: Date): readonly AuditAlarm[] {
  return anchors.flatMap((anchor): readonly AuditAlarm[] => {
    const last = status.anchors.find((one) => one.anchor === anchor);
    const since = last === undefined ? status.firstSealed : last.behindSince;
    return since !== null && now.getTime() - since.getTime() > anchorLateMs ? [{ kind: 'anchor-late', account: status.account, anchor, since }] : [];
  });
}

function auditOf({ account, selfAudit, firstSealed }: LogStatus, { selfAuditEveryMs }: AlarmLimits, now: Date): readonly AuditAlarm[] {
  const since = selfAudit?.at ?? firstSealed;
  const late: readonly AuditAlarm[] = since !== null && now.getTime() - since.getTime() > 2 * selfAuditEveryMs ? [{ kind: 'self-audit-late', account, last: selfAudit?.at ?? null }] : [];
  switch (selfAudit?.outcome) {
    case 'tampered':
      return [...late, { kind: 'self-audit-failed', account }];
    case 'unchecked':
      return [...late, { kind: 'self-audit-unchecked', account }];
    case 'verified':
    case undefined:
      return late;
  }
}
