import { emptyRoot, nodeHash } from './merkle-hash.ts';

/**
 * A Merkle tree in memory that gives proofs (RFC 9162, 2.1). Keeps the roots of all perfect subtrees, so that a proof
 * costs O(log² n) hashes, not a pass over the leaves.
 */
export class MerkleTree {
  /** `#levels[k][i]` is the root over leaves i·2^k … (i+1)·2^k - 1. */
  readonly #levels: Uint8Array[][] = [[]];

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  append(leaf: Uint8Array): void {
    let node = leaf;
    for (let height = 0; ; height += 1) {
      const level = (this.#levels[height] ??= []);
      level.push(node);
      const left = level.at(-2);
      if (level.length % 2 === 1 || left === undefined) return;
      node = nodeHash(left, node);
    }
  }

  /** The root that the tree had at a size. */
  root(size: number = this.size): Uint8Array {
    this.#refuseBeyond(size, this.size);
    return size === 0 ? emptyRoot : this.#rootOf(0, size);
  }

  /** Proves that a leaf stands in the tree of a size. */
  inclusionProof(index: number, size: number = this.size): readonly Uint8Array[] {
    this.#refuseBeyond(size, this.size);
    this.#refuseBeyond(index, size - 1);
    return this.#path(index, 0, size);
  }

  /** Proves that the tree of the first size is a prefix of the tree of the second. Both are at least 1. */
  consistencyProof(first: number, second: number = this.size): readonly Uint8Array[] {
    this.#refuseBeyond(second, this.size);
    this.#refuseBeyond(first, second);
    if (first === 0) throw new RangeError('Cannot prove consistency with an empty tree: found size 0, expected at least 1');
    return this.#subproof(first, 0, second, true);
  }

  #path(index: number, from: number, to: number): Uint8Array[] {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...this.#path(index, from, middle), this.#rootOf(middle, to)]
      : [...this.#path(index, middle, to), this.#rootOf(from, middle)];
  }

  /** SUBPROOF of RFC 9162, 2.1.4.1; `known`: the verifier has the root of this subtree. */
  #subproof(first: number, from: number, to: number, known: boolean): Uint8Array[] {
    if (first === to) return known ? [] : [this.#rootOf(from, to)];
    const middle = from + split(to - from);
    return first <= middle
      ? [...this.#subproof(first, from, middle, known), this.#rootOf(middle, to)]
      : [...this.#subproof(first, middle, to, false), this.#rootOf(from, middle)];
  }

  #rootOf(from: number, to: number): Uint8Array {
    const width = to - from;
    const height = Math.log2(width);
    const kept = Number.isInteger(height) ? this.#levels[height]?.[from / width] : undefined;
    if (kept !== undefined) return kept;
    const middle = from + split(width);
    return nodeHash(this.#rootOf(from, middle), this.#rootOf(middle, to));
  }

  #refuseBeyond(position: number, last: number): void {
    if (Number.isSafeInteger(position) && position >= 0 && position <= last) return;
    throw new RangeError(`Cannot look into the tree at ${position}: expected 0 to ${last}`);
  }
}

/** The largest power of two below a width of at least 2. */
function split(width: number): number {
  let power = 1;
  while (power * 2 < width) power *= 2;
  return power;
}
