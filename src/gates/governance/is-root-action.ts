import type { Action } from '../../domain/action/action.ts';
import { isRootRepository } from '../../domain/root-repository.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/**
 * Whether those who govern the account decide an action: it changes Plumbline's own files at the root, which is the organisation's
 * `.github` repository or any of a user account. A secret or an unsafe workflow is as dangerous there as elsewhere, and is judged
 * as elsewhere. On the command line nobody has the privileges of the root.
 */
export function isRootAction(action: Action, snapshot: Snapshot): boolean {
  if (!isAtRoot(snapshot) || !(action.finding === null || action.finding === 'governance/loosening') || action.paths.length === 0 || /^(?:contract|schema)\./.test(action.action)) return false;
  return action.paths.every((path) => ownPathsIn(snapshot).has(path));
}

function isAtRoot({ repository, change }: Snapshot): boolean {
  return change.subject.kind !== 'range' && isRootRepository(repository);
}

const remembered = new WeakMap<Snapshot, ReadonlySet<string>>();

function ownPathsIn(snapshot: Snapshot): ReadonlySet<string> {
  const known = remembered.get(snapshot) ?? new Set(snapshot.files.filter((file) => file.roles.includes('own')).map((file) => file.path));
  remembered.set(snapshot, known);
  return known;
}
