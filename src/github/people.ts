import { Failure } from '../domain/failure.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { PeopleAsked, PeopleTold } from '../domain/people/people-told.ts';
import { permissions } from '../domain/people/permission.ts';
import type { Permission } from '../domain/people/permission.ts';
import { flagAt, listAt, numberAt, optionalTextAt, textAt, valueAt } from './answer.ts';
import { currentHeadPart, learnCurrentHead } from './current-head.ts';
import type { LearnedObjects } from './learned-objects.ts';
import type { RepositoryCalls } from './repository-calls.ts';

interface Asking {
  readonly calls: RepositoryCalls;
  readonly learned: LearnedObjects;
  /** A pull request to tell of in the same call; null: none. */
  readonly beside: number | null;
}

type InTeam = PeopleAsked['teams'][number];

/** Asked at once, of teams as of people: each is one search among members or collaborators. */
const mostAsked = 50;

/**
 * Whether each is a member of its team now, null of a team that GitHub does not show; what each person may do in the repository, and whether
 * each has its login now, null where it is not told this way. All in one call. GitHub lists members of teams below among a team's
 * own, and nobody who was only invited. Apps are in no team, and user accounts have none. Collaborators are said to be shown to who may
 * push: where GitHub shows an installation none, nobody is known by them.
 */
export async function readPeople(asking: Asking, { teams, permissions: logins, accounts }: PeopleAsked): Promise<PeopleTold> {
  const wanted = asking.calls.ref.account.kind === 'user' ? [] : teams;
  const inTeams: (boolean | null)[] = [];
  const told: (Permission | null)[] = [];
  const areCalled: (boolean | null)[] = [];
  for (let start = 0; start < Math.max(wanted.length, logins.length, accounts.length); start += mostAsked) {
    const [someTeams, someLogins, someAccounts] = [wanted.slice(start, start + mostAsked), logins.slice(start, start + mostAsked), accounts.slice(start, start + mostAsked)];
    const answer = await ask(asking, { teams: someTeams, logins: someLogins, accounts: someAccounts });
    inTeams.push(...someTeams.map((one, index) => isAmong(valueAt(answer, ['organization', `m${index}`]), one)));
    told.push(...someLogins.map((login, index) => permissionIn(valueAt(answer, ['repository', `p${index}`]), login)));
    areCalled.push(...someAccounts.map(({ id }, index) => isAccount(valueAt(answer, [`a${index}`]), id)));
  }
  return { inTeams: teams.map((_one, index) => (wanted.length === 0 ? false : inTeams[index] ?? null)), permissions: told, accounts: areCalled };
}

interface SomeAsked {
  readonly teams: readonly InTeam[];
  readonly logins: readonly string[];
  readonly accounts: PeopleAsked['accounts'];
}

/** The organisation with these teams and the accounts of these logins, and beside them, where that is wanted, what is asked of the repository. */
async function ask({ calls, learned, beside }: Asking, some: SomeAsked): Promise<unknown> {
  const members = some.teams.map((_one, index) => `m${index}: team(slug: $t${index}) { members(query: $u${index}, first: 100, membership: ALL) { nodes { login } pageInfo { hasNextPage } } }`).join(' ');
  const collaborators = some.logins.map((_login, index) => `p${index}: collaborators(query: $l${index}, first: 100) { edges { permission node { login } } }`);
  const ofRepository = [...collaborators, ...(beside === null ? [] : [currentHeadPart])].join(' ');
  const accounts = some.accounts.map((_one, index) => `a${index}: user(login: $a${index}) { databaseId }`);
  const texts = textsOf(some);
  const [isOfMembers, isOfRepository] = [members !== '', ofRepository !== ''];
  const declared = [...(isOfMembers ? ['$login: String!'] : []), ...(isOfRepository ? ['$owner: String!', '$name: String!'] : []), ...[...texts.keys()].map((name) => `$${name}: String!`), ...(beside === null ? [] : ['$number: Int!'])];
  const parts = [...(isOfMembers ? [`organization(login: $login) { ${members} }`] : []), ...(isOfRepository ? [`repository(owner: $owner, name: $name) { ${ofRepository} }`] : []), ...accounts];
  const query = { query: `query(${declared.join(', ')}) { ${parts.join(' ')} }`, isOfMembers, isOfRepository };
  const answer = await calls.queryPeople(query, { ...Object.fromEntries(texts), ...(beside === null ? {} : { number: beside }) }, isToldAside);
  if (beside !== null) learnCurrentHead(valueAt(answer, ['repository']), beside, learned);
  return answer;
}

/** Variables by name. */
function textsOf({ teams, logins, accounts }: SomeAsked): ReadonlyMap<string, string> {
  const ofTeams = teams.flatMap(({ login, team }, index) => [[`t${index}`, team], [`u${index}`, login]] as const);
  return new Map([...ofTeams, ...logins.map((login, index) => [`l${index}`, login] as const), ...accounts.map(({ login }, index) => [`a${index}`, login] as const)]);
}

/** Collaborators and accounts are asked about alone where they are not told. */
function isToldAside(path: readonly unknown[]): boolean {
  const [place, name] = path;
  return (place === 'repository' && typeof name === 'string' && /^p\d+$/.test(name)) || (typeof place === 'string' && /^a\d+$/.test(place));
}

/** Null: nobody who is shown has the login. */
function isAccount(user: unknown, id: number | null): boolean | null {
  return user === null || user === undefined ? null : id === null || numberAt(user, ['databaseId']) === id;
}

/** The search finds names too: only the login itself counts, and a search cut short has not said no. */
function isAmong(team: unknown, { login, team: slug }: InTeam): boolean | null {
  if (team === null || team === undefined) return null;
  const members = valueAt(team, ['members']);
  if (listAt(members, ['nodes']).some((node) => foldedLogin(textAt(node, ['login'])) === foldedLogin(login))) return true;
  if (!flagAt(members, ['pageInfo', 'hasNextPage'])) return false;
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell whether "${login}" is in team "${slug}": more than 100 members are named like that, expected fewer`);
}

/** Whoever is not among them may be shown otherwise: that nobody is listed says nothing. */
function permissionIn(collaborators: unknown, login: string): Permission | null {
  if (collaborators === null || collaborators === undefined) return null;
  const edge = listAt(collaborators, ['edges']).find((one) => foldedLogin(optionalTextAt(one, ['node', 'login']) ?? '') === foldedLogin(login));
  const named = edge === undefined ? null : textAt(edge, ['permission']).toLowerCase();
  return permissions.find((permission) => permission === named) ?? null;
}
