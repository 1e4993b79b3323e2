import type { Evidence } from '../evidence.ts';
import type { RequestOf } from '../probe-request.ts';
import type { Group } from './group.ts';
import { isLoginOf } from './is-login-of.ts';
import type { Member } from './membership.ts';
import type { Name } from './name.ts';
import type { Untold } from './untold.ts';

/** Null: a name that means nobody. */
export function membershipRequest({ login, id }: Member, name: Name): RequestOf<'membership'> | null {
  const group = groupOf(name);
  return group === null ? null : { kind: 'membership', login, id, group };
}

/** Asks whether anybody is called as a name says; null: it means no login. */
export function holderRequest(name: Name): RequestOf<'membership'> | null {
  return isUser(name) ? membershipRequest({ login: name.slice(userPrefix.length), id: null }, name) : null;
}

/** Why whoever a name means may be called otherwise by now, and be anybody; null where somebody is called so, and of a group. */
export function untoldHolder(name: Name, evidence: Evidence): Untold | null {
  const request = holderRequest(name);
  if (request === null) return null;
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { kind: 'trouble', why: `who ${name} is could not be read: ${answer?.why ?? 'it was not asked'}` };
  return answer.value.kind === 'gone' ? { kind: 'lost', why: `who ${name} is can not be told: no account is called so any more`, login: request.login, named: name } : null;
}

/** `name`: the one that means the person. */
export type Belonging = { readonly kind: 'yes'; readonly name: Name } | { readonly kind: 'no' } | { readonly kind: 'unknown'; readonly untold: readonly Untold[] };

/** Whether a person is meant by one of these names. What could not be told of one matters only where no other means them. @param logins All under which the person was told. */
export function belongsTo(person: Member, names: readonly Name[], evidence: Evidence, logins: readonly string[] = [person.login]): Belonging {
  const untold: Untold[] = [];
  for (const name of names) {
    const told = isMeant(person, name, evidence, logins);
    if (told === true) return { kind: 'yes', name };
    if (told !== false) untold.push(told);
  }
  return untold.length === 0 ? { kind: 'no' } : { kind: 'unknown', untold };
}

function isMeant(person: Member, name: Name, evidence: Evidence, logins: readonly string[]): boolean | Untold {
  const request = membershipRequest(person, name);
  if (request === null) return false;
  const answer = evidence.find(request);
  const { login } = person;
  if (answer?.kind !== 'answered') return { kind: 'trouble', why: `whether ${login} belongs to ${name} could not be read: ${answer?.why ?? 'it was not asked'}` };
  const wasNamed = logins.some((one) => isLoginOf(one, name));
  if (answer.value.kind === 'gone') return isUser(name) && !wasNamed ? false : { kind: 'lost', why: `whether ${login} belongs to ${name} can not be told: the account is gone`, login, named: null };
  const { login: now, isIn } = answer.value;
  if (isIn === false && wasNamed) return { kind: 'lost', why: `whether ${now} is ${name} can not be told: the account is not called so any more`, login: now, named: name };
  return isIn ?? { kind: 'unseen', why: `whether ${now} belongs to ${name} can not be told: GitHub shows no such team`, team: name };
}

/** Of the answers that there are, whatever they were asked about: what the account is called now. Null where none tells it. */
export function loginNow(person: Member, names: readonly Name[], evidence: Evidence): string | null {
  for (const name of names) {
    const request = membershipRequest(person, name);
    const answer = request === null ? undefined : evidence.find(request);
    if (answer?.kind === 'answered' && answer.value.kind === 'told') return answer.value.login;
  }
  return null;
}

function groupOf(name: Name): Group | null {
  if (name === 'admins' || name === 'owners' || name === 'writers') return name;
  return isTeam(name) || isUser(name) ? name : null;
}

function isTeam(name: Name): name is `team:${string}` {
  return name.startsWith('team:');
}

function isUser(name: Name): name is `user:${string}` {
  return name.startsWith(userPrefix);
}

const userPrefix = 'user:';
