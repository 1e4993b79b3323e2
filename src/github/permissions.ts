import { permissions } from '../domain/people/permission.ts';
import type { Permission } from '../domain/people/permission.ts';
import { optionalTextAt, textAt } from './answer.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** A login that is no collaborator may do nothing; a role that can not be read throws, and the caller refuses. */
export async function readPermission(calls: RepositoryCalls, login: string): Promise<Permission> {
  const answer = await nullWhenMissing(() => calls.read('/collaborators/{username}/permission', { username: login }));
  if (answer === null) return 'none';
  // A role that an organisation made counts as what it was made from, which is all that the older member tells.
  return known(optionalTextAt(answer.body, ['role_name'])) ?? known(textAt(answer.body, ['permission'])) ?? 'none';
}

function known(name: string | null): Permission | null {
  return permissions.find((permission) => permission === name) ?? null;
}

/** Whether somebody owns the organisation; of a user account whoever administers the repository does. */
export async function readIsOwner(calls: RepositoryCalls, login: string): Promise<boolean> {
  if (calls.ref.account.kind === 'user') return (await readPermission(calls, login)) === 'admin';
  const answer = await nullWhenMissing(() => calls.readOrganization('/memberships/{username}', { username: login }));
  return answer !== null && textAt(answer.body, ['state']) === 'active' && textAt(answer.body, ['role']) === 'admin';
}
