import type { ChangedFile, FileChanges, PackageChange, SourceChange } from './package-change.ts';
import { isElsewhere, isNewMajor, isUnchecked, knownPackages, versionsOf } from './known-packages.ts';
import type { KnownPackage, KnownPackages } from './known-packages.ts';
import { indexChanges } from './index-changes.ts';
import type { Dependency } from '../../../domain/dependency/dependency.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';

/** What a manifest asks for newly. @param known What all changed manifests of its ecosystem asked for before. */
export function compareManifest({ path, file, before, head }: ChangedFile, known: KnownPackages): FileChanges {
  const here = knownPackages(before.dependencies);
  const changes: PackageChange[] = [];
  const sources: SourceChange[] = [...indexChanges(path, before, head)];
  for (const one of head.dependencies) {
    const own = here.get(one.name);
    const same = own?.versions.get(one.wanted);
    const stood = own ?? known.get(one.name);
    const told = { ecosystem: file.ecosystem, path, kind: one.kind, from: versionsOf(stood), to: one.wanted, source: one.source, isDirect: true };
    const extras = stood === undefined ? [] : (one.extras ?? []).filter((extra) => !stood.extras.has(extra));
    changes.push(...extras.map((extra) => ({ ...told, action: 'dependency.add' as const, name: `${one.name}[${extra}]` })));
    if (same?.sources.has(one.source) === true) {
      if (isElsewhere(same, one)) sources.push({ path, what: `content of ${one.name} ${one.wanted}` });
      continue;
    }
    const action = actionOf(stood, one, file.ecosystem);
    if (action !== null) changes.push({ ...told, action, name: one.name });
    else if (own !== undefined && isUnchecked(own, one)) sources.push({ path, what: `${one.name} ${one.wanted} without a digest` });
  }
  return { changes, sources };
}

/** What comes from an address, which it did not, is new whatever its name. */
function actionOf(stood: KnownPackage | undefined, { wanted, source }: Dependency, ecosystem: Ecosystem): PackageChange['action'] | null {
  if (stood?.versions.get(wanted)?.sources.has(source) === true) return null;
  if (stood === undefined || source !== null) return 'dependency.add';
  return isNewMajor(stood, wanted, ecosystem) ? 'dependency.bump_major' : null;
}
