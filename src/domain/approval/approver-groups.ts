import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import type { ApproverGroup } from '../held-item.ts';

/**
 * Who may release what a group releases: `user:<login>`, `team:<slug>`, `admins` or `owners`. Where a tier names nobody it is the
 * admins of the repository; the root is released by those who govern the account.
 */
export function approversOf(configuration: Configuration | null, group: ApproverGroup): readonly string[] {
  if (group === 'root') return ['owners'];
  const from = member.texts(member.object(approvalsOf(configuration), group), 'from');
  return from.length === 0 ? ['admins'] : from;
}

/** People needed: as configured, never below one but at the root; without a configuration one, two and one. */
export function approvalCountsOf(configuration: Configuration | null): Readonly<Record<ApproverGroup, number>> {
  const approvals = approvalsOf(configuration);
  const countOf = (group: ApproverGroup): number | null => member.number(member.object(approvals, group), 'count');
  return { tier2: Math.max(1, countOf('tier2') ?? 1), tier3: Math.max(1, countOf('tier3') ?? 2), root: Math.max(0, countOf('root') ?? 1) };
}

function approvalsOf(configuration: Configuration | null): ReturnType<typeof member.object> {
  return member.object(member.object(configuration?.document ?? {}, 'governance'), 'approvals');
}
