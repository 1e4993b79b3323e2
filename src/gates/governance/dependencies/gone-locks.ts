import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { dependencyFileOf } from './dependency-file.ts';

/** Lock files that stood at the base and are gone: what is installed is chosen anew then, by whoever installs. One that goes with its manifest was for a project that is no more. */
export function goneLocks(snapshot: Snapshot): readonly Action[] {
  const files = changedFiles(snapshot).map((file) => ({ ...file, ...divided(file.path.toLowerCase()) }));
  const [kept, gone] = [files.filter(({ head }) => head !== null), files.filter(({ base, head }) => base !== null && head === null)];
  const [keptPaths, gonePaths] = [pathsOf(kept), pathsOf(gone)];
  const inUse = new Set(kept.filter(({ path }) => dependencyFileOf(path) !== null).map(({ folder }) => folder));
  return gone.flatMap(({ path, folder, name }) => {
    if (dependencyFileOf(path)?.isLock !== true) return [];
    const manifests = manifestsOf(name).map((manifest) => `${folder}${manifest}`);
    const isProjectGone = manifests.some((manifest) => gonePaths.has(manifest)) && !manifests.some((manifest) => keptPaths.has(manifest)) && !inUse.has(folder);
    return isProjectGone ? [] : [goneLock(path)];
  });
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
  if (name.endsWith('.py.lock')) return [name.slice(0, -'.lock'.length)];
  if (name === 'pipfile.lock') return ['pipfile'];
  return dependencyFileOf(name)?.ecosystem === 'npm' ? ['package.json', 'package.yaml', 'package.json5'] : ['pyproject.toml'];
}

function goneLock(path: string): Action {
  return {
    action: 'dependency.add',
    tier: 2,
    subject: { path },
    paths: [path],
    why: `${quoted(path)} is gone, so that versions, their content and where they come from are chosen anew by whoever installs.`,
    evidence: { gone: true },
    place: null,
    finding: null,
    remedy: 'Keep the lock file, or delete it together with the manifest that it is for.',
  };
}
