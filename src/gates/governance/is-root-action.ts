import type { Action } from '../../domain/action/action.ts';
import { isRootRepository } from '../../domain/root-repository.ts';
import type { FileRole, Snapshot } from '../../domain/snapshot.ts';
import { isOwnAction } from './own/own-action.ts';

/**
 * Whether those who govern the account decide an action: it changes Plumbline's own files at the root, which is the organisation's
 * `.github` repository or any of a user account. A secret or an unsafe workflow is as dangerous there as elsewhere, and is judged
 * as elsewhere; and what the change itself makes Plumbline's own counts as that alone, whatever else it is. On the command line nobody
 * has the privileges of the root.
 */
export function isRootAction(action: Action, snapshot: Snapshot): boolean {
  if (!isAtRoot(snapshot) || !(action.finding === null || action.finding === 'governance/loosening') || action.paths.length === 0 || /^(?:contract|schema)\./.test(action.action)) return false;
  const { own, anew } = ownPathsIn(snapshot);
  return action.paths.every((path) => own.has(path) || (anew.has(path) && isOwnAction(action)));
}

function isAtRoot({ repository, change }: Snapshot): boolean {
  return change.subject.kind !== 'range' && isRootRepository(repository);
}

interface OwnPaths {
  readonly own: ReadonlySet<string>;
  readonly anew: ReadonlySet<string>;
}

const remembered = new WeakMap<Snapshot, OwnPaths>();

function ownPathsIn(snapshot: Snapshot): OwnPaths {
  const pathsOf = (role: FileRole): ReadonlySet<string> => new Set(snapshot.files.filter(({ roles }) => roles.includes(role)).map(({ path }) => path));
  const known = remembered.get(snapshot) ?? { own: pathsOf('own'), anew: pathsOf('own-anew') };
  remembered.set(snapshot, known);
  return known;
}
