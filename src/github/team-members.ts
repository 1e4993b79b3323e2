import { Failure } from '../domain/failure.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import { flagAt, listAt, textAt, valueAt } from './answer.ts';
import { currentHeadPart, learnCurrentHead } from './current-head.ts';
import type { LearnedObjects } from './learned-objects.ts';
import type { RepositoryCalls } from './repository-calls.ts';

interface Asked {
  readonly login: string;
  readonly team: string;
}

interface Asking {
  readonly calls: RepositoryCalls;
  readonly learned: LearnedObjects;
  /** A pull request to tell of in the same call; null: none. */
  readonly beside: number | null;
}

/** Asked at once: each is one search among the members of a team. */
const mostAsked = 50;

/**
 * Whether each is a member of its team now, in one call; null of a team that GitHub does not show. GitHub lists members of teams below among a team's own, and nobody
 * who was only invited. Apps are in no team, and user accounts have none.
 */
export async function readAreInTeams({ calls, learned, beside }: Asking, asked: readonly Asked[]): Promise<readonly (boolean | null)[]> {
  if (calls.ref.account.kind === 'user') return asked.map(() => false);
  const found: (boolean | null)[] = [];
  for (let start = 0; start < asked.length; start += mostAsked) found.push(...(await readSome({ calls, learned, beside }, asked.slice(start, start + mostAsked))));
  return found;
}

async function readSome(asking: Asking, asked: readonly Asked[]): Promise<readonly (boolean | null)[]> {
  const names = asked.flatMap((_one, index) => [`$t${index}: String!`, `$u${index}: String!`]);
  const parts = asked.map((_one, index) => `m${index}: team(slug: $t${index}) { members(query: $u${index}, first: 100, membership: ALL) { nodes { login } pageInfo { hasNextPage } } }`);
  const variables = Object.fromEntries(asked.flatMap(({ login, team }, index) => [[`t${index}`, team], [`u${index}`, login]]));
  const organization = await query(asking, names.join(', '), { parts: parts.join(' '), variables });
  return asked.map((one, index) => isAmong(valueAt(organization, [`m${index}`]), one));
}

/** The organisation, and beside it, where that is wanted, where a pull request stands. */
async function query({ calls, learned, beside }: Asking, declared: string, { parts, variables }: { readonly parts: string; readonly variables: Readonly<Record<string, string>> }): Promise<unknown> {
  const members = `organization(login: $login) { ${parts} }`;
  if (beside === null) return calls.queryOrganization(`query($login: String!, ${declared}) { ${members} }`, variables);
  const text = `query($login: String!, $owner: String!, $name: String!, $number: Int!, ${declared}) { ${members} repository(owner: $owner, name: $name) { ${currentHeadPart} } }`;
  const { organization, repository } = await calls.queryPeople(text, { ...variables, number: beside });
  learnCurrentHead(repository, beside, learned);
  return organization;
}

/** The search finds names too: only the login itself counts, and a search cut short has not said no. */
function isAmong(team: unknown, { login, team: slug }: Asked): boolean | null {
  if (team === null || team === undefined) return null;
  const members = valueAt(team, ['members']);
  if (listAt(members, ['nodes']).some((node) => foldedLogin(textAt(node, ['login'])) === foldedLogin(login))) return true;
  if (!flagAt(members, ['pageInfo', 'hasNextPage'])) return false;
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell whether "${login}" is in team "${slug}": more than 100 members are named like that, expected fewer`);
}
