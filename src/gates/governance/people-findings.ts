import type { JudgedAction } from '../../domain/action/judged-action.ts';
import { untoldNo, untoldYes } from '../../domain/approval/untold-voters.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Electors } from '../../domain/held-item.ts';
import { approversOfAction } from './approvers-of-action.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import type { AskedPolicies } from './policies/policy-requests.ts';
import { askedItems, electorsOfAll, unreleased } from './unreleased.ts';
import { untoldFindings } from './untold-findings.ts';

interface Told {
  readonly asked: AskedPolicies;
  /** What is held, by whatever gate. */
  readonly holds: readonly Finding[];
  readonly judged: readonly JudgedAction[];
}

/**
 * Who is behind a change and who is for it, where that could not be told although something depends on it: whatever might be a no
 * of those whom something asks, and whatever might be a yes of those for whom something waits. An action that may lack an entry
 * tells that itself.
 */
export function peopleFindings(world: GovernanceWorld, { asked, holds, judged }: Told): readonly Finding[] {
  const { electorate, derived, snapshot } = world;
  const special = derived.actions.filter(({ tier }) => tier > 1);
  const concerned = [...special.map((action) => ({ item: actionItem(action), from: approversOfAction(action, world) })), ...askedItems(holds, snapshot)];
  const waiting = waitedFor(world, holds, judged);
  return untoldFindings([...untoldNo(electorate, snapshot, concerned), ...untoldYes(electorate, waiting), ...(waiting.size > 0 ? asked.question.unknown : [])]);
}

/** For whose yes something waits. A rule of others may look at whatever anybody may approve. */
function waitedFor({ electorate, required, snapshot }: GovernanceWorld, holds: readonly Finding[], judged: readonly JudgedAction[]): ReadonlySet<Electors> {
  if (holds.some(({ code }) => code === 'policy/held')) return new Set(['tier2', 'tier3', 'root', 'admins']);
  const held = judged.flatMap(({ outcome, release }) => (outcome === 'hold' && release !== null ? [release.from] : []));
  return new Set([...held, ...electorsOfAll(unreleased(holds, { electorate, required, snapshot }))]);
}
