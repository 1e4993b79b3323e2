import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readBundle } from '../../src/audit/read-bundle.ts';
import type { BundleRequest } from '../../src/domain/bundle-request.ts';
import { Failure } from '../../src/domain/failure.ts';
import { askBundle } from '../../src/flows/ask-bundle.ts';
import { askedOfText } from '../../src/flows/bundle-question.ts';
import { logEnvelopeSigner } from '../../src/flows/log-envelope-signer.ts';
import type { LeasedJob } from '../../src/flows/ports/job-queue.ts';
import { makeBundles } from '../../src/flows/make-bundles.ts';
import type { MakeBundlesPorts } from '../../src/flows/make-bundles.ts';
import { ownBundleWork } from '../../src/flows/own-bundle-work.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { deadlines } from '../../src/worker/dispatch.ts';
import { createBurial } from '../../src/worker/flow-dispatch.ts';
import { runJob } from '../../src/worker/run-job.ts';
import { account, aLogKey } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { aWorld } from './a-world.ts';

/** A log about pull requests 7 and 8, and a bundle of each that was asked for. */
async function aWorldThatAsks() {
  const { ports: { store, clock }, ports } = aWorld();
  await store.transaction(async (transaction) => {
    for (const number of [7, 8]) await transaction.append(aFittingDraft('decision.made', { account, subject: `pull-request:${number}` }));
  });
  let ids = 0;
  const asked: BundleRequest[] = [];
  for (const number of [7, 8]) {
    const outcome = await askBundle({ store, clock, newId: () => `request-${(ids += 1)}` }, { account, subject: 'ada', key: null, asked: { kind: 'pull-request', repository: 'acme/shop', number } });
    assert.ok(outcome.kind === 'asked');
    asked.push(outcome.request);
  }
  const made: MakeBundlesPorts = { store, clock, log: fakeLog(), sealer: createSealer({ store, signer: aLogKey(), clock }), publicKeys: [aLogKey().publicKey], signer: logEnvelopeSigner(aLogKey()), work: ownBundleWork };
  const states = () => store.transaction(async (transaction) => await Promise.all(asked.map(async ({ id }) => (await transaction.bundleRequest(account, id))?.progress.state)));
  const requests = async () => await store.transaction(async (transaction) => await Promise.all(asked.map(async ({ id }) => await transaction.bundleRequest(account, id))));
  return { ports, made, states, requests };
}

