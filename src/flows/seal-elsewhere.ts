import { Failure } from '../domain/failure.ts';
import { sealJob } from './job-requests.ts';
import type { Store } from './ports/store.ts';
import type { AccountSealing } from './seal-checkpoint.ts';

/** Milliseconds: a server looks for work every few seconds, and reads what was appended since it sealed last. */
const patience = { look: 250, most: 20_000 };

/**
 * Lets a server that has the same store open seal an account's log, which a command can not: it would have to read all of it first. Waits until
 * what stands there now is covered. Where nobody does it in time that is told, with what to do.
 */
export async function sealElsewhere({ transaction, audit }: Pick<Store, 'transaction' | 'audit'>, account: number, most = patience.most): Promise<AccountSealing> {
  const size = await audit.size(account);
  const newest = async () => (await audit.checkpoints(account, size)).at(-1);
  if (size === 0) return { account, kind: 'done', sealing: { kind: 'unchanged', size } };
  await transaction((one) => one.enqueue(sealJob(account)));
  for (let waited = 0; waited <= most; waited += patience.look) {
    const checkpoint = await newest();
    if (checkpoint !== undefined) return { account, kind: 'done', sealing: { kind: 'sealed', size: checkpoint.size, note: checkpoint.note } };
    const why = await audit.blocked(account);
    if (why !== null) return { account, kind: 'failed', failure: new Failure('AUDIT_BLOCKED', `Cannot seal the log of account ${account}: it is blocked (${why}). Verify it with plumbline audit verify.`) };
    await new Promise<void>((resolve) => void setTimeout(resolve, patience.look));
  }
  return { account, kind: 'failed', failure: new Failure('STORE_UNAVAILABLE', `Cannot seal the log of account ${account}: a server on this database does it, and none did within ${most / 1_000} s. Start one, or look at its log, and run the command again.`) };
}
