import type { Answer } from '../domain/probe-answer.ts';
import { Failure } from '../domain/failure.ts';
import { isSameLogin } from '../domain/people/contributor.ts';
import type { Contributors } from '../domain/people/contributor.ts';
import { handsIn } from '../domain/people/hands-in.ts';
import type { KnownHands } from '../domain/people/hands-in.ts';
import { gatherContributors } from '../domain/people/gather-contributors.ts';
import { namedAgents } from '../domain/people/named-agents.ts';
import { standingReviews } from '../domain/people/standing-reviews.ts';
import { standingVotes } from '../domain/people/standing-votes.ts';
import type { Vote } from '../domain/people/vote.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { answerMemberships } from './answer-memberships.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { People } from './ports/prober.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';
import type { Store } from './ports/store.ts';

export interface PeoplePorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'slug'>;
}

/** A pull request that a change stands for. */
export type JudgedMember = Pick<PullRequestFacts, 'number' | 'author' | 'authorId' | 'head'>;

export interface PeopleToAsk {
  readonly repository: RepositoryRef;
  /** One for a pull request; null when those of a merge group could not be resolved. */
  readonly members: readonly JudgedMember[] | null;
  /** Whether approving reviews are votes. */
  readonly reviews: boolean;
  /** Whether the judged head is that of a merge group. */
  readonly isGroup: boolean;
}

/** The people around a change, from what deliveries and commands left in the store and from GitHub as it is now. */
export function peopleOf(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): People {
  return {
    contributors: () => contributors(ports, github, wanted),
    votes: () => votes(ports, github, wanted),
    memberships: (asked): Promise<readonly Answer<'membership'>[]> => answerMemberships(github, asked, wanted.isGroup ? null : (wanted.members?.[0]?.number ?? null)),
  };
}

async function contributors(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): Promise<Contributors> {
  const known = await Promise.all(membersOf(wanted).map((member) => knownHands(ports, github, wanted.repository, member)));
  const found = known.map(handsIn);
  const [first, ...others] = found.flatMap((one) => one.unknown);
  const people = gatherContributors(found.flatMap(({ hands }) => hands));
  // Our own App says in its text what it does and why.
  const named = namedAgents(known.flatMap(({ commits, ownLogin }) => commits.commits.map(({ agents = [] }) => ({ agents: agents.filter((login) => !isSameLogin(login, ownLogin)) }))));
  const own = people.find(({ login }) => known.some(({ ownLogin }) => isSameLogin(login, ownLogin)));
  return { people, ...(named.length === 0 ? {} : { named }), ...(own === undefined ? {} : { own: own.login }), unknown: first === undefined ? null : [first, ...others] };
}

async function knownHands(ports: PeoplePorts, github: GitHubRepository, repository: RepositoryRef, { number, author, authorId, head }: JudgedMember): Promise<KnownHands> {
  const commits = await github.commitPeople(number);
  if (commits.head !== head) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell whose hands are in pull request ${number}: its head is ${commits.head} now, expected ${head}`);
  const kept = await ports.store.transaction(async (transaction) => ({
    arrivals: await transaction.arrivals(repository.id, number),
    contributions: await transaction.contributions(repository.id, number),
  }));
  // Which App is ours matters only where somebody asked it for something, or an App has a hand in it.
  const isByApp = [author, ...commits.commits.flatMap(({ people, agents = [] }) => [...people.map(({ login }) => login), ...agents])].some((login) => login.endsWith('[bot]'));
  const ownLogin = kept.contributions.length === 0 && !isByApp ? '' : `${await ports.github.slug()}[bot]`;
  return { author, authorId, head, commits, ...kept, ownLogin };
}

async function votes(ports: PeoplePorts, github: GitHubRepository, wanted: PeopleToAsk): Promise<readonly Vote[]> {
  const members = membersOf(wanted);
  const records = await ports.store.transaction(async (transaction) => {
    const all = [];
    for (const { number } of members) all.push(...(await transaction.voteRecords(wanted.repository.id, number)));
    return all;
  });
  const reviewed = wanted.reviews ? await Promise.all(members.map(({ number }) => reviewVotes(github, number))) : [];
  const bound = wanted.isGroup ? await Promise.all(reviewed.flat().map((vote) => boundAsDecided(ports, wanted.repository, vote))) : reviewed.flat();
  return [...standingVotes(records), ...standingReviews(bound, records)];
}

/** In a merge group the head is another: a review of a member's head is about what the decision on that head held. */
async function boundAsDecided({ store }: PeoplePorts, repository: RepositoryRef, vote: Vote): Promise<Vote> {
  const { target, pullRequest } = vote;
  if (target.kind !== 'head' || target.sha === null || pullRequest === null) return vote;
  const head = target.sha;
  const record = await store.transaction((transaction) => transaction.decisionAbout(repository.id, pullRequestSubject(pullRequest), head));
  return { ...vote, target: { kind: 'items', items: (record?.decision.held ?? []).map(({ scope, binding }) => ({ scope, binding })) } };
}

/** Whoever is nothing to the repository can review it too, and approves nothing: they are not asked about. */
const outsiders: ReadonlySet<string> = new Set(['NONE', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'MANNEQUIN']);

async function reviewVotes(github: GitHubRepository, number: number): Promise<readonly Vote[]> {
  const approving = (await github.reviews(number)).filter(({ association }) => !outsiders.has(association));
  return approving.map(({ person, commit, at }) => ({ ...person, answer: 'approve', reason: null, door: 'review', pullRequest: number, target: { kind: 'head', scope: 'all', sha: commit }, at }));
}

function membersOf({ members }: PeopleToAsk): readonly JudgedMember[] {
  if (members !== null) return members;
  throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot tell who stands behind the merge group: its pull requests were not resolved, expected at least one');
}
