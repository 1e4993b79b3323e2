import type { Sha } from '../domain/tree.ts';

/** Commits with all their parents, as far as they were told. */
export type Parents = ReadonlyMap<Sha, readonly Sha[]>;

/**
 * The merge base of two commits where the parents that are known prove that it is the only one; null where they do not, and it
 * has to be asked for. Proof: both stand on it, and whatever way leads down from either ends below it before it meets the other's.
 */
export function provenMergeBase(base: Sha, head: Sha, parents: Parents): Sha | null {
  const fromBase = reached(base, parents, new Set());
  const met = [...reached(head, parents, fromBase)].filter((commit) => fromBase.has(commit));
  return met.find((commit) => commit === base || commit === head || isProven(commit, [base, head], parents)) ?? null;
}

function isProven(candidate: Sha, sides: readonly Sha[], parents: Parents): boolean {
  const below = reached(candidate, parents, new Set());
  const [ofBase, ofHead] = sides.map((side) => [...reached(side, parents, below)].filter((commit) => !below.has(commit)));
  if (ofBase === undefined || ofHead === undefined) return false;
  const beside = new Set(ofBase);
  return [...ofBase, ...ofHead].every((commit) => parents.has(commit)) && !ofHead.some((commit) => beside.has(commit));
}

/** Every commit to which a known way leads, and where it ends; one of `ends` is reached and not left. */
function reached(from: Sha, parents: Parents, ends: ReadonlySet<Sha>): ReadonlySet<Sha> {
  const found = new Set([from]);
  for (const commit of found) if (!ends.has(commit)) for (const parent of parents.get(commit) ?? []) found.add(parent);
  return found;
}
