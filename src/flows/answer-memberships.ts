import type { Answer } from '../domain/probe-answer.ts';
import { failureOf } from '../domain/failure.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { Group } from '../domain/people/group.ts';
import type { Membership } from '../domain/people/membership.ts';
import { mayWrite } from '../domain/people/permission.ts';
import type { Permission } from '../domain/people/permission.ts';
import type { GitHubPeople } from './ports/github-people.ts';

type Asked = Pick<GitHubPeople, 'people' | 'permission' | 'isOwner'>;

/**
 * Who belongs where now: all teams, and what all people may do, in one call. Who is not told there is asked about alone, as is each who may
 * own the organisation. An App belongs to no group of people. Trouble is the answer of what it concerns: all teams, or one person.
 * @param beside The pull request that is judged, of which it is told with the others where it stands; null: none.
 */
export async function answerMemberships(github: Asked, asked: readonly Membership[], beside: number | null): Promise<readonly Answer<'membership'>[]> {
  const together = askTogether(github, asked.filter(({ login }) => isPerson(login)), beside);
  const permissionOf = askOnce(async (login) => (await together.permissionOf(login)) ?? github.permission(login));
  const isIn = async (one: Membership): Promise<boolean | null> => {
    const { login, group } = one;
    if (!isPerson(login)) return false;
    if (isTeam(group)) return together.isInTeam(one);
    if (group === 'owners') return github.isOwner(login);
    const permission = await permissionOf(login);
    return group === 'admins' ? permission === 'admin' : mayWrite(permission);
  };
  return Promise.all(asked.map((one) => settled(isIn(one))));
}

interface Together {
  isInTeam(one: Membership): Promise<boolean | null>;
  /** Null where it was not told. */
  permissionOf(login: string): Promise<Permission | null>;
}

function askTogether(github: Asked, asked: readonly Membership[], beside: number | null): Together {
  const inTeams = asked.filter(({ group }) => isTeam(group));
  const logins = [...new Map(asked.filter(({ group }) => !isTeam(group) && group !== 'owners').map(({ login }) => [foldedLogin(login), login])).values()];
  if (inTeams.length === 0 && logins.length === 0) return { isInTeam: async () => null, permissionOf: async () => null };
  const told = github.people({ teams: inTeams.map(({ login, group }) => ({ login, team: group.slice(teamPrefix.length) })), permissions: logins, accounts: [] }, beside);
  told.catch(() => undefined);
  return {
    isInTeam: async (one) => (await told).inTeams[inTeams.indexOf(one)] ?? null,
    // What kept all of them from being told may be about the teams alone.
    permissionOf: (login) => told.then((all) => all.permissions[logins.findIndex((other) => foldedLogin(other) === foldedLogin(login))] ?? null, () => null),
  };
}

function askOnce(ask: (login: string) => Promise<Permission>): (login: string) => Promise<Permission> {
  const known = new Map<string, Promise<Permission>>();
  return (login) => {
    const asked = known.get(foldedLogin(login)) ?? ask(login);
    known.set(foldedLogin(login), asked);
    return asked;
  };
}

const teamPrefix = 'team:';

function isTeam(group: Group): group is Extract<Group, `team:${string}`> {
  return group.startsWith(teamPrefix);
}

function isPerson(login: string): boolean {
  return !login.endsWith('[bot]') && !login.startsWith('mannequin:');
}

async function settled(answer: Promise<boolean | null>): Promise<Answer<'membership'>> {
  try {
    return { kind: 'answered', value: await answer };
  } catch (thrown) {
    return { kind: 'unavailable', why: failureOf(thrown, 'PROBE_FAILED').message };
  }
}
