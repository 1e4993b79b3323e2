import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { readPurl } from '../../../domain/dependency/purl.ts';
import type { NamedPackage } from '../../../domain/dependency/purl.ts';
import type { GroundedChange } from '../grounded-change.ts';
import type { AddedPackage, AddedPackages } from './added-packages.ts';

/** `path` and `text` are null where a document of the agent names it, and no file. */
export type NamedByChange = Omit<AddedPackage, 'path' | 'text'> & { readonly path: string | null; readonly text: string | null };

/**
 * Packages that documents name, each version once, but for names that the change adds anyway. Of what the change takes from the repository itself, or from an
 * address, no registry can tell.
 */
export function documentPackages(change: Pick<GroundedChange, 'documents'>, { packages, places }: Pick<AddedPackages, 'packages' | 'places'>): readonly NamedByChange[] {
  const elsewhere = new Set([...packages.filter((one) => one.elsewhere !== null), ...places].map(({ ecosystem, name }) => `${ecosystem}:${name}`));
  const seen = new Set(packages.map(({ ecosystem, name }) => `${ecosystem}:${name}`));
  return declaredPackages(change).flatMap(({ type, name, version }): readonly NamedByChange[] => {
    const key = `${type}:${name}${version === null ? '' : ` ${version}`}`;
    if (!isAsked(type) || elsewhere.has(`${type}:${name}`) || seen.has(key)) return [];
    seen.add(key);
    return [{ ecosystem: type, name, version: version === null ? null : type === 'pypi' ? `==${version}` : version, path: null, text: null, isNew: false, isAdded: false, isDirect: false, indexes: [], elsewhere: null, isMember: false }];
  });
}

/** What documents say that the change depends on. What is no package URL is left out. */
export function declaredPackages({ documents }: Pick<GroundedChange, 'documents'>): readonly NamedPackage[] {
  return documents.flatMap(({ references }) => references.dependencies).flatMap((text) => readPurl(text) ?? []);
}

export function documentEcosystems(change: Pick<GroundedChange, 'documents'>): readonly Ecosystem[] {
  return [...new Set(declaredPackages(change).map(({ type }) => type).filter(isAsked))];
}

function isAsked(type: string): type is Ecosystem {
  return type === 'npm' || type === 'pypi';
}
