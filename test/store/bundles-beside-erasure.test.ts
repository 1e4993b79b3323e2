import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askBundle } from '../../src/flows/ask-bundle.ts';
import { logEnvelopeSigner } from '../../src/flows/log-envelope-signer.ts';
import { makeBundles } from '../../src/flows/make-bundles.ts';
import { ownBundleWork } from '../../src/flows/own-bundle-work.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aLogKey, account } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { ownDatabase } from '../postgres/own-database.ts';

const postgres = await ownDatabase();
const clock = { now: () => new Date() };

test('a bundle that is made while an erasure on another replica is not over is not kept', { skip: typeof postgres === 'string' ? `NOT TESTED: ${postgres}` : false }, async (context) => {
  const store = await openStore({ databaseUrl: typeof postgres === 'string' ? '' : postgres.url, directory: '', log: fakeLog(), clock });
  context.after(() => store.close());
  await store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { subject: 'pull-request:7' })));
  await askBundle({ store, clock, newId: () => 'request' }, { account, subject: 'ada', key: null, asked: { kind: 'pull-request', repository: 'acme/shop', number: 7 } });
  const [hasErased, mayCommit, hasAsked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const erasure = store.transaction(async (transaction) => {
    await transaction.lockRetention(account);
    await transaction.eraseOpenings(account, [0]);
    hasErased.resolve();
    await mayCommit.promise;
    await transaction.append(aFittingDraft('retention.erased'));
  });
  await hasErased.promise;
  const making = made(store, () => hasAsked.resolve('waits')).then(() => 'made', () => 'refused');
  const before = await Promise.race([making, hasAsked.promise]);
  mayCommit.resolve();
  await erasure;
  const progress = [before, await making, (await store.transaction((transaction) => transaction.bundleRequest(account, 'request')))?.progress.state];
  assert.deepEqual(progress, ['waits', 'made', 'waiting']);
  assert.equal(await store.transaction((transaction) => transaction.openBundleRequests(account)), 1);
});

test('attack: bundles of an account that are asked for at once are no more than may wait', { skip: typeof postgres === 'string' ? `NOT TESTED: ${postgres}` : false }, async (context) => {
  const store = await openStore({ databaseUrl: typeof postgres === 'string' ? '' : postgres.url, directory: '', log: fakeLog(), clock });
  context.after(() => store.close());
  const asked = await Promise.all(Array.from({ length: 40 }, async (_none, place) => (await askBundle({ store, clock, newId: () => `at-once-${place}` }, { account: account + 1, subject: 'eve', key: null, asked: { kind: 'contract', id: `c${place}` } })).kind));
  assert.deepEqual([asked.filter((kind) => kind === 'asked').length, await store.transaction((transaction) => transaction.openBundleRequests(account + 1))], [10, 10]);
});

/** Makes what was asked for, and tells when it asks for its turn among what erases. */
async function made(store: Store, onTurn: () => void): Promise<void> {
  const seen: Store = {
    ...store,
    transaction: (work) =>
      store.transaction((transaction) =>
        work({
          ...transaction,
          lockRetention: (one) => {
            onTurn();
            return transaction.lockRetention(one);
          },
        }),
      ),
  };
  await makeBundles({ store: seen, clock, log: fakeLog(), sealer: createSealer({ store, signer: aLogKey(), clock }), publicKeys: [aLogKey().publicKey], signer: logEnvelopeSigner(aLogKey()), work: ownBundleWork }, new AbortController().signal);
}
