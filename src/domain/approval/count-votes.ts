import type { Digest } from '../digest.ts';
import type { Electors } from '../held-item.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Vote } from '../people/vote.ts';
import { bindingOf } from './binding.ts';
import type { BoundItem } from './binding.ts';
import type { Electorate, Voter } from './electorate.ts';

/** Who said yes or no to one item, and counts. */
export interface CountedVotes {
  readonly tier2: readonly string[];
  readonly tier3: readonly string[];
  readonly root: readonly string[];
  /** Everybody who said yes, whether or not it counts. */
  readonly approving: readonly Voter[];
  /** Everybody who said no, whether or not it counts. */
  readonly rejecting: readonly Voter[];
  readonly rejections: readonly Rejection[];
}

export interface Rejection {
  readonly login: string;
  readonly reason: string;
}

/** @param from Whose word it is to reject the item; `admins` beside tier 3 for what mends or begins a configuration. */
export function countVotes({ voters }: Electorate, snapshot: Snapshot, item: BoundItem, from: Electors): CountedVotes {
  const isMeant = meaning(snapshot, item);
  const [approving, rejecting] = (['approve', 'reject'] as const).map((answer) => voters.filter(({ votes }) => votes.some((vote) => vote.answer === answer && isMeant(vote))));
  const counted = (approving ?? []).filter(({ barred }) => barred === null);
  return {
    tier2: loginsOf(counted.filter(({ tier2 }) => tier2)),
    tier3: loginsOf(counted.filter(({ tier3 }) => tier3)),
    root: loginsOf(counted.filter(({ root }) => root)),
    approving: approving ?? [],
    rejecting: rejecting ?? [],
    // Whom only a commit names may say no all the same: else a forged author would silence one.
    rejections: (rejecting ?? []).filter((one) => mayReject(one, from)).map(({ login, votes }) => ({ login, reason: reasonOf(votes.filter((vote) => vote.answer === 'reject' && isMeant(vote))) })),
  };
}

function mayReject({ tier2, tier3, root, admin, hasHand }: Voter, from: Electors): boolean {
  if (hasHand) return false;
  switch (from) {
    case 'tier2':
      return tier2;
    case 'tier3':
      return tier3;
    case 'root':
      return root;
    case 'admins':
      return admin || tier3;
  }
}

function loginsOf(people: readonly Voter[]): readonly string[] {
  return people.map(({ login }) => login).toSorted();
}

function reasonOf(votes: readonly Vote[]): string {
  return votes.find(({ reason }) => reason !== null)?.reason ?? 'no reason given';
}

/** Whether a vote is about the item as it is now. */
function meaning(snapshot: Snapshot, item: BoundItem): (vote: Vote) => boolean {
  const bindings = new Map<number | null, Digest>();
  const bindingIn = (pullRequest: number | null): Digest => {
    const binding = bindings.get(pullRequest) ?? bindingOf(snapshot, item, pullRequest);
    bindings.set(pullRequest, binding);
    return binding;
  };
  return ({ target, pullRequest }) => {
    if (target.kind === 'items') return target.items.some(({ binding }) => binding === bindingIn(pullRequest));
    const isNamed = (target.sha === null || target.sha === snapshot.head) && (target.scope === 'all' || target.scope === item.scope);
    return isNamed && (target.except === undefined || !(target.except.scopes.includes(item.scope) || target.except.bindings.includes(bindingIn(pullRequest))));
  };
}
