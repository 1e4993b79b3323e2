import assert from 'node:assert/strict';
import { createHash, createPrivateKey } from 'node:crypto';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aDraft, aLogKey, account } from '../builders/a-log.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { runPlumbline } from '../cli/run-plumbline.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { ownDatabase } from '../postgres/own-database.ts';

const postgres = await ownDatabase();
const clock = { now: () => new Date() };
const raw = createHash('sha256').update('log key').digest();
const pem = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), raw]), format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();

/** A store on Postgres with an entry that nobody has sealed, and what a server there does meanwhile. */
async function aStore(context: TestContext) {
  const url = typeof postgres === 'string' ? '' : postgres.url;
  const store = await openStore({ databaseUrl: url, directory: '', log: fakeLog(), clock });
  const folder = aTemporaryDirectory();
  context.after(async () => {
    await store.close();
    folder.remove();
  });
  await store.transaction((transaction) => transaction.append(aDraft()));
  const sealer = createSealer({ store, signer: aLogKey(), clock });
  const work = async (): Promise<boolean> => {
    const [job] = await store.queue.lease({ owner: 'server', now: clock.now(), until: new Date(Date.now() + 60_000), limit: 1 });
    if (job === undefined) return false;
    if (job.kind === 'seal') await sealer.seal(account, { force: true });
    await store.queue.complete(job, clock.now());
    return job.kind === 'seal';
  };
  const bundle = () => runPlumbline(folder.path, ['audit', 'bundle', 'evidence', '--pull-request', 'acme/shop#7'], { environment: { PLUMBLINE_MODE: 'development', DATABASE_URL: url, LOG_KEY: pem } });
  return { store, folder, work, bundle };
}

describe('audit bundle on Postgres', { skip: typeof postgres === 'string' ? `NOT TESTED: ${postgres}` : false }, () => {
  test('lets a server seal what is not sealed, and writes what it covers', async (context) => {
    const { work, bundle, folder } = await aStore(context);
    const written = bundle();
    let isSealed = false;
    while (!isSealed) isSealed = (await work()) || (await Promise.race([written.then(() => true), new Promise<boolean>((resolve) => void setImmediate(() => resolve(false)))]));
    const { code, stdout, stderr } = await written;
    assert.deepEqual([code, stderr], [0, '']);
    const verified = await runPlumbline(folder.path, ['audit', 'verify', stdout.trim()]);
    assert.equal(verified.code, 0, verified.stdout);
  });

  test('asks nobody where all of it is sealed', async (context) => {
    const { store, bundle } = await aStore(context);
    await createSealer({ store, signer: aLogKey(), clock }).seal(account, { force: true });
    assert.equal((await bundle()).code, 0);
    assert.deepEqual(await store.queue.lease({ owner: 'look', now: clock.now(), until: clock.now(), limit: 1 }), []);
  });
});
