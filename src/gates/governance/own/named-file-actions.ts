import type { Action } from '../../../domain/action/action.ts';
import { behaviorAt } from '../../../domain/behavior/behavior-at.ts';
import { namedFilesOf } from '../../../domain/behavior/named-files.ts';
import type { NamedFile } from '../../../domain/behavior/named-files.ts';
import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { changedFiles, isOwn } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { ownAction } from './own-action.ts';
import { eachOwnFileAnew, ownFilesAnew } from './own-files-anew.ts';

/** Behaviours are read where a file changes that one of them may name. */
export function namedFileRequests(change: ChangeToDerive): readonly ProbeRequest[] {
  if (changedNamedFiles(change).length === 0) return [];
  return behaviorFiles(change).flatMap(({ base, head, changed }) => [sideRequest(base), changed ? sideRequest(head) : null].filter((request) => request !== null));
}

/** What a change does to the files by which behaviours are measured: each that changes is looked at like the baseline that it is, or a template. */
export function namedFileActions(change: ChangeToDerive): Derived {
  const files = changedNamedFiles(change);
  const uses = files.length === 0 ? new Map<string, readonly NamedFile[]>() : Map.groupBy(namedBy(change), ({ path }) => path);
  return { actions: files.map((file) => namedFileAction(file, uses.get(file.path) ?? [])), findings: [] };
}

/** Own files that no configuration names. */
function changedNamedFiles(change: ChangeToDerive): readonly SnapshotFile[] {
  const anew = new Set(ownFilesAnew(change).files.map(({ file }) => file.path));
  return changedFiles(change.snapshot).filter((file) => isOwn(file) && !anew.has(file.path) && ownKindsOf(change.configuration, file.path).length === 0);
}

function behaviorFiles(change: ChangeToDerive): readonly SnapshotFile[] {
  const known = change.snapshot.files.filter(({ path, roles }) => roles.includes('own') && ownKindsOf(change.configuration, path).includes('behavior'));
  return [...known, ...eachOwnFileAnew(change).flatMap(({ kind, file }) => (kind === 'behavior' ? [file] : []))];
}

/** What behaviours of the base name, and those that the change brings. One that is not read is told by others, and names nothing here. */
function namedBy(change: ChangeToDerive): readonly NamedFile[] {
  return behaviorFiles(change).flatMap(({ path, base, head, changed }) =>
    [base, changed ? head : null].flatMap((side) => {
      const at = side === null ? null : behaviorAt(path, side, change.evidence);
      return at?.kind === 'behavior' ? namedFilesOf(at.behavior) : [];
    }),
  );
}

function namedFileAction({ path, head }: SnapshotFile, uses: readonly NamedFile[]): Action {
  const isTemplate = uses.length > 0 && uses.every(({ as }) => as === 'template');
  const what = isTemplate ? 'a file that others have to be the same as' : 'a file by which a behaviour is measured';
  return ownAction({ action: isTemplate ? 'template.change' : 'baseline.change', path, why: `\`${path}\` is ${what}.`, place: head === null ? null : { path, line: 1, column: 1 } });
}
