import type { Call } from './routes.ts';
import type { World } from './world.ts';

/** Comments of a pull request can be read and written with either permission, those of an issue with one only. */
export function mayComment(world: World, { identity, repository, at }: Call, level: 'read' | 'write'): boolean {
  if (identity.kind !== 'installation') return true;
  const isPull = world.pulls.get(repository)?.has(Number(at['number'])) === true;
  const has = (name: string): boolean => identity.permissions[name] === 'write' || (level === 'read' && identity.permissions[name] === 'read');
  return has('issues') || (has('pull_requests') && isPull);
}

/** What a comment stands on is not looked up. */
export function mayEditComment({ identity }: Call): boolean {
  return identity.kind !== 'installation' || identity.permissions['issues'] === 'write' || identity.permissions['pull_requests'] === 'write';
}
