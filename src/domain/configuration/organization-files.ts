import { compileGlob } from '../glob/glob.ts';
import type { JsonObject } from '../json-value.ts';
import { limits } from '../limits.ts';
import type { OrganizationFile, OrganizationFiles, UnreadableFiles } from '../snapshot.ts';
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

/** What of a tree the globs name, in the order of the tree, or why it is too much. A file that is read as two things is listed twice. */
export function organizationFilesIn(globs: readonly OrganizationGlob[], entries: readonly TreeEntry[]): Exclude<OrganizationFiles, { readonly kind: 'left' }> {
  const matchers = globs.map(({ kind, glob }) => ({ kind, glob: compileGlob(glob) }));
  const named = entries.flatMap((entry) => {
    const kinds = new Set(matchers.flatMap(({ kind, glob }) => (glob.matches(entry.path) ? [kind] : [])));
    return kinds.size === 0 ? [] : [{ entry, kinds }];
  });
  const objection = objectionToFiles(named.map(({ entry }) => entry));
  if (objection !== null) return objection;
  return { kind: 'files', files: named.flatMap(({ entry: { path, mode, blob, size }, kinds }) => [...kinds].map((kind): OrganizationFile => ({ kind, path, mode, blob, size }))) };
}

/** Why an organisation can not have these files for all of its repositories; null where it can. What can not be sized is sized where it is read. */
export function objectionToFiles(files: readonly Pick<TreeEntry, 'size'>[]): UnreadableFiles | null {
  if (files.length > limits.organizationFiles) return tooMuch(`${files.length} files`, limits.organizationFiles);
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return bytes > limits.organizationBytes ? tooMuch(`files of ${bytes} bytes together`, limits.organizationBytes) : null;
}

function tooMuch(found: string, most: number): UnreadableFiles {
  return { kind: 'unreadable', why: `the configuration of the organisation names ${found}, expected at most ${most}`, isLasting: true };
}

/** Those of one kind, or why nobody could list them; none where the configuration names none, or they are left to the App. */
export function organizationFilesOf(files: OrganizationFiles | null, kind: OrganizationKind): Exclude<OrganizationFiles, { readonly kind: 'left' }> {
  if (files?.kind === 'unreadable') return files;
  return { kind: 'files', files: files?.kind === 'files' ? files.files.filter((file) => file.kind === kind) : [] };
}
