import type { Electors } from '../held-item.ts';
import { eachOnce } from '../people/untold.ts';
import type { Untold } from '../people/untold.ts';
import type { Electorate, Voter } from './electorate.ts';

/**
 * What could not be told and might be a yes for which these are waited. Nobody is seen in a team that GitHub does not show: of
 * tier 3's, that matters to what asks tier 3.
 */
export function untoldYes({ voters, unread }: Electorate, waiting: ReadonlySet<Electors>): readonly Untold[] {
  if (waiting.size === 0) return [];
  const isAsked = ({ unseen }: Untold): boolean => unseen === null || waiting.has('tier3');
  const open = voters.flatMap((voter) => [...voter.open.bar, ...[...waiting].flatMap((group) => openOf(voter, group, isAsked))]);
  return eachOnce([...unread, ...open]);
}

/** What could not be told and might be a no of those whose word is asked: nothing is decided without it. */
export function untoldNo({ voters, unread }: Electorate, asked: ReadonlySet<Electors>): readonly Untold[] {
  if (asked.size === 0) return [];
  const rejecting = voters.filter(({ votes }) => votes.some(({ answer }) => answer === 'reject'));
  return eachOnce([...unread, ...rejecting.flatMap((voter) => [...asked].flatMap((group) => openOf(voter, group)))]);
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
