import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { unjudgedIncludes } from '../../../domain/dependency/unjudged-includes.ts';
import type { ChangedFile } from './package-change.ts';

/** Files of which each has an action of its own, for one file that names them: nobody but an attacker names as many. */
const singled = 20;

/** Files that a manifest newly takes packages from and that are no manifests of the repository by their places and names: what stands in them nobody judges. */
export function includedActions(files: readonly ChangedFile[], snapshot: Snapshot): readonly Action[] {
  const changed = new Set(changedFiles(snapshot).filter(({ head }) => head !== null).map(({ path }) => path));
  return files.flatMap(({ path, before, head }) => {
    const known = new Set(unjudgedIncludes(path, before));
    const unread = unjudgedIncludes(path, head).filter((target) => !known.has(target));
    const rest = unread.slice(singled);
    return [...unread.slice(0, singled).map((target) => includedAction(path, target, changed)), ...(rest.length === 0 ? [] : [restAction(path, rest, changed)])];
  });
}

function includedAction(path: string, target: string, changed: ReadonlySet<string>): Action {
  const name = target.slice(0, 500);
  return { ...shared(path, [target], changed), subject: { path: name }, why: `${quoted(path)} newly takes packages from ${quoted(name)}, which is no manifest of this repository, so it may name any package.`, evidence: { included: name } };
}

function restAction(path: string, targets: readonly string[], changed: ReadonlySet<string>): Action {
  return { ...shared(path, targets, changed), subject: { path }, why: `${quoted(path)} newly takes packages from ${targets.length} more files that are no manifests of this repository.`, evidence: { included: targets.length } };
}

/** It rests on what this change writes into the files too: nobody else judges that as packages. */
function shared(path: string, targets: readonly string[], changed: ReadonlySet<string>): Omit<Action, 'subject' | 'why' | 'evidence'> {
  return { action: 'dependency.add', tier: 2, paths: [path, ...targets.filter((target) => changed.has(target))].toSorted(), place: { path, line: 1, column: 1 }, finding: null, remedy: 'Keep the file in the repository and name it like a manifest (`requirements-….txt`), so that what stands in it is judged.' };
}
