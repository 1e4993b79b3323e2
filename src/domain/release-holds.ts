import type { Approval } from './approval.ts';
import type { Configuration } from './configuration/configuration.ts';
import { member } from './configuration/member.ts';
import type { Finding } from './finding.ts';
import type { Sha } from './tree.ts';

/** People needed for each kind of release. */
export interface ApprovalCounts {
  readonly tier2: number;
  readonly tier3: number;
}

/** As configured, never below one; without a configuration one and two. */
export function approvalCountsOf(configuration: Configuration | null): ApprovalCounts {
  const approvals = member.object(member.object(configuration?.document ?? {}, 'governance'), 'approvals');
  const countOf = (tier: 'tier2' | 'tier3', fallback: number) => Math.max(1, member.number(member.object(approvals, tier), 'count') ?? fallback);
  return { tier2: countOf('tier2', 1), tier3: countOf('tier3', 2) };
}

/** Turns a held finding into a notice when enough different people approved it for this head. */
export function releaseHold(finding: Finding, approvals: readonly Approval[], counts: ApprovalCounts, head: Sha): Finding | null {
  if (finding.severity !== 'hold') return null;
  const counted = approvals.filter((approval) => covers(approval, finding, head));
  return isReleased(finding, counted, counts) ? Object.freeze({ ...finding, severity: 'notice' }) : null;
}

function isReleased(finding: Finding, counted: readonly Approval[], counts: ApprovalCounts): boolean {
  const hasAdmin = counted.some((approval) => approval.admin);
  if (finding.code === 'config/missing') return hasAdmin;
  if (finding.code === 'config/repair' && hasAdmin) return true;
  const tier = releasingTier(finding.code);
  // Who may approve tier 3 may approve what asks for less.
  const people = new Set(counted.filter((approval) => tier === 'tier2' || approval.tier === 'tier3').map((approval) => approval.login.toLowerCase()));
  return people.size >= counts[tier];
}

/** Which approvals release a hold of this code. */
export function releasingTier(code: string): 'tier2' | 'tier3' {
  const needsTier3 = /^(schema|snapshot|drift)\/|^config\/repair$|^contract\/schema_invalid$|\/not_checkable$/.test(code);
  return needsTier3 ? 'tier3' : 'tier2';
}

function covers(approval: Approval, finding: Finding, head: Sha): boolean {
  const isInScope = approval.scope === 'all' || approval.scope === finding.code;
  return isInScope && (approval.sha === undefined || names(approval.sha, head));
}

/** A head may be named by its first seven digits or more. */
function names(sha: string, head: Sha): boolean {
  return sha.length >= 7 && head.startsWith(sha.toLowerCase());
}
