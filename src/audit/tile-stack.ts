import { emptyRoot, nodeHash } from './merkle-hash.ts';
import { tileWidth } from './tile-path.ts';

export interface HashTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

/** Cuts a log into the tiles of its hashes, one leaf after the other (C2SP tlog-tiles). Grows with the logarithm of the size. */
export class TileStack {
  /** What is open on each level. */
  readonly #open: Uint8Array[][] = [[]];
  readonly #full: number[] = [0];

  /** Takes the hash of the next leaf and answers the tiles that are full with it, the lowest first. */
  append(leaf: Uint8Array): readonly HashTile[] {
    const full: HashTile[] = [];
    let node = leaf;
    for (let level = 0; ; level += 1) {
      const open = (this.#open[level] ??= []);
      open.push(node);
      if (open.length < tileWidth) return full;
      const index = this.#full[level] ?? 0;
      full.push({ level, index, hashes: open });
      this.#open[level] = [];
      this.#full[level] = index + 1;
      node = rootOf(open);
    }
  }

  /** The tiles that are not full where the log ends, the lowest first. */
  rest(): readonly HashTile[] {
    return this.#open.flatMap((hashes, level) => (hashes.length === 0 ? [] : [{ level, index: this.#full[level] ?? 0, hashes }]));
  }

  root(): Uint8Array {
    return this.#open.reduce<Uint8Array | null>((below, hashes) => (below === null && hashes.length === 0 ? null : rootOf(below === null ? hashes : [...hashes, below])), null) ?? emptyRoot;
  }
}

/** All but the last hash stand for subtrees of one height; the last may be lower, as the right edge of a tree is. */
function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) level = joined(level);
  return level[0] ?? emptyRoot;
}

function joined(level: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = level.slice(at, at + 2);
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}
