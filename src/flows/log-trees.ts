import { leafHash } from '../audit/merkle-hash.ts';
import { provesConsistency } from '../audit/merkle-proof.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { tileWidth } from '../audit/tile-path.ts';
import { TileTree } from '../audit/tile-tree.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from './ports/audit-log.ts';

/** The trees of logs, kept so that a proof reads no more than what is new and one tile. */
export interface LogTrees {
  /** The root at a size that the log has. */
  root(account: number, size: number): Promise<Uint8Array>;
  /** The proof that the tree of a checkpoint extends that of a size up to its own. @throws Failure AUDIT_TAMPERED where it does not. */
  consistency(account: number, from: number, to: Checkpoint): Promise<readonly Uint8Array[]>;
  /** What is kept of a log may be of another than what the store holds now. */
  forget(account: number): void;
}

/** Memory: 64 bytes for 256 entries. Nothing of a tree is believed that does not lead to a root that was signed. */
export function createLogTrees(audit: AuditReader): LogTrees {
  const trees = new Map<number, TileTree>();
  /** A tree that ends exactly there, and the one that is kept where that is it. */
  const treeAt = async (account: number, size: number): Promise<TileTree> => {
    const kept = trees.get(account);
    const tree = kept === undefined || kept.size > size ? new TileTree() : kept;
    await extend(audit, tree, { account, size });
    if (kept === undefined || tree === kept) trees.set(account, tree);
    return tree;
  };
  const leavesOf = (account: number) => async (tile: number) => await leaves(audit, account, { from: tile * tileWidth, to: (tile + 1) * tileWidth });
  return {
    root: async (account, size) => {
      const kept = trees.get(account);
      const tree = kept !== undefined && kept.size >= size ? kept : await treeAt(account, size);
      return await tree.root(size, leavesOf(account));
    },
    async consistency(account, from, to) {
      const tree = await treeAt(account, to.size);
      const path = from === 0 || from === to.size ? [] : await tree.consistencyProof(from, leavesOf(account));
      const isOurs = sameBytes(await tree.root(to.size, leavesOf(account)), to.root);
      if (isOurs && (from === 0 || provesConsistency({ first: { size: from, root: await tree.root(from, leavesOf(account)) }, second: to }, path))) return path;
      trees.delete(account);
      throw new Failure('AUDIT_TAMPERED', `Cannot prove that the log of account ${account} grew from size ${from} to ${to.size}: its entries are not what the checkpoint commits to. Verify it with plumbline audit verify.`);
    },
    forget: (account) => void trees.delete(account),
  };
}

async function extend(audit: AuditReader, tree: TileTree, { account, size }: { readonly account: number; readonly size: number }): Promise<void> {
  while (tree.size < size) for (const leaf of await leaves(audit, account, { from: tree.size, to: Math.min(size, tree.size + pageSize) })) tree.append(leaf);
}

async function leaves(audit: AuditReader, account: number, { from, to }: { readonly from: number; readonly to: number }): Promise<readonly Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  while (from + hashes.length < to) {
    const page = await audit.entries(account, from + hashes.length, to - from - hashes.length);
    if (page.length === 0) throw new Failure('AUDIT_TAMPERED', `Cannot read the log of account ${account}: it ends at entry ${from + hashes.length}, expected ${to} or more. Verify it with plumbline audit verify.`);
    for (const { leaf } of page) hashes.push(leafHash(leaf));
  }
  return hashes;
}

const pageSize = 1_000;
