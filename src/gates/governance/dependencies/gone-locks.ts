import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { dependencyFileOf } from './dependency-file.ts';
import type { ChangedFile } from './package-change.ts';

/** Lock files that stood at the base and are gone, or name no package any more: what is installed is chosen anew then, by whoever installs. One that goes with its manifest was for a project that is no more. */
export function goneLocks(snapshot: Snapshot, read: readonly ChangedFile[]): readonly Action[] {
  const files = changedFiles(snapshot).map((file) => ({ ...file, ...divided(file.path.toLowerCase()) }));
  const [kept, gone] = [files.filter(({ head }) => head !== null), files.filter(({ base, head }) => base !== null && head === null)];
  const [keptPaths, gonePaths] = [pathsOf(kept), pathsOf(gone)];
  const inUse = new Set(kept.filter(({ path }) => dependencyFileOf(path) !== null).map(({ folder }) => folder));
  const deleted = gone.flatMap(({ path, folder, name }) => {
    if (dependencyFileOf(path)?.isLock !== true) return [];
    const manifests = manifestsOf(name).map((manifest) => `${folder}${manifest}`);
    const isProjectGone = manifests.some((manifest) => gonePaths.has(manifest)) && !manifests.some((manifest) => keptPaths.has(manifest)) && (isOfScript(name) || !inUse.has(folder));
    return isProjectGone ? [] : [goneLock(path, 'is gone')];
  });
  const keptAsWritten = new Set(kept.map(({ path }) => path));
  const emptied = read.filter(({ path, file, before, isBaseUnread, head }) => file.isLock && keptAsWritten.has(path) && (isBaseUnread || before.dependencies.length > 0) && head.dependencies.length === 0);
  return [...deleted, ...emptied.map(({ path }) => goneLock(path, 'names no package any more'))];
}

/** It is for that script alone, whatever else stands beside it. */
function isOfScript(name: string): boolean {
  return name.endsWith('.py.lock');
}

function divided(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, at), name: path.slice(at) };
}

function pathsOf(files: readonly { readonly path: string }[]): ReadonlySet<string> {
  return new Set(files.map(({ path }) => path.toLowerCase()));
}

/** What a lock file is for, by its name: the manifest that stands beside it. */
function manifestsOf(name: string): readonly string[] {
  if (isOfScript(name)) return [name.slice(0, -'.lock'.length)];
  if (name === 'pipfile.lock') return ['pipfile'];
  return dependencyFileOf(name)?.ecosystem === 'npm' ? ['package.json', 'package.yaml', 'package.json5'] : ['pyproject.toml'];
}

function goneLock(path: string, what: 'is gone' | 'names no package any more'): Action {
  return {
    action: 'dependency.add',
    tier: 2,
    subject: { path },
    paths: [path],
    why: `${quoted(path)} ${what}, so that versions, their content and where they come from are chosen anew by whoever installs.`,
    evidence: { gone: true },
    place: what === 'is gone' ? null : { path, line: 1, column: 1 },
    finding: null,
    remedy: 'Keep the lock file, or delete it together with the manifest that it is for.',
  };
}
