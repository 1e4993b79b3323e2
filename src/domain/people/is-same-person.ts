import { isSameLogin } from './contributor.ts';
import type { Member } from './membership.ts';

/** By account where both are known: another one may have a login by now that somebody gave up. By login where one is not. */
export function isSamePerson(one: Member, other: Member): boolean {
  return one.id !== null && other.id !== null ? one.id === other.id : isSameLogin(one.login, other.login);
}
