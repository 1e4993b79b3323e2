import { emptyRoot, nodeHash } from './merkle-hash.ts';
import { leftWidth, rangesOfConsistency, rangesOfInclusion } from './merkle-ranges.ts';
import type { LeafRange } from './merkle-ranges.ts';

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
    return size === 0 ? emptyRoot : this.rootOver({ from: 0, to: size });
  }

  /** Proves that a leaf stands in the tree of a size. */
  inclusionProof(index: number, size: number = this.size): readonly Uint8Array[] {
    this.#refuseBeyond(size, this.size);
    this.#refuseBeyond(index, size - 1);
    return rangesOfInclusion(index, size).map((range) => this.rootOver(range));
  }

  /** Proves that the tree of the first size is a prefix of the tree of the second. Both are at least 1. */
  consistencyProof(first: number, second: number = this.size): readonly Uint8Array[] {
    this.#refuseBeyond(second, this.size);
    this.#refuseBeyond(first, second);
    if (first === 0) throw new RangeError('Cannot prove consistency with an empty tree: found size 0, expected at least 1');
    return rangesOfConsistency(first, second).map((range) => this.rootOver(range));
  }

  /** The root over some leaves that are there, at least one, as a proof names them. */
  rootOver({ from, to }: LeafRange): Uint8Array {
    const width = to - from;
    const height = Math.log2(width);
    const kept = Number.isInteger(height) ? this.#levels[height]?.[from / width] : undefined;
    if (kept !== undefined) return kept;
    if (width < 2) throw new RangeError(`Cannot look into the tree at ${from}: expected 0 to ${this.size - 1}`);
    const middle = from + leftWidth(width);
    return nodeHash(this.rootOver({ from, to: middle }), this.rootOver({ from: middle, to }));
  }

  #refuseBeyond(position: number, last: number): void {
    if (Number.isSafeInteger(position) && position >= 0 && position <= last) return;
    throw new RangeError(`Cannot look into the tree at ${position}: expected 0 to ${last}`);
  }
}
