import type { Evidence, RequestOf } from '../evidence.ts';
import { foldedLogin } from './contributor.ts';
import type { Group } from './group.ts';

/** What a configuration calls people: `user:<login>`, or a group. */
export type Name = string;

/** Null: nothing needs to be asked, the name says it. */
export function membershipRequest(login: string, name: Name): RequestOf<'membership'> | null {
  const group = groupOf(name);
  return group === null ? null : { kind: 'membership', login, group };
}

export type Belonging = { readonly kind: 'yes' } | { readonly kind: 'no' } | { readonly kind: 'unknown'; readonly why: string };

/** Whether a person is meant by a name. */
export function belongsTo(login: string, name: Name, evidence: Evidence): Belonging {
  const request = membershipRequest(login, name);
  if (request === null) return foldedLogin(name) === `user:${foldedLogin(login)}` ? { kind: 'yes' } : { kind: 'no' };
  const answer = evidence.find(request);
  if (answer?.kind === 'answered') return answer.value ? { kind: 'yes' } : { kind: 'no' };
  return { kind: 'unknown', why: `whether ${login} belongs to ${name} could not be read: ${answer?.why ?? 'it was not asked'}` };
}

function groupOf(name: Name): Group | null {
  if (name === 'admins' || name === 'owners' || name === 'writers') return name;
  return isTeam(name) ? name : null;
}

function isTeam(name: Name): name is `team:${string}` {
  return name.startsWith('team:');
}
