import { compileGlob } from '../glob/glob.ts';
import type { JsonObject } from '../json-value.ts';
import type { OrganizationFile, OrganizationFiles } from '../snapshot.ts';
import type { TreeEntry } from '../tree.ts';
import { bundlesOf } from './bundles-of.ts';
import { ownGlobsOf } from './own-paths.ts';

/** What the organisation's repository holds for all others, beside its configuration. */
export type OrganizationKind = 'policy' | 'bundle' | 'keys' | 'waivers';

export interface OrganizationGlob {
  readonly kind: OrganizationKind;
  readonly glob: string;
}

/** Every path that an organisation's configuration reads in its own repository for all others. Its keys are those that sign its bundles. */
export function organizationGlobsOf(document: JsonObject): readonly OrganizationGlob[] {
  const kinds: readonly OrganizationKind[] = bundlesOf(document).length === 0 ? ['policy', 'waivers'] : ['policy', 'bundle', 'keys', 'waivers'];
  return ownGlobsOf(document).flatMap(({ kind: own, glob }) => kinds.flatMap((kind) => (kind === own ? [{ kind, glob }] : [])));
}

/** Whether a configuration names anything for all repositories, be it elsewhere. */
export function namesOrganizationFiles(document: JsonObject): boolean {
  return organizationGlobsOf(document).length > 0 || bundlesOf(document).length > 0;
}

/** What of a tree the globs name, in the order of the tree. A file that is read as two things is listed twice. */
export function organizationFilesIn(globs: readonly OrganizationGlob[], entries: readonly TreeEntry[]): readonly OrganizationFile[] {
  const matchers = globs.map(({ kind, glob }) => ({ kind, glob: compileGlob(glob) }));
  return entries.flatMap(({ path, mode, blob, size }) => {
    const found = new Set(matchers.flatMap(({ kind, glob }) => (glob.matches(path) ? [kind] : [])));
    return [...found].map((kind) => ({ kind, path, mode, blob, size }));
  });
}

/** Those of one kind, or why nobody could list them; none where the configuration names none, or they are left to the App. */
export function organizationFilesOf(files: OrganizationFiles | null, kind: OrganizationKind): Exclude<OrganizationFiles, { readonly kind: 'left' }> {
  if (files?.kind === 'unreadable') return files;
  return { kind: 'files', files: files?.kind === 'files' ? files.files.filter((file) => file.kind === kind) : [] };
}
