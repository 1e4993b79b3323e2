import { Failure, failureOf } from '../domain/failure.ts';
import { foldedLogin, isSameLogin } from '../domain/people/contributor.ts';
import type { Group } from '../domain/people/group.ts';
import { isLoginOf } from '../domain/people/is-login-of.ts';
import { kindOfLogin } from '../domain/people/kind-of-login.ts';
import type { Member, Membership, MembershipAnswer } from '../domain/people/membership.ts';
import type { PeopleTold } from '../domain/people/people-told.ts';
import { mayWrite } from '../domain/people/permission.ts';
import type { Answer } from '../domain/probe-answer.ts';
import type { GitHubPeople } from './ports/github-people.ts';

type Asked = Pick<GitHubPeople, 'people' | 'permission' | 'isOwner' | 'loginOf' | 'hasAccount'>;

/**
 * Who belongs where now: all teams, what all people may do, and whether each is called as they were told, in one call. Who is not told there
 * is asked about alone, as is each who may own the organisation; who is called otherwise by now is asked about again as they are called.
 * An App belongs to no group of people. Trouble is the answer of what it concerns: all teams, or one person.
 * @param beside The pull request that is judged, of which it is told with the others where it stands; null: none.
 */
export async function answerMemberships(github: Asked, asked: readonly Membership[], beside: number | null): Promise<readonly Answer<'membership'>[]> {
  const people = asked.filter(({ login }) => isPerson(login));
  const together = askTogether(github, people, beside);
  const loginOf = once(keyOf, (one: Member) => loginNow(github, together, one));
  // Who is known by login alone is whoever is called so: that there is nobody matters where the name itself is asked about.
  const isSomebody = once(keyOf, async (one: Member) => (await together.isCalled(one)) === true || (await github.hasAccount(one.login)));
  const renamed = await renamedAmong(people, loginOf);
  const anew = renamed.size === 0 ? together : askTogether(github, [...renamed.values()], null);
  const answer = async (one: Membership): Promise<MembershipAnswer> => {
    if (!isPerson(one.login)) return { kind: 'told', login: one.login, isIn: isLoginOf(one.login, one.group) };
    const login = await loginOf(one);
    if (login === null || (isNameAlone(one) && !(await isSomebody(one)))) return { kind: 'gone' };
    const now = renamed.get(one);
    return { kind: 'told', login, isIn: await (now === undefined ? together.isIn(one) : isInAnew(anew, now)) };
  };
  return Promise.all(asked.map((one) => settled(answer(one))));
}

/** What somebody is called now; null: there is no such account. */
async function loginNow(github: Asked, together: Together, { login, id }: Member): Promise<string | null> {
  return id === null || (await together.isCalled({ login, id })) === true ? login : github.loginOf(id);
}

/** Each who is called otherwise than they were told, as they are called now. Of whom that can not be read the answer will say so. */
async function renamedAmong(people: readonly Membership[], loginOf: (one: Member) => Promise<string | null>): Promise<ReadonlyMap<Membership, Membership>> {
  const logins = await Promise.all(people.map((one) => loginOf(one).catch(() => null)));
  return new Map(people.flatMap((one, index) => {
    const login = logins[index] ?? one.login;
    return isSameLogin(login, one.login) ? [] : [[one, { ...one, login }] as const];
  }));
}

async function isInAnew(anew: Together, now: Membership): Promise<boolean | null> {
  if ((await anew.isCalled(now)) !== false) return anew.isIn(now);
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell what account ${now.id} is called: GitHub gave "${now.login}" to another one meanwhile, expected one name`);
}

interface Together {
  /** By the login that is given. */
  isIn(one: Membership): Promise<boolean | null>;
  /** Whether the account has this login; null where it was not told. */
  isCalled(one: Member): Promise<boolean | null>;
}

function askTogether(github: Asked, asked: readonly Membership[], beside: number | null): Together {
  const inTeams = asked.filter(({ group }) => isTeam(group));
  const logins = [...new Map(asked.filter(({ group }) => group === 'admins' || group === 'writers').map(({ login }) => [foldedLogin(login), login])).values()];
  const accounts = [...new Map(asked.flatMap((one) => (one.id === null && !isNameAlone(one) ? [] : [[keyOf(one), { login: one.login, id: one.id }] as const]))).values()];
  const isNobody = inTeams.length + logins.length + accounts.length === 0;
  const told = isNobody ? Promise.resolve(nothingTold) : github.people({ teams: inTeams.map(({ login, group }) => ({ login, team: group.slice(teamPrefix.length) })), permissions: logins, accounts }, beside);
  // What kept all of it from being told may be about the teams alone.
  const toldBeside = told.catch(() => nothingTold);
  const permissionOf = once(foldedLogin, async (login) => (await toldBeside).permissions[logins.findIndex((other) => isSameLogin(other, login))] ?? github.permission(login));
  return {
    isIn: async (one) => {
      const { login, group } = one;
      if (isTeam(group)) return (await told).inTeams[inTeams.indexOf(one)] ?? null;
      if (group === 'owners') return github.isOwner(login);
      if (group === 'admins') return (await permissionOf(login)) === 'admin';
      return group === 'writers' ? mayWrite(await permissionOf(login)) : isLoginOf(login, group);
    },
    isCalled: async (one) => (await toldBeside).accounts[accounts.findIndex((other) => keyOf(other) === keyOf(one))] ?? null,
  };
}

const nothingTold: PeopleTold = { inTeams: [], permissions: [], accounts: [] };

/** Asks about each once, whoever wants to know. */
function once<Subject, Found>(keyOfSubject: (subject: Subject) => string, ask: (subject: Subject) => Promise<Found>): (subject: Subject) => Promise<Found> {
  const known = new Map<string, Promise<Found>>();
  return (subject) => {
    const asked = known.get(keyOfSubject(subject)) ?? ask(subject);
    known.set(keyOfSubject(subject), asked);
    return asked;
  };
}

function keyOf({ login, id }: Member): string {
  return `${id ?? ''} ${foldedLogin(login)}`;
}

const teamPrefix = 'team:';

function isTeam(group: Group): group is Extract<Group, `team:${string}`> {
  return group.startsWith(teamPrefix);
}

/** Whether it is asked if anybody is called so. */
function isNameAlone({ login, id, group }: Membership): boolean {
  return id === null && isLoginOf(login, group);
}

function isPerson(login: string): boolean {
  return kindOfLogin(login) === 'human';
}

async function settled(answer: Promise<MembershipAnswer>): Promise<Answer<'membership'>> {
  try {
    return { kind: 'answered', value: await answer };
  } catch (thrown) {
    return { kind: 'unavailable', why: failureOf(thrown, 'PROBE_FAILED').message };
  }
}
