import type { Action } from '../../../domain/action/action.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import { askedNames } from './asked-names.ts';
import type { Beside } from './beside-files.ts';
import type { ChangedBeside } from './changed-beside.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { lockAction } from './lock-action.ts';
import { isOfScript, manifestsOf } from './lock-manifests.ts';
import { namedPackages } from './named-packages.ts';
import type { ChangedFile } from './package-change.ts';

/** Names that an action lists; it counts the others. */
const listed = 50;

/** Packages that a lock file names no more though a manifest beside it, or another entry of it, asks for them. What nobody asks for any more is removed. */
export function unlockedPackages(lock: ChangedFile, changed: ChangedBeside, beside: Beside): readonly Action[] {
  const named = namedPackages(lock.head);
  const gone = [...new Set(lock.before.dependencies.map(({ name }) => name))].filter((name) => !named.has(name));
  if (gone.length === 0) return [];
  const { folder, name } = dividedPath(lock.path);
  const manifests = isOfScript(name) ? [] : manifestsOf(name).map((manifest) => `${folder}${manifest}`);
  const asking = manifests.map((path) => askedAt(path, changed, beside));
  const asked = new Set([...(lock.head.asked ?? []), ...asking.flatMap((names) => names ?? [])]);
  const unlocked = asking.includes(null) ? gone : gone.filter((one) => asked.has(one));
  const what = unlocked.length === 1 ? 'one package' : `${unlocked.length} packages`;
  return unlocked.length === 0 ? [] : [lockAction(lock.path, `does not name ${what} any more that something still asks for`, lock.path, { packages: { count: unlocked.length, names: unlocked.toSorted().slice(0, listed), digest: digestOfValue(unlocked.toSorted()) } })];
}

/** Null for what can not be read: it may ask for anything. What is changed itself and can not be read is told by that. */
function askedAt(path: string, { paths, read }: ChangedBeside, beside: Beside): readonly string[] | null {
  const changed = (read.get(path.toLowerCase()) ?? []).flatMap(({ head, file }) => askedNames(head, file));
  if (paths.has(path)) return changed;
  const [facts, kind] = [beside(path), dependencyFileOf(path)];
  if (facts === null || kind === null || kind.format === 'unread') return changed;
  return facts.kind === 'facts' ? [...changed, ...askedNames(facts.facts, kind)] : null;
}
