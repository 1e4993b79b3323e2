import { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { belongsTo, membershipRequest } from '../../domain/people/belongs-to.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { isRootAction } from './is-root-action.ts';

type People = Pick<GovernanceWorld, 'actors' | 'configuration' | 'derived' | 'evidence' | 'snapshot'>;

/** Whether the root is set to ask nobody beside those who make the change: then it matters who they are. */
function asksNobody({ configuration, derived, snapshot }: People): boolean {
  return approvalCountsOf(configuration).root === 0 && derived.actions.some((action) => isRootAction(action, snapshot));
}

export function ownerRequests(people: People): readonly RequestOf<'membership'>[] {
  return asksNobody(people) ? people.actors.people.flatMap((person) => membershipRequest(person, 'owners') ?? []) : [];
}

/** People needed. Where no second person is asked at the root, the first must be one who governs it; else one is asked all the same. */
export function requiredApprovals(people: People): ReturnType<typeof approvalCountsOf> {
  const counts = approvalCountsOf(people.configuration);
  if (!asksNobody(people)) return counts;
  const { actors, evidence } = people;
  const areOwners = !actors.hasUnknown && actors.people.length > 0 && actors.people.every((person) => belongsTo(person, ['owners'], evidence).kind === 'yes');
  return areOwners ? counts : { ...counts, root: 1 };
}
