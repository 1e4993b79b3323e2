import type { Snapshot } from '../audit/snapshot.ts';
import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { inChunks } from './in-chunks.ts';
import type { Session } from './session.ts';

/** Snapshots of an account's log, under the digests of what they hold. What was judged stands in a table of its own: it can be erased. */
export function snapshotTable(session: Session): Pick<StoreTransaction, 'keepSnapshots' | 'keepInputs' | 'lackedInputs'> {
  return {
    keepSnapshots: (account, snapshots) => keepIn(session, 'audit_snapshots', account, snapshots),
    keepInputs: (account, snapshots) => keepIn(session, 'audit_inputs', account, snapshots),
    async lackedInputs(account, digests) {
      const known = new Set<string>();
      for (const chunk of inChunks(digests, 10_000)) {
        const rows = await session.rows(session.database.selectFrom('audit_inputs').select('digest').where('account_id', '=', account).where('digest', 'in', chunk));
        for (const { digest } of rows) known.add(digest);
      }
      return digests.filter((digest) => !known.has(digest));
    },
  };
}

type SnapshotTable = 'audit_snapshots' | 'audit_inputs';

async function keepIn(session: Session, table: SnapshotTable, account: number, snapshots: readonly Snapshot[]): Promise<void> {
  // Each may have a mebibyte, and a statement is put together in memory.
  for (const chunk of inChunks(snapshots, 50)) {
    const rows = chunk.map(({ digest, gzip }) => ({ account_id: account, digest, gzip }));
    await session.run(session.database.insertInto(table).values(rows).onConflict((conflict) => conflict.doNothing()));
  }
}

export async function readSnapshots(session: Session, account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]> {
  if (digests.length === 0) return [];
  const of = (table: SnapshotTable) => session.database.selectFrom(table).select(['digest', 'gzip']).where('account_id', '=', account).where('digest', 'in', digests);
  const rows = await session.rows(of('audit_snapshots').unionAll(of('audit_inputs')));
  return rows.map(({ digest, gzip }) => {
    if (!isDigest(digest)) throw new Failure('STORE_INCONSISTENT', `Cannot read the snapshots of account ${account}: one of them names no digest.`);
    return { digest, gzip };
  });
}
