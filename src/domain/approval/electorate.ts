import { belongsTo, membershipRequest } from '../people/belongs-to.ts';
import type { Belonging } from '../people/belongs-to.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { ownKindsOf } from '../configuration/own-kinds.ts';
import type { Evidence } from '../evidence.ts';
import type { ProbeRequest } from '../probe-request.ts';
import type { Electors } from '../held-item.ts';
import { foldedLogin, whyUnknown } from '../people/contributor.ts';
import type { Contributor, Contributors } from '../people/contributor.ts';
import { isAgent, operatorsOf } from '../people/operators-of.ts';
import type { Untold } from '../people/untold.ts';
import type { Vote } from '../people/vote.ts';
import { isRootRepository } from '../root-repository.ts';
import { changedFiles } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { approversOf } from './approver-groups.ts';

/** A person who voted, as far as the vote may count. */
export interface Voter {
  readonly login: string;
  readonly votes: readonly Vote[];
  /** Who may approve tier 3 may approve what asks for less. */
  readonly tier2: boolean;
  readonly tier3: boolean;
  readonly root: boolean;
  readonly admin: boolean;
  /** Why none of it counts, but for what even a contributor may release; null when it counts. */
  readonly barred: string | null;
  /** Whether GitHub told that they opened the change, pushed to it or asked for it: then their no counts nothing either. A name in a commit anybody writes. */
  readonly hasHand: boolean;
  /** What could not be told of whether they are among each, and of what may bar their yes. */
  readonly open: Readonly<Record<Electors | 'bar', readonly Untold[]>>;
}

export interface Electorate {
  readonly voters: readonly Voter[];
  /** Of who voted and who has a hand in the change, what could not be read at all: it may be anything. */
  readonly unread: readonly Untold[];
}

export const votesRequest = { kind: 'votes' } as const;
export const contributorsRequest = { kind: 'contributors' } as const;

/** The questions that `electorateOf` needs answered: first who said what and whose hand is in the change, then who belongs where. */
export function electorateRequests(change: Electing): readonly ProbeRequest[] {
  const { configuration, evidence } = change;
  const names = [...new Set([...namesOf(change), ...operatorsOf(configuration, contributorsIn(evidence)?.people ?? [])])];
  const memberships = peopleOf(evidence).flatMap(({ login }) => names.flatMap((name) => membershipRequest(login, name) ?? []));
  return [votesRequest, contributorsRequest, ...memberships];
}

export function electorateOf(change: Electing): Electorate {
  const { configuration, evidence } = change;
  const needed = new Set(namesOf(change));
  const voters = peopleOf(evidence).map((person): Voter => {
    const among = (names: readonly string[]): Belonging => belongsTo(person.login, names.filter((name) => needed.has(name)), evidence);
    const [tier2, tier3, root, admin] = [among(approversOf(configuration, 'tier2')), among(approversOf(configuration, 'tier3')), among(approversOf(configuration, 'root')), among(['admins'])];
    const bar = barOf(person, configuration, evidence);
    return {
      login: person.login,
      votes: person.votes,
      tier2: tier2.kind === 'yes' || tier3.kind === 'yes',
      tier3: tier3.kind === 'yes',
      root: root.kind === 'yes',
      admin: admin.kind === 'yes',
      barred: bar.why,
      hasHand: handsOf(person, evidence).some(({ via }) => via.some((way) => way !== 'commit')),
      open: { tier2: untoldIn(tier2), tier3: untoldIn(tier3), root: untoldIn(root), admins: untoldIn(admin), bar: bar.open },
    };
  });
  return { voters, unread: [missing(evidence, votesRequest, 'what people said about this change'), unreadContributors(evidence)].filter((why) => why !== null) };
}

function untoldIn(belonging: Belonging): readonly Untold[] {
  return belonging.kind === 'unknown' ? belonging.untold : [];
}

/** A change whose people are asked. */
export interface Electing {
  readonly snapshot: Snapshot;
  /** Null: nothing valid is configured. */
  readonly configuration: Configuration | null;
  readonly evidence: Evidence;
}

