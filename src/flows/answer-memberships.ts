import type { Answer } from '../domain/evidence.ts';
import { failureOf } from '../domain/failure.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { Group } from '../domain/people/group.ts';
import type { Membership } from '../domain/people/membership.ts';
import { mayWrite } from '../domain/people/permission.ts';
import type { Permission } from '../domain/people/permission.ts';
import type { GitHubPeople } from './github-people.ts';

type Asked = Pick<GitHubPeople, 'areInTeams' | 'permission' | 'isOwner'>;

/**
 * Who belongs where now: all teams in one call, and for the others one call for each person. An App belongs to no group of
 * people. Trouble is the answer of what it concerns: all teams, or one person.
 * @param beside The pull request that is judged, of which it is told with the teams where it stands; null: none.
 */
export async function answerMemberships(github: Asked, asked: readonly Membership[], beside: number | null): Promise<readonly Answer<'membership'>[]> {
  const inTeams = askTeams(github, asked, beside);
  const permissionOf = askOnce((login) => github.permission(login));
  const isIn = async (one: Membership): Promise<boolean | null> => {
    const { login, group } = one;
    if (!isPerson(login)) return false;
    if (isTeam(group)) return (await inTeams).get(one) ?? null;
    if (group === 'owners') return github.isOwner(login);
    const permission = await permissionOf(login);
    return group === 'admins' ? permission === 'admin' : mayWrite(permission);
  };
  return Promise.all(asked.map((one) => settled(isIn(one))));
}

async function askTeams(github: Asked, asked: readonly Membership[], beside: number | null): Promise<ReadonlyMap<Membership, boolean | null>> {
  const some = asked.filter(({ login, group }) => isTeam(group) && isPerson(login));
  if (some.length === 0) return new Map();
  const found = await github.areInTeams(some.map(({ login, group }) => ({ login, team: group.slice(teamPrefix.length) })), beside);
  return new Map(some.map((one, index) => [one, found[index] ?? null]));
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
