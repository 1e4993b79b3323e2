import type { Evidence } from '../evidence.ts';
import type { RequestOf } from '../probe-request.ts';
import { foldedLogin } from './contributor.ts';
import type { Group } from './group.ts';
import type { Name } from './name.ts';
import type { Untold } from './untold.ts';

/** Null: nothing needs to be asked, the name says it. */
export function membershipRequest(login: string, name: Name): RequestOf<'membership'> | null {
  const group = groupOf(name);
  return group === null ? null : { kind: 'membership', login, group };
}

/** `name`: the one that means the person. */
export type Belonging = { readonly kind: 'yes'; readonly name: Name } | { readonly kind: 'no' } | { readonly kind: 'unknown'; readonly untold: readonly Untold[] };

/** Whether a person is meant by one of these names. What could not be told of one matters only where no other means them. */
export function belongsTo(login: string, names: readonly Name[], evidence: Evidence): Belonging {
  const untold: Untold[] = [];
  for (const name of names) {
    const told = isMeant(login, name, evidence);
    if (told === true) return { kind: 'yes', name };
    if (told !== false) untold.push(told);
  }
  return untold.length === 0 ? { kind: 'no' } : { kind: 'unknown', untold };
}

function isMeant(login: string, name: Name, evidence: Evidence): boolean | Untold {
  const request = membershipRequest(login, name);
  if (request === null) return foldedLogin(name) === `user:${foldedLogin(login)}`;
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { why: `whether ${login} belongs to ${name} could not be read: ${answer?.why ?? 'it was not asked'}`, unseen: null };
  return answer.value ?? { why: `whether ${login} belongs to ${name} can not be told: GitHub shows no such team`, unseen: name };
}

function groupOf(name: Name): Group | null {
  if (name === 'admins' || name === 'owners' || name === 'writers') return name;
  return isTeam(name) ? name : null;
}

function isTeam(name: Name): name is `team:${string}` {
  return name.startsWith('team:');
}