suite('makeBundles()', () => {
  test('makes what was asked for and nothing again, and one job is for all of them', async () => {
    const { ports, made, states } = await aWorldThatAsks();
    const jobs = await ports.store.queue.lease({ owner: 'look', now: ports.clock.now(), until: ports.clock.now(), limit: 9 });
    await makeBundles(made, new AbortController().signal);
    assert.deepEqual([jobs.map(({ kind }) => kind), await states()], [['bundles'], ['ready', 'ready']]);
    await makeBundles({ ...made, signer: { ...made.signer, sign: () => Promise.reject(new Error('nobody signs again')) } }, new AbortController().signal);
  });

  test('makes the others where one can not be made now, and says what kept it, for the job to come again', async () => {
    const { made, states } = await aWorldThatAsks();
    let calls = 0;
    const sign: MakeBundlesPorts['signer']['sign'] = async (bytes) => ((calls += 1) === 1 ? await Promise.reject(new Failure('KEY_UNAVAILABLE', 'the service is away')) : await made.signer.sign(bytes));
    await assert.rejects(makeBundles({ ...made, signer: { ...made.signer, sign } }, new AbortController().signal), isFailure('KEY_UNAVAILABLE'));
    assert.deepEqual(await states(), ['assembling', 'ready']);
    await makeBundles(made, new AbortController().signal);
    assert.deepEqual(await states(), ['ready', 'ready']);
  });

  test('stops between two where it is told to, and goes on in its next run', async () => {
    const { made, states } = await aWorldThatAsks();
    const stop = new AbortController();
    const sign: MakeBundlesPorts['signer']['sign'] = async (bytes) => (stop.abort(), await made.signer.sign(bytes));
    await assert.rejects(makeBundles({ ...made, signer: { ...made.signer, sign } }, stop.signal), { name: 'AbortError' });
    assert.deepEqual(await states(), ['ready', 'waiting']);
  });

  test('keeps none out of which something was erased while it was made, and makes it anew', async () => {
    const { ports: { store }, made, states } = await aWorldThatAsks();
    let calls = 0;
    const sign: MakeBundlesPorts['signer']['sign'] = async (bytes) => {
      if ((calls += 1) === 1) {
        await store.transaction(async (transaction) => {
          await transaction.append(aFittingDraft('retention.erased', { account }));
          await transaction.eraseOpenings(account, [0]);
        });
      }
      return await made.signer.sign(bytes);
    };
    const kept = () => store.transaction(async (transaction) => await Promise.all((await transaction.bundleRequest(account, 'request-1').then((request) => (request?.progress.state === 'ready' ? [request.progress.bundle] : []))).map((id) => transaction.keptBundle(account, id))));
    const lease = async () => await store.queue.lease({ owner: 'look', now: made.clock.now(), until: new Date(made.clock.now().getTime() + 60_000), limit: 9 });
    const [job] = await lease();
    assert.ok(job);
    const ports = { queue: store.queue, dispatch: { bundles: (_job: unknown, signal: AbortSignal) => makeBundles({ ...made, signer: { ...made.signer, sign } }, signal) } as never, onBuried: async () => {}, clock: made.clock, log: made.log, random: () => 0 };
    const run = async (leased: LeasedJob): Promise<void> => await runJob(ports, leased, { leaseMs: 60_000, deadlines }, new AbortController());
    await run(job);
    assert.deepEqual([await states(), await kept()], [['waiting', 'ready'], []]);
    const [again] = await lease();
    assert.equal(again?.kind, 'bundles');
    await run(again);
    assert.deepEqual([await states(), await lease()], [['ready', 'ready'], []]);
    const [bundle] = await kept();
    const reading = readBundle(bundle?.file ?? new Uint8Array());
    assert.equal(reading.kind === 'bundle' && reading.bundle.entries[0]?.openings.length, 0);
  });

  test('are dropped with an erasure, whichever', async () => {
    const { ports: { store }, made, requests } = await aWorldThatAsks();
    for (const erase of ['openings', 'inputs'] as const) {
      const all = await requests();
      await store.transaction(async (transaction) => await Promise.all(all.map(async (request) => request !== null && (await transaction.tellBundle(account, request.id, { state: 'waiting' })))));
      await makeBundles(made, new AbortController().signal);
      const id = (await requests())[0]?.progress;
      assert.ok(id?.state === 'ready');
      const isKept = () => store.transaction(async (transaction) => (await transaction.keptBundle(account, id.bundle)) !== null);
      const before = await isKept();
      await store.transaction((transaction) => (erase === 'openings' ? transaction.eraseOpenings(account, []) : transaction.eraseInputs(account, [], [])));
      assert.deepEqual([before, await isKept()], [true, false], erase);
    }
  });

  test('that was begun and fails until its job is buried is told so, and those that were not begun are made by the next', async () => {
    const { ports, made, states } = await aWorldThatAsks();
    const lease = async () => await ports.store.queue.lease({ owner: 'look', now: ports.clock.now(), until: new Date(ports.clock.now().getTime() + 60_000), limit: 9 });
    const [job] = await lease();
    assert.ok(job);
    const failure = new Failure('KEY_UNAVAILABLE', 'canary');
    await ports.store.transaction((transaction) => transaction.tellBundle(account, 'request-1', { state: 'assembling', entries: 3 }));
    await createBurial(ports, async () => {})(job, failure);
    await ports.store.queue.bury(job, ports.clock.now(), failure);
    assert.deepEqual([await states(), (await lease()).map(({ kind }) => kind)], [['failed', 'waiting'], ['bundles']]);
    await makeBundles(made, new AbortController().signal);
    assert.deepEqual(await states(), ['failed', 'ready']);
  });

  test('that fails until its job is buried leaves nobody waiting', async () => {
    const { ports, requests } = await aWorldThatAsks();
    const [job] = await ports.store.queue.lease({ owner: 'look', now: ports.clock.now(), until: ports.clock.now(), limit: 9 });
    assert.ok(job);
    await createBurial(ports, async () => {})(job, new Failure('KEY_UNAVAILABLE', 'canary'));
    const told = (await requests()).map((request) => request?.progress);
    assert.deepEqual(told.map((progress) => progress?.state === 'failed' && [progress.code, progress.why.includes('KEY_UNAVAILABLE'), progress.why.includes('canary')]), [['not_made', true, false], ['not_made', true, false]]);
  });
});

test('askedOfText() refuses what no question is written as', () => {
  for (const text of ['{}', '[]', '{"kind":"period","from":"x","to":"y"}', '{"kind":"pull-request","repository":7,"number":1}']) assert.throws(() => askedOfText(text), isFailure('STORE_INCONSISTENT'), text);
});
