import { compared } from '../../../domain/behavior/compared.ts';
import { compareFiles } from '../../../domain/behavior/compare-files.ts';
import { sideAfterMerge } from '../../../domain/side-after-merge.ts';
import { sidesOf } from '../../../domain/snapshot-files.ts';
import type { FileSide, Sha, Tree } from '../../../domain/tree.ts';
import type { Clock } from '../../../flows/ports/clock.ts';
import type { ObjectSource } from '../../../flows/ports/object-source.ts';
import { noSignal } from '../no-signal.ts';
import type { SourceAdapter } from '../behavior-reader.ts';

/** The files of the organisation's repository at the tip of its default branch, or why they can not be looked at. */
export type OrganizationTree = { readonly kind: 'tree'; readonly tree: Tree } | { readonly kind: 'none'; readonly why: string };

export interface RepositoryFilesPorts {
  readonly objects: Pick<ObjectSource, 'mergeBase' | 'tree'>;
  /** Asked only where a template stands there. */
  readonly organization: () => Promise<OrganizationTree>;
  readonly clock: Clock;
}

const ofOrganization = 'org:';

/** Managed files as they would stand after a merge of the head, or as they stand at the base, against their templates: those at the base. */
export function repositoryFilesAdapter({ objects, organization, clock }: RepositoryFilesPorts): SourceAdapter<'repository-files'> {
  return async (source, { base, head }) => {
    const isShared = source.files.some(({ template }) => template.startsWith(ofOrganization));
    const shared = isShared ? await organization() : null;
    if (shared?.kind === 'none') return noSignal(`the templates of the organisation can not be read: ${shared.why}`);
    const own = await objects.tree(base);
    const result = await resultOf(objects, own, head);
    const partial = [...result.trees, ...(shared === null ? [] : [shared.tree])].find(({ complete }) => !complete);
    if (partial !== undefined) return noSignal(`the tree of ${partial.commit.slice(0, 12)} could not be read whole`);
    const [ownFiles, sharedFiles] = [sidesOf(own), shared === null ? noFiles : sidesOf(shared.tree)];
    const templateOf = (template: string): FileSide | null => (template.startsWith(ofOrganization) ? sharedFiles.get(template.slice(ofOrganization.length)) : ownFiles.get(template)) ?? null;
    const comparison = compareFiles(source.files, templateOf, result.at);
    return comparison.kind === 'incomparable' ? noSignal(comparison.why) : compared(comparison.differences, clock.now());
  };
}

const noFiles: ReadonlyMap<string, FileSide> = new Map();

interface Result {
  /** All that it is made from. */
  readonly trees: readonly Tree[];
  readonly at: (path: string) => FileSide | null;
}

async function resultOf(objects: RepositoryFilesPorts['objects'], base: Tree, headCommit: Sha | null): Promise<Result> {
  if (headCommit === null) return { trees: [base], at: sideAfterMerge({ mergeBase: base, base, head: base }) };
  const [mergeBase, head] = await Promise.all([objects.mergeBase(base.commit, headCommit).then(async (commit) => await objects.tree(commit)), objects.tree(headCommit)]);
  return { trees: [mergeBase, base, head], at: sideAfterMerge({ mergeBase, base, head }) };
}