/** Everybody whom a rule of approvals names, as far as it can matter here: owners at the root, admins for what begins or mends a configuration. */
function namesOf({ snapshot, configuration, evidence }: Electing): readonly string[] {
  const isConfiguring = (evidence.verdicts ?? []).some(({ findings }) => findings.some(({ code, severity }) => severity === 'hold' && (code === 'config/missing' || code === 'config/repair'))) || changesPolicies(snapshot, configuration);
  return [
    ...approversOf(configuration, 'tier2'),
    ...approversOf(configuration, 'tier3'),
    ...(isRootRepository(snapshot.repository) && snapshot.change.subject.kind !== 'range' ? approversOf(configuration, 'root') : []),
    ...(isConfiguring || configuration === null ? ['admins'] : []),
  ];
}

/** Perhaps it mends them: governance itself can tell that only once it has asked them. */
function changesPolicies(snapshot: Snapshot, configuration: Configuration | null): boolean {
  if (configuration === null) return false;
  return isRootRepository(snapshot.repository) || changedFiles(snapshot).some(({ path }) => ownKindsOf(configuration, path).includes('policy'));
}

function missing(evidence: Evidence, request: typeof votesRequest | typeof contributorsRequest, what: string): Untold | null {
  const answer = request.kind === 'votes' ? evidence.find(request) : evidence.find(request);
  return answer?.kind === 'answered' ? null : { why: `${what} could not be read: ${answer?.why ?? 'it was not asked'}`, unseen: null };
}

/** Why nobody could tell whose hand is in the change; null where that is known, if only that somebody is not. */
export function unreadContributors(evidence: Evidence): Untold | null {
  return missing(evidence, contributorsRequest, 'whose hand is in this change');
}

export function contributorsIn(evidence: Evidence): Contributors | null {
  const answer = evidence.find(contributorsRequest);
  return answer?.kind === 'answered' ? answer.value : null;
}

interface Person {
  readonly login: string;
  readonly ids: ReadonlySet<number>;
  readonly votes: readonly Vote[];
}

/** Humans who voted, each once through whatever doors, by id and by login. */
function peopleOf(evidence: Evidence): readonly Person[] {
  const answer = evidence.find(votesRequest);
  const votes = (answer?.kind === 'answered' ? answer.value : []).filter((vote) => vote.kind === 'human');
  const people: { login: string; ids: Set<number>; logins: Set<string>; votes: Vote[] }[] = [];
  for (const vote of votes) {
    const known = people.find(({ ids, logins }) => logins.has(foldedLogin(vote.login)) || (vote.id !== null && ids.has(vote.id)));
    const person = known ?? { login: vote.login, ids: new Set(), logins: new Set(), votes: [] };
    if (known === undefined) people.push(person);
    person.logins.add(foldedLogin(vote.login));
    if (vote.id !== null) person.ids.add(vote.id);
    person.votes.push(vote);
  }
  return people;
}

interface Bar {
  /** Why nothing of it counts; null: it does. */
  readonly why: string | null;
  readonly open: readonly Untold[];
}

/** Nobody releases what has their hand in it, or that of an agent they operate. */
function barOf(person: Person, configuration: Configuration | null, evidence: Evidence): Bar {
  const { login } = person;
  if (isAgent(configuration, login)) return { why: `${login} is an agent`, open: [] };
  if (handsOf(person, evidence).length > 0) return { why: `${login} has a hand in the change`, open: [] };
  const contributors = contributorsIn(evidence);
  const unknown = contributors === null ? null : whyUnknown(contributors);
  if (unknown !== null) return { why: `${login} may have a hand in the change, since ${unknown}`, open: [] };
  const behind = belongsTo(login, operatorsOf(configuration, contributors?.people ?? []), evidence);
  switch (behind.kind) {
    case 'yes':
      return { why: `${login} is ${behind.name}, who operates an agent with a hand in the change`, open: [] };
    case 'unknown':
      return { why: `${login} may operate an agent with a hand in the change`, open: behind.untold };
    case 'no':
      return { why: null, open: [] };
  }
}

function handsOf({ login, ids }: Person, evidence: Evidence): readonly Contributor[] {
  const people = contributorsIn(evidence)?.people ?? [];
  return people.filter((one) => foldedLogin(one.login) === foldedLogin(login) || (one.id !== null && ids.has(one.id)));
}
