import { member } from '../../domain/configuration/member.ts';
import type { ApproverGroup } from '../../domain/held-item.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';

export interface PeopleAsked {
  readonly from: ApproverGroup;
  readonly needed: number;
  /** Logins whose yes counts. */
  readonly counted: readonly string[];
}

/** Whose approvals a built-in rule says that an action waits for, or has; null: it asks nobody. */
export function peopleAsked({ facts }: PolicyAnswer): PeopleAsked | null {
  const [from, needed] = [facts['from'], member.number(facts, 'needed')];
  if ((from !== 'tier2' && from !== 'tier3' && from !== 'root') || needed === null) return null;
  return { from, needed, counted: member.texts(facts, 'counted') };
}
