import type { Electors } from '../held-item.ts';
import type { Snapshot } from '../snapshot.ts';
import type { BoundItem } from './binding.ts';
import { countVotes } from './count-votes.ts';
import { eachOnce, isOpenYes } from '../people/untold.ts';
import type { Untold } from '../people/untold.ts';
import type { Electorate, Voter } from './electorate.ts';

/**
 * What could not be told and might be a yes for which these are waited. Nobody is seen in a team that GitHub does not show: of
 * tier 3's, that matters to what asks tier 3.
 */
export function untoldYes({ voters, unread }: Electorate, waiting: ReadonlySet<Electors>): readonly Untold[] {
  if (waiting.size === 0) return [];
  const isAsked = ({ kind }: Untold): boolean => kind !== 'unseen' || waiting.has('tier3');
  const open = voters.flatMap((voter) => [...voter.open.bar, ...[...waiting].flatMap((group) => openOf(voter, group, isAsked))]);
  return eachOnce([...unread, ...open.filter(isOpenYes)]);
}

/** Something to release, and whose word about it is asked. */
export interface AskedItem {
  readonly item: BoundItem;
  readonly from: Electors;
}

/** What could not be told and might be a no to one of these of those whose word is asked: nothing is decided without it. Whose own hand is in the change says none. */
export function untoldNo(electorate: Electorate, snapshot: Snapshot, asked: readonly AskedItem[]): readonly Untold[] {
  if (asked.length === 0) return [];
  const open = asked.flatMap(({ item, from }) => countVotes(electorate, snapshot, item, from).rejecting.flatMap((voter) => (voter.hasHand ? [] : openOf(voter, from))));
  return eachOnce([...electorate.unread, ...open]);
}

/** What is open of whether somebody's word counts to a group. Who may approve tier 3 may approve tier 2. @param isAsked Of what is open of tier 3, what matters to tier 2. */
function openOf({ tier2, admin, open }: Voter, group: Electors, isAsked: (one: Untold) => boolean = () => true): readonly Untold[] {
  switch (group) {
    case 'tier2':
      return tier2 ? [] : [...open.tier2, ...open.tier3.filter(isAsked)];
    case 'admins':
      return admin ? [] : [...open.admins, ...open.tier3];
    case 'tier3':
    case 'root':
      return open[group];
  }
}
