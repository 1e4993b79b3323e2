import type { Untold } from '../../domain/people/untold.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import type { NamedAction } from './derive-actions.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { matchWhitelist } from './whitelist/match-whitelist.ts';

/**
 * Why what a built-in rule says against an action is not certain; empty where it is. A denial is for want of an entry of the
 * whitelist, but for a rejection: while it can not be told whether one that fits is for everybody, nobody is denied.
 */
export function whyOpen(action: NamedAction, { rule, outcome }: PolicyAnswer, { actors, snapshot, evidence }: GovernanceWorld): readonly Untold[] {
  return outcome !== 'fail' || rule === 'governance/rejected' ? [] : matchWhitelist(action, actors, snapshot, evidence).unknown;
}
