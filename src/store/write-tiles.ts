import { MerkleTree } from '../audit/merkle-tree.ts';
import { tileWidth } from '../audit/tile-path.ts';
import type { Session } from './session.ts';

/** Keeps the roots of those tiles that a log has filled between two sizes. What is not whole is left out: whoever reads takes the hashes of leaves instead. */
export async function writeTiles(session: Session, account: number, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  for (let tile = Math.floor(from / tileWidth); (tile + 1) * tileWidth <= to; tile += 1) {
    const { database } = session;
    const leaves = await session.rows(database.selectFrom('audit_leaves').select('leaf_hash').where('account_id', '=', account).where('sequence', '>=', tile * tileWidth).where('sequence', '<', (tile + 1) * tileWidth).orderBy('sequence'));
    if (leaves.length !== tileWidth) continue;
    const tree = new MerkleTree();
    for (const { leaf_hash } of leaves) tree.append(leaf_hash);
    await session.run(database.insertInto('audit_tiles').values({ account_id: account, tile, root: tree.root() }).onConflict((conflict) => conflict.doNothing()));
  }
}
