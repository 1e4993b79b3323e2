import type { Arrival } from './arrival.ts';
import type { CommitPeople } from './commit-people.ts';
import type { Contribution } from './contribution.ts';
import { isSameLogin } from './contributor.ts';
import type { UnknownHands } from './contributor.ts';
import type { Hand } from './gather-contributors.ts';
import { kindOfLogin } from './kind-of-login.ts';
import type { Sha } from '../tree.ts';

/** What is known of one pull request and the hands in it. */
export interface KnownHands {
  readonly author: string;
  /** Of the author's account; null where only the login is known. */
  readonly authorId: number | null;
  /** The head that is judged. */
  readonly head: Sha;
  readonly commits: CommitPeople;
  readonly arrivals: readonly Arrival[];
  readonly contributions: readonly Contribution[];
  /** Login of our App's own account. */
  readonly ownLogin: string;
}

/**
 * Hands in one pull request, and why there may be others. A commit can name whom it likes: that adds people and takes none
 * away, and whoever hides behind an unknown address is there as the sender of the event that brought it. Our App is left
 * out exactly where somebody asked it, and then that one is there.
 */
export function handsIn(known: KnownHands): { readonly hands: readonly Hand[]; readonly unknown: readonly UnknownHands[] } {
  return { hands: [...committed(known), ...opened(known), ...pushed(known), ...asked(known)], unknown: gapsIn(known) };
}

function committed({ commits, contributions, ownLogin }: KnownHands): readonly Hand[] {
  const askedFor = new Set(contributions.map(({ commit }) => commit));
  return commits.commits.flatMap(({ sha, people }) =>
    people.filter(({ login }) => !(askedFor.has(sha) && isSameLogin(login, ownLogin))).map(({ login, id }): Hand => ({ login, id, kind: kindOfLogin(login), via: 'commit' })),
  );
}

/** What our App opened because somebody asked is theirs; its commits that nobody asked for still tell of it. */
function opened({ author, authorId, contributions, ownLogin }: KnownHands): readonly Hand[] {
  if (isSameLogin(author, ownLogin) && contributions.length > 0) return [];
  return [{ login: author, id: authorId, kind: kindOfLogin(author), via: 'author' }];
}

function pushed({ arrivals, contributions, ownLogin }: KnownHands): readonly Hand[] {
  const askedFor = new Set(contributions.map(({ commit }) => commit));
  const newestFirst = arrivals.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.person.login < b.person.login ? -1 : 1));
  return newestFirst.filter(({ head, person }) => !(askedFor.has(head) && isSameLogin(person.login, ownLogin))).map(({ person }) => ({ ...person, via: 'pusher' }));
}

function asked({ contributions }: KnownHands): readonly Hand[] {
  return contributions.map(({ person }) => ({ ...person, kind: 'human', via: 'asked' }));
}

function gapsIn({ head, commits, arrivals, contributions }: KnownHands): readonly UnknownHands[] {
  const unseen = unseenBefore(head, arrivals, new Set(contributions.map(({ commit }) => commit)));
  return [
    ...(unseen === null ? [] : [{ kind: 'unseen' as const, why: `the head ${unseen.slice(0, 7)} was not seen to arrive` }]),
    ...(commits.complete ? [] : [{ kind: 'unlisted' as const, why: `not all commits up to ${head.slice(0, 7)}, or not all their authors, could be listed` }]),
  ];
}

/** A push that was not seen may stand below one that was: heads are followed back to where the pull request was opened. Null when all were seen. */
function unseenBefore(head: Sha, arrivals: readonly Arrival[], ours: ReadonlySet<Sha>): Sha | null {
  const seen = Map.groupBy(arrivals, (one) => one.head);
  const followed = new Set<Sha>();
  for (const open = [head]; ; ) {
    const next = open.pop();
    if (next === undefined) return null;
    if (followed.has(next) || ours.has(next)) continue;
    followed.add(next);
    const brought = seen.get(next);
    if (brought === undefined) return next;
    // Opened or opened again with this head: what stood before is told by its commits.
    if (brought.every(({ action, before }) => action === 'synchronize' && before !== undefined)) open.push(...brought.flatMap(({ before }) => before ?? []));
  }
}
