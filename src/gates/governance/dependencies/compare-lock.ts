import { toldAddress } from '../../../domain/dependency/dependency.ts';
import type { Dependency } from '../../../domain/dependency/dependency.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { isElsewhere, isNewMajor, isUnchecked, knownPackages, versionsOf } from './known-packages.ts';
import type { KnownPackage, KnownPackages } from './known-packages.ts';
import { indexChanges } from './index-changes.ts';
import type { ChangedFile, FileChanges, PackageChange, SourceChange } from './package-change.ts';

/**
 * What a lock file brings in newly, and what it gets from elsewhere. @param others What all changed lock files of its ecosystem had before.
 * @param alike What those of its format had: where from, and of which content, which counts for one that is new itself.
 */
export function compareLock({ path, file, before, head, isNew }: ChangedFile, others: KnownPackages, alike: KnownPackages): FileChanges {
  const here = knownPackages(before.dependencies);
  const places = new Set(before.dependencies.map(({ source }) => source));
  const changes: PackageChange[] = [];
  const sources: SourceChange[] = [...indexChanges(path, before, head)];
  for (const one of head.dependencies) {
    const known = here.get(one.name) ?? (isNew ? alike.get(one.name) : undefined);
    const same = known?.versions.get(one.wanted);
    // A new version comes from where its package came from, with a digest where that had one, and a new package from where others did.
    const usual = known?.sources ?? places;
    const isNewSource = same === undefined ? (usual.size > 0 && !usual.has(one.source)) || (known !== undefined && isUnchecked(known, one)) : isElsewhere(same, one);
    if (isNewSource) sources.push({ path, what: `${one.name} ${one.wanted}${one.source === null ? '' : ` from ${toldAddress(one.source)}`}` });
    const stood = known ?? others.get(one.name);
    const action = same === undefined ? actionOf(stood, one, file.ecosystem) : null;
    if (action !== null) changes.push({ action, ecosystem: file.ecosystem, name: one.name, path, kind: one.kind, from: versionsOf(stood), to: one.wanted, source: null, isDirect: one.isDirect });
  }
  return { changes, sources };
}

/** A folder outside of the repository is no version of what stood. */
function actionOf(stood: KnownPackage | undefined, { wanted, place }: Dependency, ecosystem: Ecosystem): PackageChange['action'] | null {
  if (stood === undefined || place !== undefined) return 'dependency.add';
  return isNewMajor(stood, wanted, ecosystem) ? 'dependency.bump_major' : null;
}
