import type { Snapshot } from '../audit/snapshot.ts';
import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { inChunks } from './in-chunks.ts';
import type { Session } from './session.ts';

/** Snapshots of an account's log, under the digests of what they hold. */
export function snapshotTable(session: Session): Pick<StoreTransaction, 'keepSnapshots'> {
  return {
    async keepSnapshots(account, snapshots) {
      // Each may have a mebibyte, and a statement is put together in memory.
      for (const chunk of inChunks(snapshots, 50)) {
        const rows = chunk.map(({ digest, gzip }) => ({ account_id: account, digest, gzip }));
        await session.run(session.database.insertInto('audit_snapshots').values(rows).onConflict((conflict) => conflict.doNothing()));
      }
    },
  };
}

export async function readSnapshots(session: Session, account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]> {
  if (digests.length === 0) return [];
  const rows = await session.rows(session.database.selectFrom('audit_snapshots').select(['digest', 'gzip']).where('account_id', '=', account).where('digest', 'in', digests));
  return rows.map(({ digest, gzip }) => {
    if (!isDigest(digest)) throw new Failure('STORE_INCONSISTENT', `Cannot read the snapshots of account ${account}: one of them names no digest.`);
    return { digest, gzip };
  });
}
