import type { Approval } from './approval/approval.ts';
import type { approvalCountsOf } from './approval/approver-groups.ts';
import { keyOfFinding } from './approval/finding-item.ts';
import { ruleOf } from './finding-code.ts';
import type { Finding } from './finding.ts';

/** Turns a held finding into a notice when enough different people approved it. What governance holds it has counted itself. */
export function releaseHold(finding: Finding, approvals: readonly Approval[], counts: ReturnType<typeof approvalCountsOf>): Finding | null {
  if (finding.severity !== 'hold') return null;
  const key = keyOfFinding(finding);
  const counted = approvals.filter((approval) => approval.covers === key);
  return isReleased(finding, counted, counts) ? Object.freeze({ ...finding, severity: 'notice' }) : null;
}

function isReleased({ code }: Finding, counted: readonly Approval[], counts: ReturnType<typeof approvalCountsOf>): boolean {
  const hasAdmin = counted.some((approval) => approval.admin);
  if (code === 'config/missing') return hasAdmin;
  if (code === 'config/repair' && hasAdmin) return true;
  const tier = ruleOf(code).releasedBy;
  if (tier === undefined) return false;
  // Who may approve tier 3 may approve what asks for less.
  const people = new Set(counted.filter((approval) => approval.tier === 'tier3' || approval.tier === tier).map((approval) => approval.login.toLowerCase()));
  return people.size >= counts[tier];
}
