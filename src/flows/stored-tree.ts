import type { Checkpoint } from '../audit/checkpoint.ts';
import { provesInclusion } from '../audit/merkle-proof.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { tileWidth } from '../audit/tile-path.ts';
import { TileTree } from '../audit/tile-tree.ts';
import type { LeavesOfTile } from '../audit/tile-tree.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditIndex } from './ports/audit-index.ts';

/** A log up to a checkpoint, which gives proofs against it. */
export interface StoredTree {
  /** From the leaf's sibling up. Ask in ascending order: the hashes of one tile are held. @throws Failure AUDIT_TAMPERED where the leaf does not stand there. */
  inclusionProof(index: number, leafHash: Uint8Array): Promise<readonly Uint8Array[]>;
}

/**
 * The tree of a checkpoint out of kept hashes, without a leaf: 32 bytes for 256 entries, and those of what fills no tile. Where the roots of
 * tiles do not lead to the checkpoint the hashes of all leaves are read instead: what is kept to be fast must not keep anyone from a proof.
 * @throws Failure AUDIT_TAMPERED when these do not either.
 */
export async function readStoredTree(index: AuditIndex, account: number, checkpoint: Checkpoint): Promise<StoredTree> {
  const leavesOf = leavesFrom(index, account);
  const tree = (await treeOf(index, account, checkpoint, { usesTiles: true })) ?? (await treeOf(index, account, checkpoint, { usesTiles: false }));
  if (tree === null) throw isNotTheLog(account, checkpoint);
  return {
    async inclusionProof(place, leafHash) {
      const path = await tree.inclusionProof(place, leavesOf);
      if (provesInclusion({ index: place, size: checkpoint.size, leafHash, root: checkpoint.root }, path)) return path;
      throw isNotTheLog(account, checkpoint);
    },
  };
}

/** Null: it does not lead to the checkpoint. */
async function treeOf(index: AuditIndex, account: number, { size, root }: Checkpoint, { usesTiles }: { readonly usesTiles: boolean }): Promise<TileTree | null> {
  const tree = new TileTree();
  const full = usesTiles ? Math.floor(size / tileWidth) : 0;
  while (tree.size / tileWidth < full) {
    const roots = await index.tileRoots(account, tree.size / tileWidth, Math.min(pageSize, full - tree.size / tileWidth));
    if (roots.length === 0) break;
    for (const one of roots) tree.appendTile(one);
  }
  while (tree.size < size) {
    const leaves = await index.leafHashes(account, tree.size, Math.min(pageSize, size - tree.size));
    if (leaves.length === 0) return null;
    for (const leaf of leaves) tree.append(leaf);
  }
  return sameBytes(await tree.root(size, leavesFrom(index, account)), root) ? tree : null;
}

/** Holds the last one. */
function leavesFrom(index: AuditIndex, account: number): LeavesOfTile {
  let held: { readonly tile: number; readonly leaves: readonly Uint8Array[] } | null = null;
  return async (tile) => {
    if (held?.tile !== tile) held = { tile, leaves: await index.leafHashes(account, tile * tileWidth, tileWidth) };
    return held.leaves;
  };
}

function isNotTheLog(account: number, { size }: Checkpoint): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot prove anything of the log of account ${account}: its entries are not what the checkpoint at size ${size} commits to. Verify the store with plumbline audit verify.`);
}

const pageSize = 10_000;
