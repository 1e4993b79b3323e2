import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditDraft } from '../../../src/audit/entry.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../../src/audit/merkle-tree.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import type { BundleRequest } from '../../../src/domain/bundle-request.ts';
import { aDraft, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const shop = { id: 5, name: 'Acme/Shop' };

/** What `AuditIndex` and `BundleStore` promise. */
export function bundleSuite(shared: SuiteStore): void {
  describeStore('the index of the log', shared, (suite) => {
    async function aLogOf(...drafts: readonly Partial<AuditDraft>[]): Promise<number> {
      const account = freshId();
      await suite.store.transaction(async (transaction) => {
        for (const draft of drafts) await transaction.append(aDraft(account, draft.links === undefined ? draft : { ...draft, links: [...draft.links, `commit:${'d'.repeat(40)}`, 'unreplayable:too-large'] }));
      });
      return account;
    }

    test('about() tells the entries that have one of the topics, each once, in their order, of the account alone', async () => {
      const drafts = [{ repository: shop, subject: 'pull-request:7', links: ['e1', 'contract:a'] }, { event: 'release.recorded', repository: shop, subject: 'contract:a@1.0.0' }, { event: 'effect.performed', repository: shop, subject: 'effect:x', links: ['e1'] }, { subject: 'pull-request:7' }] as const;
      const account = await aLogOf(...drafts);
      await aLogOf(...drafts);
      const about = (topics: readonly string[], limit = 10) => suite.store.auditIndex.about(account, topics, limit);
      assert.deepEqual([await about(['5 pull-request:7']), await about(['5 link:e1']), await about(['contract:a', '5 link:e1']), await about(['contract:a', '5 link:e1'], 2), await about([]), await about(['contract:b'])], [[0], [0, 2], [0, 1, 2], [0, 1], [], []]);
    });

    test('about() finds long topics and those with characters that a database refuses', async () => {
      const links = [`long-${'x'.repeat(400)}`, 'nul\u0000'];
      const account = await aLogOf({ repository: shop, links }, { repository: shop });
      for (const link of links) assert.deepEqual(await suite.store.auditIndex.about(account, [`5 link:${link}`], 10), [0]);
    });

    test('since() tells the first entry that is not before an instant, and the size where all are', async () => {
      const account = await aLogOf({});
      suite.clock.advance(60_000);
      const between = suite.clock.now();
      suite.clock.advance(60_000);
      await suite.store.transaction((transaction) => transaction.append(aDraft(account)));
      const { auditIndex } = suite.store;
      assert.deepEqual([await auditIndex.since(account, new Date(0)), await auditIndex.since(account, between), await auditIndex.since(account, suite.clock.now()), await auditIndex.since(account, new Date('2100-01-01')), await auditIndex.since(freshId(), between)], [0, 1, 1, 2, 0]);
    });

    test('repositoryNamed() tells what was called so last, in whatever case', async () => {
      const account = await aLogOf({ repository: { id: 4, name: 'acme/shop' } }, { repository: { id: 5, name: 'Acme/Shop' } }, { repository: { id: 5, name: 'acme/store' } });
      const { auditIndex } = suite.store;
      assert.deepEqual([await auditIndex.repositoryNamed(account, 'ACME/shop'), await auditIndex.repositoryNamed(account, 'acme/store'), await auditIndex.repositoryNamed(account, 'acme/other'), await auditIndex.repositoryNamed(freshId(), 'acme/shop')], [shop, { id: 5, name: 'acme/store' }, null, null]);
    });

    test('entriesAt() gives those that are there with all that opens them', async () => {
      const account = await aLogOf({}, { payload: { a: 1 } }, {});
      const found = await suite.store.auditIndex.entriesAt(account, [1, 0, 9]);
      const kept = await suite.store.audit.entries(account, 0, 2);
      assert.deepEqual(found.map(({ sequence, openings }) => [sequence, openings.length]), kept.map(({ sequence, openings }) => [sequence, openings.length]));
      assert.deepEqual(await suite.store.auditIndex.entriesAt(account, []), []);
    });

    test('leafHashes() and tileRoots() give what the tree of the leaves has, however they were appended', async () => {
      const account = freshId();
      const appended = async (count: number) => await suite.store.transaction(async (transaction) => {
        for (let index = 0; index < count; index += 1) await transaction.append(aDraft(account));
      });
      for (const count of [1, 255, 300, 211]) await appended(count);
      const hashes = (await suite.store.audit.entries(account, 0, 1_000)).map(({ leaf }) => leafHash(leaf));
      const roots = [0, 1, 2].map((tile) => {
        const tree = new MerkleTree();
        for (const hash of hashes.slice(tile * 256, (tile + 1) * 256)) tree.append(hash);
        return hex(tree.root());
      });
      const { auditIndex } = suite.store;
      assert.deepEqual([(await auditIndex.leafHashes(account, 250, 10)).map(hex), (await auditIndex.leafHashes(account, 766, 10)).map(hex), await auditIndex.leafHashes(account, 767, 10)], [hashes.slice(250, 260).map(hex), hashes.slice(766).map(hex), []]);
      assert.deepEqual([(await auditIndex.tileRoots(account, 0, 10)).map(hex), (await auditIndex.tileRoots(account, 1, 1)).map(hex), await auditIndex.tileRoots(account, 2, 10), await auditIndex.tileRoots(freshId(), 0, 10)], [roots.slice(0, 2), roots.slice(1, 2), [], []]);
    });

    test('an entry that is rolled back leaves nothing in it', async () => {
      const account = freshId();
      await assert.rejects(suite.store.transaction(async (transaction) => {
        await transaction.append(aDraft(account, { repository: shop, subject: 'pull-request:7' }));
        throw new Error('stop');
      }), { message: 'stop' });
      assert.deepEqual(await suite.store.auditIndex.about(account, ['5 pull-request:7'], 10), []);
    });
  });

  describeStore('bundles', shared, (suite) => {
    const aRequest = (account: number, changes: Partial<BundleRequest> = {}): BundleRequest => ({ id: `request-${freshId()}`, account, subject: 'ada', key: null, question: '{"id":"a","kind":"contract"}', askedAt: suite.clock.now(), progress: { state: 'waiting' }, ...changes });

    test('askBundle() keeps a request, and answers the same subject\'s same key with the first', async () => {
      const account = freshId();
      const [first, second, other, elsewhere] = [aRequest(account, { key: 'k' }), aRequest(account, { key: 'k', question: '{"id":"b","kind":"contract"}' }), aRequest(account, { key: 'k', subject: 'bob\u0000' }), aRequest(freshId(), { key: 'k' })];
      const ids = await suite.store.transaction(async (transaction) => {
        const asked = [];
        for (const request of [first, second, other, elsewhere, aRequest(account), aRequest(account)]) asked.push(await transaction.askBundle(request));
        return asked;
      });
      assert.deepEqual(ids.slice(0, 4), [first, first, other, elsewhere]);
      assert.deepEqual(await suite.store.transaction(async (transaction) => [await transaction.bundleRequest(account, other.id), await transaction.bundleRequest(account, second.id), await transaction.bundleRequest(account, elsewhere.id), await transaction.openBundleRequests(account)]), [other, null, null, 4]);
    });

    test('tellBundle() says how far one is, and waitingBundles() tells those that are not done, the first asked first', async () => {
      const account = freshId();
      const [one, two, three] = [aRequest(account, { askedAt: new Date('2026-11-20T10:00:02Z') }), aRequest(account, { askedAt: new Date('2026-11-20T10:00:01Z') }), aRequest(account)];
      const states = await suite.store.transaction(async (transaction) => {
        for (const request of [one, two, three]) await transaction.askBundle(request);
        await transaction.tellBundle(account, two.id, { state: 'assembling', entries: 200 });
        await transaction.tellBundle(account, three.id, { state: 'ready', bundle: digestOfBytes('x') });
        await transaction.tellBundle(freshId(), one.id, { state: 'failed', code: 'nothing_found', why: 'no' });
        return [(await transaction.waitingBundles()).filter((request) => request.account === account), (await transaction.bundleRequest(account, three.id))?.progress, await transaction.openBundleRequests(account)];
      });
      assert.deepEqual(states, [[{ ...two, progress: { state: 'assembling', entries: 200 } }, one], { state: 'ready', bundle: digestOfBytes('x') }, 2]);
    });

    test('kept bundles go with an erasure in their account, and others stay', async () => {
      const id = digestOfBytes('bundle');
      for (const drop of ['openings', 'inputs'] as const) {
        const [account, other] = [freshId(), freshId()];
        const left = await suite.store.transaction(async (transaction) => {
          for (const one of [account, other]) await transaction.keepBundle({ account: one, id, file: new Uint8Array([1]), entries: 1, madeAt: suite.clock.now() });
          if (drop === 'openings') await transaction.eraseOpenings(account, [0]);
          if (drop === 'inputs') await transaction.eraseInputs(account, [0], []);
          return [await transaction.keptBundle(account, id), (await transaction.keptBundle(other, id)) !== null];
        });
        assert.deepEqual(left, [null, true], drop);
      }
    });

    test('keepBundle() keeps the first under an id, of the account alone', async () => {
      const account = freshId();
      const id = digestOfBytes('bundle');
      const bundle = { account, id, file: new Uint8Array([1, 2, 3]), entries: 2, madeAt: suite.clock.now() };
      const found = await suite.store.transaction(async (transaction) => {
        await transaction.keepBundle(bundle);
        await transaction.keepBundle({ ...bundle, file: new Uint8Array([9]) });
        return [await transaction.keptBundle(account, id), await transaction.keptBundle(freshId(), id), await transaction.keptBundle(account, digestOfBytes('other'))];
      });
      const { file: _, ...told } = bundle;
      assert.deepEqual(await suite.store.transaction(async (transaction) => [await transaction.madeBundle(account, id), await transaction.madeBundle(freshId(), id)]), [{ ...told, bytes: 3 }, null]);
      assert.deepEqual(found.map((one) => (one === null ? null : { ...one, file: hex(one.file) })), [{ ...bundle, file: '010203' }, null, null]);
    });
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
