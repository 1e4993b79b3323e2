import type { Answer } from '../domain/evidence.ts';
import { Failure } from '../domain/failure.ts';
import type { Contributors } from '../domain/people/contributor.ts';
import { handsIn } from '../domain/people/hands-in.ts';
import type { KnownHands } from '../domain/people/hands-in.ts';
import { gatherContributors } from '../domain/people/gather-contributors.ts';
import { standingVotes } from '../domain/people/standing-votes.ts';
import type { Vote } from '../domain/people/vote.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { answerMemberships } from './answer-memberships.ts';
import type { GitHubApp, GitHubRepository, People, PullRequestFacts, Store } from './ports.ts';

export interface PeoplePorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'slug'>;
}

/** A pull request that a change stands for. */
export type JudgedMember = Pick<PullRequestFacts, 'number' | 'author' | 'head'>;

export interface PeopleToAsk {
  readonly repository: RepositoryRef;
  /** One for a pull request; null when those of a merge group could not be resolved. */
  readonly members: readonly JudgedMember[] | null;
  /** Whether approving reviews are votes. */
  readonly reviews: boolean;
}

/** The people around a change, from what deliveries and commands left in the store and from GitHub as it is now. */
export function peopleOf(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): People {
  return {
    contributors: () => contributors(ports, github, wanted),
    votes: () => votes(ports, github, wanted),
    memberships: (asked): Promise<readonly Answer<'membership'>[]> => answerMemberships(github, asked),
  };
}

async function contributors(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): Promise<Contributors> {
  const known = await Promise.all(membersOf(wanted).map((member) => knownHands(ports, github, wanted.repository, member)));
  const found = known.map(handsIn);
  const unknown = found.flatMap((one) => one.unknown);
  return { people: gatherContributors(found.flatMap(({ hands }) => hands)), unknown: unknown.length === 0 ? null : unknown.join('; ') };
}

async function knownHands(ports: PeoplePorts, github: GitHubRepository, repository: RepositoryRef, { number, author, head }: JudgedMember): Promise<KnownHands> {
  const commits = await github.commitPeople(number);
  if (commits.head !== head) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell whose hands are in pull request ${number}: its head is ${commits.head} now, expected ${head}`);
  const kept = await ports.store.transaction(async (transaction) => ({
    arrivals: await transaction.arrivals(repository.id, number),
    contributions: await transaction.contributions(repository.id, number),
  }));
  // Which App is ours matters only where somebody asked it for something.
  const ownLogin = kept.contributions.length === 0 ? '' : `${await ports.github.slug()}[bot]`;
  return { author, head, commits, ...kept, ownLogin };
}

async function votes(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): Promise<readonly Vote[]> {
  const members = membersOf(wanted);
  const records = await ports.store.transaction(async (transaction) => {
    const all = [];
    for (const { number } of members) all.push(...(await transaction.voteRecords(wanted.repository.id, number)));
    return all;
  });
  const reviewed = wanted.reviews ? await Promise.all(members.map(({ number }) => reviewVotes(github, number))) : [];
  return [...standingVotes(records), ...reviewed.flat()];
}

async function reviewVotes(github: GitHubRepository, number: number): Promise<readonly Vote[]> {
  const approving = await github.reviews(number);
  return approving.map(({ person, commit, at }) => ({ ...person, answer: 'approve', reason: null, door: 'review', pullRequest: number, target: { kind: 'head', scope: 'all', sha: commit }, at }));
}

function membersOf({ members }: PeopleToAsk): readonly JudgedMember[] {
  if (members !== null) return members;
  throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot tell who stands behind the merge group: its pull requests were not resolved, expected at least one');
}
