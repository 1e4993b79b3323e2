import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { threadedBundleWork } from '../../src/config/threaded-bundle-work.ts';
import { ownBundleWork } from '../../src/flows/own-bundle-work.ts';
import { readBundle } from '../../src/audit/read-bundle.ts';
import { aBundle } from '../builders/a-bundle.ts';
import { aLogKey } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';

suite('threadedBundleWork()', () => {
  test('gives what the same work gives here, with the keys that are trusted', async () => {
    const { file, id } = await aBundle();
    const reading = readBundle(file);
    assert.ok(reading.kind === 'bundle');
    const { bundle, envelope } = reading;
    const trusts = [aLogKey(), aLogKey('stranger')].map(({ publicKey }) => ({ keys: [{ kind: 'bare' as const, publicKey }], checkpoints: [], id }));
    const told = async (work: typeof ownBundleWork) => [Buffer.from(await work.payload(bundle)), Buffer.from(await work.file(envelope)), ...(await Promise.all(trusts.map((trust) => work.verify(file, trust))))];
    const [here, there] = [await told(ownBundleWork), await told(threadedBundleWork())];
    assert.deepEqual(there, here);
  });

  test('goes on after work that can not be done', async () => {
    const work = threadedBundleWork();
    const { file, id } = await aBundle();
    await assert.rejects(work.payload(JSON.parse('{}')), isFailure('STORE_UNAVAILABLE'));
    assert.equal((await work.verify(file, { keys: [], checkpoints: [], id })).outcome, 'verified');
  });
});
