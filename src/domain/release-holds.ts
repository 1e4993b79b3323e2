import type { LoweredFinding } from './apply-waivers.ts';
import type { Approval } from './approval/approval.ts';
import type { approvalCountsOf } from './approval/approver-groups.ts';
import { keyOfFinding } from './approval/finding-item.ts';
import { compareText } from './compare-text.ts';
import { ruleOf } from './finding-code.ts';
import type { Finding } from './finding.ts';
import { foldedLogin } from './people/contributor.ts';

/** Turns a held finding into a notice when enough different people approved it. What governance holds it has counted itself. */
export function releaseHold(finding: Finding, approvals: readonly Approval[], counts: ReturnType<typeof approvalCountsOf>): LoweredFinding | null {
  if (finding.severity !== 'hold') return null;
  const key = keyOfFinding(finding);
  const people = releasing(finding, approvals.filter((approval) => approval.covers === key), counts);
  return people === null ? null : { finding: Object.freeze({ ...finding, severity: 'notice' }), how: `is released by ${people.join(', ')}`, until: null, by: people };
}

/** Whose yes releases it; null where they are too few. */
function releasing({ code }: Finding, counted: readonly Approval[], counts: ReturnType<typeof approvalCountsOf>): readonly string[] | null {
  const admins = namesOf(counted.filter((approval) => approval.admin));
  if (admins.length > 0 && (code === 'config/missing' || code === 'config/repair')) return admins;
  const tier = ruleOf(code).releasedBy;
  if (code === 'config/missing' || tier === undefined) return null;
  // Who may approve tier 3 may approve what asks for less.
  const people = namesOf(counted.filter((approval) => approval.tier === 'tier3' || approval.tier === tier));
  return people.length >= counts[tier] ? people : null;
}

/** Each once, however it is spelled. */
function namesOf(approvals: readonly Approval[]): readonly string[] {
  return [...new Map(approvals.map(({ login }) => [foldedLogin(login), login])).values()].toSorted(compareText);
}
