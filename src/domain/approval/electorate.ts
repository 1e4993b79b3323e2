import { belongsTo, holderRequest, loginNow, membershipRequest, untoldHolder } from '../people/belongs-to.ts';
import type { Belonging } from '../people/belongs-to.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { ownKindsOf } from '../configuration/own-kinds.ts';
import type { Evidence } from '../evidence.ts';
import type { ProbeRequest } from '../probe-request.ts';
import type { Electors } from '../held-item.ts';
import { foldedLogin, whyUnknown } from '../people/contributor.ts';
import type { Contributor, Contributors } from '../people/contributor.ts';
import { isSamePerson } from '../people/is-same-person.ts';
import type { Member } from '../people/membership.ts';
import { isAgent, operatorsOf } from '../people/operators-of.ts';
import type { Untold } from '../people/untold.ts';
import type { Vote } from '../people/vote.ts';
import { isRootRepository } from '../root-repository.ts';
import { changedFiles } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { approversOf } from './approver-groups.ts';

/** A person who voted, as far as the vote may count. */
export interface Voter {
  /** As they are called now, where that is known. */
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
  const { evidence } = change;
  const names = allNamesOf(change);
  const memberships = peopleOf(evidence).flatMap((person) => names.flatMap((name) => membershipRequest(person, name) ?? []));
  return [votesRequest, contributorsRequest, ...memberships, ...operatorsBehind(change).flatMap((name) => holderRequest(name) ?? [])];
}

/** Why it can not be told who operates an agent with a hand in the change: whoever is meant may be anybody who votes. */
export function untoldOperators(change: Pick<Electing, 'configuration' | 'evidence'>): readonly Untold[] {
  return operatorsBehind(change).flatMap((name) => untoldHolder(name, change.evidence) ?? []);
}

/** Whoever operates the agents with a hand in the change. */
function operatorsBehind({ configuration, evidence }: Pick<Electing, 'configuration' | 'evidence'>): readonly string[] {
  return operatorsOf(configuration, contributorsIn(evidence) ?? { people: [] });
}

export function electorateOf(change: Electing): Electorate {
  const { configuration, evidence } = change;
  const needed = new Set(namesOf(change));
  const asked = allNamesOf(change);
  const voters = peopleOf(evidence).map((person): Voter => {
    const now = loginNow(person, asked, evidence);
    const among = (names: readonly string[]): Belonging => belongsTo(person, names.filter((name) => needed.has(name)), evidence, person.logins);
    const [tier2, tier3, root, admin] = [among(approversOf(configuration, 'tier2')), among(approversOf(configuration, 'tier3')), among(approversOf(configuration, 'root')), among(['admins'])];
    const hands = handsOf(person, now, evidence);
    const bar = barOf({ person, now, hands }, configuration, evidence);
    return {
      login: now ?? person.login,
      votes: person.votes,
      tier2: tier2.kind === 'yes' || tier3.kind === 'yes',
      tier3: tier3.kind === 'yes',
      root: root.kind === 'yes',
      admin: admin.kind === 'yes',
      barred: bar.why,
      hasHand: hands.some(({ via }) => via.some((way) => way !== 'commit')),
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

/** Everybody of whom it matters whether somebody who voted is meant. */
function allNamesOf(change: Electing): readonly string[] {
  return [...new Set([...namesOf(change), ...operatorsBehind(change)])];
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
  return answer?.kind === 'answered' ? null : { why: `${what} could not be read: ${answer?.why ?? 'it was not asked'}`, kind: 'trouble' };
}

/** Why nobody could tell whose hand is in the change; null where that is known, if only that somebody is not. */
export function unreadContributors(evidence: Evidence): Untold | null {
  return missing(evidence, contributorsRequest, 'whose hand is in this change');
}

export function contributorsIn(evidence: Evidence): Contributors | null {
  const answer = evidence.find(contributorsRequest);
  return answer?.kind === 'answered' ? answer.value : null;
}

/** Who voted, by the login under which they did last. */
interface Person extends Member {
  /** All under which they did. */
  readonly logins: readonly string[];
  readonly votes: readonly Vote[];
}

/** Humans who voted, each once through whatever doors: by id, and whoever is known by login alone as the one of that login. Two who had one login after another are two. */
function peopleOf(evidence: Evidence): readonly Person[] {
  const answer = evidence.find(votesRequest);
  const votes = (answer?.kind === 'answered' ? answer.value : []).filter((vote) => vote.kind === 'human');
  const ids = new Map(votes.flatMap(({ login, id }) => (id === null ? [] : [[foldedLogin(login), id] as const])));
  const idOf = ({ login, id }: Vote): number | null => id ?? ids.get(foldedLogin(login)) ?? null;
  const people = Map.groupBy(votes, (vote) => idOf(vote) ?? `login ${foldedLogin(vote.login)}`);
  return [...people.values()].flatMap((said) => {
    const [newest] = said.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
    return newest === undefined ? [] : [{ login: newest.login, id: idOf(newest), logins: [...new Set(said.map(({ login }) => login))], votes: said }];
  });
}

interface Bar {
  /** Why nothing of it counts; null: it does. */
  readonly why: string | null;
  readonly open: readonly Untold[];
}

interface Told {
  readonly person: Person;
  /** What they are called now; null where that is not known. */
  readonly now: string | null;
  readonly hands: readonly Contributor[];
}

/** Nobody releases what has their hand in it, or that of an agent they operate. */
function barOf({ person, now, hands }: Told, configuration: Configuration | null, evidence: Evidence): Bar {
  const login = now ?? person.login;
  if ([login, ...person.logins].some((one) => isAgent(configuration, one))) return { why: `${login} is an agent`, open: [] };
  if (hands.length > 0) return { why: `${login} has a hand in the change`, open: [] };
  const contributors = contributorsIn(evidence);
  const unknown = contributors === null ? null : whyUnknown(contributors);
  if (unknown !== null) return { why: `${login} may have a hand in the change, since ${unknown}`, open: [] };
  const operators = operatorsBehind({ configuration, evidence });
  const behind = belongsTo(person, operators, evidence, person.logins);
  switch (behind.kind) {
    case 'yes':
      return { why: `${login} is ${behind.name}, who operates an agent with a hand in the change`, open: [] };
    case 'unknown':
      return { why: `${login} may operate an agent with a hand in the change`, open: behind.untold };
    case 'no': {
      const [untold] = untoldOperators({ configuration, evidence });
      return untold === undefined ? { why: null, open: [] } : { why: `${login} may operate an agent with a hand in the change, since ${untold.why}`, open: [untold] };
    }
  }
}

/** Where no id tells who somebody is, by the login that is theirs now: another one may have their former one, and a hand in the change. */
function handsOf({ id, logins: said }: Person, now: string | null, evidence: Evidence): readonly Contributor[] {
  const people = contributorsIn(evidence)?.people ?? [];
  const logins = now === null ? said : [now];
  return people.filter((one) => logins.some((login) => isSamePerson(one, { login, id })));
}
