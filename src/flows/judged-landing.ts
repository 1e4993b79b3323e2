import type { Configuration } from '../domain/configuration/configuration.ts';
import { foldedPath } from '../domain/snapshot-files.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { lastOf } from './landed-changes.ts';
import type { LandedChange } from './landed-changes.ts';
import { hasChangedInputs, isGovernedPath } from './changed-inputs.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import { namedBetween } from './named-by-behaviors.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { filesAt, isSameFile, treeDifferences } from './tree-differences.ts';
import type { TreeDifferences } from './tree-differences.ts';

export interface LandedLine {
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
  readonly line: FirstParentLine;
  /** What governed the branch before the line, and what does at its tip. */
  readonly configurations: readonly (Configuration | null)[];
}

/** What came onto a branch up to one commit, by one pull request or by several that GitHub names for it. */
export interface Landing {
  readonly commit: Sha;
  readonly changes: readonly LandedChange[];
}

/** A landing with the decision that allowed all of it, or why none did. */
export type JudgedLanding = Landing & (
  | {
      readonly kind: 'allowed';
      readonly record: DecisionRecord;
      /** Whether something stricter stands about the same head: the check on it did not say so alone. */
      readonly isContested: boolean;
    }
  | { readonly kind: 'unjudged' }
  | {
      readonly kind: 'unseen';
      readonly record: DecisionRecord;
      readonly why: Unseen;
    }
);

/** Governed paths that are not as a decision saw them; what it went by had changed on the branch before; or nobody can compare any more. */
export type Unseen = { readonly kind: 'differs'; readonly paths: readonly string[] } | { readonly kind: 'outrun' } | { readonly kind: 'unreadable' };

/** Changes with one last commit landed together: a merge of one pull request may merge those on which it stands. */
export function landingsOf(changes: readonly LandedChange[]): readonly Landing[] {
  return [...Map.groupBy(changes, lastOf)].map(([commit, together]) => ({ commit, changes: together }));
}

/**
 * What landed need not be what was judged. A merge that was made by hand can hold anything, leave anything out, and GitHub still
 * names the pull request; one of two changes to the same file holds a text that neither of them had; and of two pull requests
 * that are merged at once the second one is judged without the first. So one decision must have seen all of it.
 */
export async function judgeLanding(landed: LandedLine, landing: Landing): Promise<JudgedLanding> {
  const refused = new Set(landing.changes.flatMap(({ standing }) => (standing.kind === 'refused' ? standing.records.map(({ decision }) => decision.head) : [])));
  let unseen: JudgedLanding = { ...landing, kind: 'unjudged' };
  for (const { standing } of landing.changes) {
    if (standing.kind !== 'allowed') continue;
    const { record } = standing;
    const allowed: JudgedLanding = { ...landing, kind: 'allowed', record, isContested: refused.has(record.decision.head) };
    if (record.decision.head === landing.commit) return allowed;
    const why = await unseenBy(landed, landing, record);
    if (why === null) return allowed;
    if (unseen.kind === 'unjudged') unseen = { ...landing, kind: 'unseen', record, why };
  }
  return unseen;
}

/** Null where a decision saw all of it, as the branch was. */
async function unseenBy(landed: LandedLine, landing: Landing, record: DecisionRecord): Promise<Unseen | null> {
  const { decision } = record;
  const judged = await treeDifferences(landed.objects, decision.mergeBase, decision.head);
  const brought = await broughtPaths(landed, new Set(landing.changes.flatMap(({ commits }) => commits)));
  const paths = new Set([...(judged?.keys() ?? []), ...(brought ?? [])]);
  const files = await filesAt(landed.objects, landing.commit, paths);
  if (judged === null || brought === null || files === null) return { kind: 'unreadable' };
  const unseen = await unseenPaths(landed, landing, { judged, paths, files });
  if (unseen.length > 0) return { kind: 'differs', paths: unseen };
  return (await isOutrun(landed, landing, record)) ? { kind: 'outrun' } : null;
}

interface Compared {
  readonly judged: TreeDifferences;
  /** What was judged or brought. */
  readonly paths: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, TreeEntry>;
}

/** Both ways: what a decision saw must be there, and nothing else may have come. */
async function unseenPaths(landed: LandedLine, { commit }: Landing, { judged, paths, files }: Compared): Promise<readonly string[]> {
  const { configurations } = landed;
  const unseen = [...paths].filter((path) => !judged.has(path) || !isSameFile(judged.get(path) ?? null, files.get(path) ?? null));
  const twins = await twinsOf(landed, commit, unseen.filter((path) => files.has(path)));
  return unseen.filter((path) => isGoverned(configurations, path) || twins.has(path)).toSorted();
}

/** Paths that commits of the line left otherwise than they were before; null where that can not be read. Those that stand one after the other are compared as one. */
async function broughtPaths({ objects, line }: LandedLine, commits: ReadonlySet<Sha>): Promise<ReadonlySet<string> | null> {
  const paths = new Set<string>();
  for (const [place, { sha }] of line.commits.entries()) {
    const next = line.commits[place + 1]?.sha;
    if (!commits.has(sha) || (next !== undefined && commits.has(next))) continue;
    const differences = await treeDifferences(objects, beforeAll(line, commits, place), sha);
    if (differences === null) return null;
    for (const path of differences.keys()) paths.add(path);
  }
  return paths;
}

/** The commit before the run of these commits that ends at a place of the line; null: none. */
function beforeAll({ commits, resumed }: FirstParentLine, own: ReadonlySet<Sha>, place: number): Sha | null {
  for (let before = place - 1; before >= 0; before -= 1) {
    const sha = commits[before]?.sha ?? '';
    if (!own.has(sha)) return sha;
  }
  return resumed;
}

/** The commit before those that landed together; null: none that is known. */
export function beforeLanding({ line }: Pick<LandedLine, 'line'>, { commit, changes }: Landing): Sha | null {
  const own = new Set(changes.flatMap(({ commits }) => commits));
  return beforeAll(line, own, line.commits.findIndex(({ sha }) => sha === commit));
}

/** Of ungoverned paths those that a governed one equals where case and composition do not count. */
async function twinsOf({ objects, configurations }: LandedLine, commit: Sha, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const candidates = paths.filter((path) => !isGoverned(configurations, path));
  if (candidates.length === 0) return new Set();
  const { entries } = await objects.tree(commit);
  const governed = new Set(entries.filter(({ path }) => isGoverned(configurations, path)).map(({ path }) => foldedPath(path)));
  return new Set(candidates.filter((path) => governed.has(foldedPath(path))));
}

/** Whether a decision would have had to be made again when the last of these commits came. */
async function isOutrun({ objects, line, configurations }: LandedLine, landing: Landing, { decision }: DecisionRecord): Promise<boolean> {
  const before = beforeLanding({ line }, landing);
  const touched = before === null ? null : await treeDifferences(objects, decision.base, before);
  if (before === null || touched === null) return true;
  for (const configuration of configurations) {
    const named = await namedBetween(objects, [decision.base, before], configuration);
    if (hasChangedInputs(decision, new Set(touched.keys()), configuration, named)) return true;
  }
  return false;
}

function isGoverned(configurations: readonly (Configuration | null)[], path: string): boolean {
  return configurations.some((configuration) => isGovernedPath(configuration, path));
}
