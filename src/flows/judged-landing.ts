import type { Configuration } from '../domain/configuration/configuration.ts';
import type { Release } from '../domain/release.ts';
import { foldedPath } from '../domain/snapshot-files.ts';
import type { Sha } from '../domain/tree.ts';
import { lastOf } from './arrivals.ts';
import type { Arrival } from './arrivals.ts';
import { hasChangedInputs, isGovernedPath } from './changed-inputs.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { DecisionRecord, ObjectSource } from './ports.ts';
import { filesAt, isSameFile, treeDifferences } from './tree-differences.ts';
import type { TreeDifferences } from './tree-differences.ts';

export interface LandedLine {
  readonly objects: ObjectSource;
  readonly line: FirstParentLine;
  /** What governed the branch before the line, and what does at its tip. */
  readonly configurations: readonly (Configuration | null)[];
}

/** What came onto a branch up to one commit, by one pull request or by several that GitHub names for it. */
export interface Landing {
  readonly commit: Sha;
  readonly arrivals: readonly Arrival[];
}

/** A landing with what its decisions saw of it. */
export interface JudgedLanding extends Landing {
  /** Valid allows. */
  readonly decisions: readonly DecisionRecord[];
  /** Governed paths that are not as a decision saw them. */
  readonly unseen: readonly string[];
  /** Whether what a decision went by had changed on the branch before: nobody had judged it again yet. */
  readonly isOutrun: boolean;
  /** The decision that saw and allowed what was released; null where none did. */
  decisionOf(release: Pick<Release, 'path' | 'blob'>): string | null;
}

/** Arrivals with one last commit landed together: a merge of one pull request may merge those on which it stands. */
export function landingsOf(arrivals: readonly Arrival[]): readonly Landing[] {
  return [...Map.groupBy(arrivals, lastOf)].map(([commit, together]) => ({ commit, arrivals: together }));
}

/**
 * What landed need not be what was judged. A merge that was made by hand can hold anything, leave anything out, and GitHub still
 * names the pull request; one of two changes to the same file holds a text that neither of them had; and of two pull requests
 * that are merged at once the second one is judged without the first.
 */
export async function judgeLanding(landed: LandedLine, landing: Landing): Promise<JudgedLanding> {
  const decisions = landing.arrivals.flatMap(({ standing }) => (standing.kind === 'allowed' ? [standing.record] : []));
  if (decisions.length === 0) return { ...landing, decisions, unseen: [], isOutrun: false, decisionOf: () => null };
  const exact = decisions.find(({ decision }) => decision.head === landing.commit);
  if (exact !== undefined) return { ...landing, decisions, unseen: [], isOutrun: false, decisionOf: () => exact.id };
  const seen = await seenBy(landed, decisions);
  const unseen = await unseenPaths(landed, landing, seen.map(({ files }) => files));
  const isOutrun = await areOutrun(landed, landing, decisions);
  const decisionOf = ({ path, blob }: Pick<Release, 'path' | 'blob'>): string | null => seen.find(({ files }) => files.get(path)?.blob === blob)?.record.id ?? null;
  return { ...landing, decisions, unseen, isOutrun, decisionOf: isOutrun ? () => null : decisionOf };
}

interface Seen {
  readonly record: DecisionRecord;
  /** The governed files that its head changed, as they stand there. Nothing where they can not be read any more: what nobody can compare was not seen. */
  readonly files: TreeDifferences;
}

async function seenBy({ objects, configurations }: LandedLine, decisions: readonly DecisionRecord[]): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const record of decisions) {
    const changed = (await treeDifferences(objects, record.decision.mergeBase, record.decision.head)) ?? [];
    seen.push({ record, files: new Map([...changed].filter(([path]) => isGoverned(configurations, path))) });
  }
  return seen;
}

/** Both ways: what a decision saw must be there, and nothing else may have come. */
async function unseenPaths(landed: LandedLine, { commit, arrivals }: Landing, seen: readonly TreeDifferences[]): Promise<readonly string[]> {
  const brought = await broughtPaths(landed, new Set(arrivals.flatMap(({ commits }) => commits)));
  const paths = new Set([...seen.flatMap((files) => [...files.keys()]), ...brought]);
  const files = await filesAt(landed.objects, commit, paths);
  const isSeen = (path: string): boolean => seen.some((judged) => judged.has(path) && isSameFile(judged.get(path) ?? null, files?.get(path) ?? null));
  const unseen = [...paths].filter((path) => !isSeen(path));
  const twins = await twinsOf(landed, commit, unseen.filter((path) => files?.has(path) === true));
  return unseen.filter((path) => isGoverned(landed.configurations, path) || twins.has(path)).toSorted();
}

/** Paths that commits of the line left otherwise than they were before. Those that stand one after the other are compared as one. */
async function broughtPaths({ objects, line }: LandedLine, commits: ReadonlySet<Sha>): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const [place, { sha }] of line.commits.entries()) {
    const next = line.commits[place + 1]?.sha;
    if (!commits.has(sha) || (next !== undefined && commits.has(next))) continue;
    for (const path of (await treeDifferences(objects, beforeAll(line, commits, place), sha))?.keys() ?? []) paths.add(path);
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

/** Of ungoverned paths those that a governed one equals where case and composition do not count. */
async function twinsOf({ objects, configurations }: LandedLine, commit: Sha, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const candidates = paths.filter((path) => !isGoverned(configurations, path));
  if (candidates.length === 0) return new Set();
  const { entries } = await objects.tree(commit);
  const governed = new Set(entries.filter(({ path }) => isGoverned(configurations, path)).map(({ path }) => foldedPath(path)));
  return new Set(candidates.filter((path) => governed.has(foldedPath(path))));
}

/** Whether each decision would have had to be made again when the first of these commits came. */
async function areOutrun({ objects, line, configurations }: LandedLine, { arrivals }: Landing, decisions: readonly DecisionRecord[]): Promise<boolean> {
  const own = new Set(arrivals.flatMap(({ commits }) => commits));
  const place = line.commits.findIndex(({ sha }) => own.has(sha));
  const before = beforeAll(line, own, place);
  for (const { decision } of decisions) {
    const touched = before === null ? null : await treeDifferences(objects, decision.base, before);
    if (touched !== null && !configurations.some((configuration) => hasChangedInputs(decision, new Set(touched.keys()), configuration))) return false;
  }
  return true;
}

function isGoverned(configurations: readonly (Configuration | null)[], path: string): boolean {
  return configurations.some((configuration) => isGovernedPath(configuration, path));
}
