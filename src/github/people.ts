import { Failure } from '../domain/failure.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { PeopleAsked, PeopleTold } from '../domain/people/people-told.ts';
import { permissions } from '../domain/people/permission.ts';
import type { Permission } from '../domain/people/permission.ts';
import { flagAt, listAt, optionalTextAt, textAt, valueAt } from './answer.ts';
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
 * Whether each is a member of its team now, null of a team that GitHub does not show; and what each person may do in the repository, null
 * where it is not told this way. All in one call. GitHub lists members of teams below among a team's own, and nobody who was only invited.
 * Apps are in no team, and user accounts have none. Collaborators are said to be shown to who may push: where GitHub shows an
 * installation none, nobody is known by them.
 */
export async function readPeople(asking: Asking, { teams, permissions: logins }: PeopleAsked): Promise<PeopleTold> {
  const wanted = asking.calls.ref.account.kind === 'user' ? [] : teams;
  const inTeams: (boolean | null)[] = [];
  const told: (Permission | null)[] = [];
  for (let start = 0; start < Math.max(wanted.length, logins.length); start += mostAsked) {
    const some = { teams: wanted.slice(start, start + mostAsked), logins: logins.slice(start, start + mostAsked) };
    const { organization, repository } = await ask(asking, some);
    inTeams.push(...some.teams.map((one, index) => isAmong(valueAt(organization, [`m${index}`]), one)));
    told.push(...some.logins.map((login, index) => permissionIn(valueAt(repository, [`p${index}`]), login)));
  }
  return { inTeams: teams.map((_one, index) => (wanted.length === 0 ? false : inTeams[index] ?? null)), permissions: told };
}

interface SomeAsked {
  readonly teams: readonly InTeam[];
  readonly logins: readonly string[];
}

interface Told {
  readonly organization: unknown;
  readonly repository: unknown;
}

/** The organisation with these teams, and beside it, where that is wanted, what is asked of the repository. */
async function ask({ calls, learned, beside }: Asking, { teams, logins }: SomeAsked): Promise<Told> {
  const names = [...teams.flatMap((_one, index) => [`$t${index}: String!`, `$u${index}: String!`]), ...logins.map((_login, index) => `$l${index}: String!`), ...(beside === null ? [] : ['$number: Int!'])];
  const variables = { ...Object.fromEntries([...teams.flatMap(({ login, team }, index) => [[`t${index}`, team], [`u${index}`, login]]), ...logins.map((login, index) => [`l${index}`, login])]), ...(beside === null ? {} : { number: beside }) };
  const members = teams.map((_one, index) => `m${index}: team(slug: $t${index}) { members(query: $u${index}, first: 100, membership: ALL) { nodes { login } pageInfo { hasNextPage } } }`).join(' ');
  const collaborators = logins.map((_login, index) => `p${index}: collaborators(query: $l${index}, first: 100) { edges { permission node { login } } }`);
  const ofRepository = [...collaborators, ...(beside === null ? [] : [currentHeadPart])].join(' ');
  const told = await send(calls, { declared: names.join(', '), members, ofRepository, variables });
  if (beside !== null) learnCurrentHead(told.repository, beside, learned);
  return told;
}

interface Written {
  readonly declared: string;
  readonly members: string;
  readonly ofRepository: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** With a token that shows what is asked and no more. */
async function send(calls: RepositoryCalls, { declared, members, ofRepository, variables }: Written): Promise<Told> {
  if (ofRepository === '') return { organization: await calls.queryOrganization(`query($login: String!, ${declared}) { organization(login: $login) { ${members} } }`, variables), repository: null };
  const repository = `repository(owner: $owner, name: $name) { ${ofRepository} }`;
  if (members === '') return { organization: null, repository: await calls.query(`query($owner: String!, $name: String!, ${declared}) { ${repository} }`, variables, isOfCollaborators) };
  return calls.queryPeople(`query($login: String!, $owner: String!, $name: String!, ${declared}) { organization(login: $login) { ${members} } ${repository} }`, variables, isOfCollaborators);
}

function isOfCollaborators(path: readonly unknown[]): boolean {
  const [place, name] = path;
  return place === 'repository' && typeof name === 'string' && /^p\d+$/.test(name);
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
