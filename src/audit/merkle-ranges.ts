/** The leaves from `from` up to `to`, without it: a proof names the root over them. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Whose roots prove that a leaf stands in the tree of a size, from the leaf up (PATH of RFC 9162, 2.1.3.1). */
export function rangesOfInclusion(index: number, size: number): readonly LeafRange[] {
  return pathOf(index, 0, size);
}

/** Whose roots prove that the tree of the first size is a prefix of the tree of the second (PROOF of RFC 9162, 2.1.4.1). The first is at least 1. */
export function rangesOfConsistency(first: number, second: number): readonly LeafRange[] {
  return subproofOf(first, { from: 0, to: second }, true);
}

/** The largest power of two below a width of at least 2. */
export function leftWidth(width: number): number {
  let power = 1;
  while (power * 2 < width) power *= 2;
  return power;
}

function pathOf(index: number, from: number, to: number): LeafRange[] {
  if (to - from === 1) return [];
  const middle = from + leftWidth(to - from);
  return index < middle ? [...pathOf(index, from, middle), { from: middle, to }] : [...pathOf(index, middle, to), { from, to: middle }];
}

/** `known`: the verifier has the root of this subtree. */
function subproofOf(first: number, range: LeafRange, known: boolean): LeafRange[] {
  const { from, to } = range;
  if (first === to) return known ? [] : [range];
  const middle = from + leftWidth(to - from);
  return first <= middle
    ? [...subproofOf(first, { from, to: middle }, known), { from: middle, to }]
    : [...subproofOf(first, { from: middle, to }, false), { from, to: middle }];
}
