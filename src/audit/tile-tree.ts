import { nodeHash } from './merkle-hash.ts';
import { leftWidth, rangesOfConsistency, rangesOfInclusion } from './merkle-ranges.ts';
import type { LeafRange } from './merkle-ranges.ts';
import { MerkleTree } from './merkle-tree.ts';
import { tileWidth } from './tile-path.ts';

/** Hashes of the 256 leaves of a full tile, wherever they are kept. */
export type LeavesOfTile = (tile: number) => Promise<readonly Uint8Array[]> | readonly Uint8Array[];

/**
 * A Merkle tree that gives proofs without the hashes of its leaves, which are asked for by tile when a proof needs them:
 * at most one tile. Memory: 64 bytes for 256 leaves. A proof is not believed before it was verified.
 */
export class TileTree {
  readonly #tiles = new MerkleTree();
  #open: Uint8Array[] = [];

  get size(): number {
    return this.#tiles.size * tileWidth + this.#open.length;
  }

  append(leaf: Uint8Array): void {
    this.#open.push(leaf);
    if (this.#open.length < tileWidth) return;
    this.#tiles.append(rootIn(this.#open, { from: 0, to: tileWidth }));
    this.#open = [];
  }

  /** Takes a full tile by the root over its leaves, where the tree ends with one. */
  appendTile(root: Uint8Array): void {
    if (this.#open.length > 0) throw new RangeError(`Cannot append a tile at ${this.size}: expected a multiple of ${tileWidth}`);
    this.#tiles.append(root);
  }

  async inclusionProof(index: number, leavesOf: LeavesOfTile): Promise<readonly Uint8Array[]> {
    return await this.#roots(rangesOfInclusion(index, this.size), leavesOf);
  }

  /** Of the tree as it stands with the one of an earlier size, at least 1. */
  async consistencyProof(first: number, leavesOf: LeavesOfTile): Promise<readonly Uint8Array[]> {
    return await this.#roots(rangesOfConsistency(first, this.size), leavesOf);
  }

  /** Of the tree of an earlier size, at least 1. */
  async root(size: number, leavesOf: LeavesOfTile): Promise<Uint8Array> {
    return await this.#rootOver({ from: 0, to: size }, leavesOf);
  }

  async #roots(ranges: readonly LeafRange[], leavesOf: LeavesOfTile): Promise<readonly Uint8Array[]> {
    const roots: Uint8Array[] = [];
    for (const range of ranges) roots.push(await this.#rootOver(range, leavesOf));
    return roots;
  }

  /** What a proof names either stands within one tile or begins with one. */
  async #rootOver({ from, to }: LeafRange, leavesOf: LeavesOfTile): Promise<Uint8Array> {
    const tile = Math.floor(from / tileWidth);
    if (from % tileWidth === 0 && to % tileWidth === 0) return this.#tiles.rootOver({ from: tile, to: to / tileWidth });
    if (to <= (tile + 1) * tileWidth) {
      const leaves = tile === this.#tiles.size ? this.#open : await leavesOf(tile);
      return rootIn(leaves, { from: from - tile * tileWidth, to: to - tile * tileWidth });
    }
    const middle = from + leftWidth(to - from);
    return nodeHash(await this.#rootOver({ from, to: middle }, leavesOf), await this.#rootOver({ from: middle, to }, leavesOf));
  }
}

function rootIn(leaves: readonly Uint8Array[], { from, to }: LeafRange): Uint8Array {
  const leaf = leaves[from];
  if (leaf === undefined) throw new RangeError(`Cannot look into the tree at ${from}: found ${leaves.length} leaves there`);
  if (to - from === 1) return leaf;
  const middle = from + leftWidth(to - from);
  return nodeHash(rootIn(leaves, { from, to: middle }), rootIn(leaves, { from: middle, to }));
}
