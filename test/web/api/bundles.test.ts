import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readBundle } from '../../../src/audit/read-bundle.ts';
import { verifyBundle } from '../../../src/audit/verify-bundle.ts';
import type { KeptBundle } from '../../../src/domain/bundle-request.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { askBundle } from '../../../src/flows/ask-bundle.ts';
import { logEnvelopeSigner } from '../../../src/flows/log-envelope-signer.ts';
import { makeBundles } from '../../../src/flows/make-bundles.ts';
import { ownBundleWork } from '../../../src/flows/own-bundle-work.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import type { ApiPorts } from '../../../src/web/api/mount-api.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { account, anApi } from './an-api.ts';
import type { Asking } from './an-api.ts';

const shop = { id: 5, name: 'acme/shop' };
const ofPullRequest = { kind: 'pull-request', repository: 'Acme/Shop', number: 7 };
const signer = aLogKey();
const keys = [{ kind: 'bare' as const, publicKey: signer.publicKey }];

/** The API over the flows of the server. `isBusy`: nobody makes what is asked for until `make` is called. */
async function aBundleApi(context: TestContext, { isBusy = false, change = (kept) => kept }: { readonly isBusy?: boolean; readonly change?: (kept: KeptBundle) => KeptBundle } = {}) {
  let ids = 0;
  const log = fakeLog();
  const later: { ports?: Parameters<typeof makeBundles>[0] } = {};
  const make = async (): Promise<void> => {
    assert.ok(later.ports);
    await makeBundles(later.ports, new AbortController().signal);
  };
  const kept: ApiPorts['keptBundle'] = async (of, id) => {
    const found = (await later.ports?.store.transaction((transaction) => transaction.keptBundle(of, id))) ?? null;
    return found === null ? null : change(found);
  };
  const api = await anApi(context, () => ({
    keptBundle: kept,
    madeBundle: async (of, id) => (await later.ports?.store.transaction((transaction) => transaction.madeBundle(of, id))) ?? null,
    bundleRequest: async (of, id) => (await later.ports?.store.transaction((transaction) => transaction.bundleRequest(of, id))) ?? null,
    async askBundle(wanted) {
      const outcome = await askBundle({ store: api.store, clock: api.clock, newId: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}` }, wanted);
      if (!isBusy) await make();
      if (outcome.kind !== 'asked') return outcome;
      return { kind: 'asked', request: (await api.store.transaction((transaction) => transaction.bundleRequest(wanted.account, outcome.request.id))) ?? outcome.request };
    },
    async verifyBundle(of, id) {
      const found = await kept(of, id);
      return found === null ? null : verifyBundle(found.file, { keys, checkpoints: [], id });
    },
  }));
  const sealer = createSealer({ store: api.store, signer, clock: api.clock });
  later.ports = { store: api.store, clock: api.clock, log, sealer, publicKeys: [signer.publicKey], signer: logEnvelopeSigner(signer), work: ownBundleWork };
  const post = (body: unknown, asking: Asking = {}) => api.ask('/bundles', { method: 'POST', body, ...asking });
  const fetchFile = async (id: string) => await fetch(`http://127.0.0.1:${api.web.http.port}/api/v1/bundles/${id}`, { headers: { authorization: `Bearer ${await api.issuer.sign()}` } });
  const download = async (id: string): Promise<Uint8Array> => new Uint8Array(await (await fetchFile(id)).arrayBuffer());
  return { ...api, post, make, log, fetchFile, download };
}

const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined);

describe('a bundle through the API', () => {
  test('is made, told where, given with its digest, and verifies with the key of the log alone', async (context) => {
    const { post, append, fetchFile, ask } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7', links: ['decision-1', `commit:${'d'.repeat(40)}`, 'unreplayable:too-large'] }, { repository: shop, subject: 'pull-request:8' }, { repository: shop, subject: 'effect:check', event: 'effect.performed', links: ['decision-1'] });
    const { status, answer, headers } = await post(ofPullRequest);
    const id = String(field(answer['bundle'], 'id'));
    assert.deepEqual([status, answer['state'], answer['asked'], field(answer['bundle'], 'entries'), field(answer['bundle'], 'path'), headers['location']], [201, 'ready', ofPullRequest, 2, `audit/2026-11-20/${id}.json.gz`, `/api/v1/bundles/${id}?account=${account}`]);
    const file = await fetchFile(id);
    const bytes = new Uint8Array(await file.arrayBuffer());
    assert.deepEqual([file.status, file.headers.get('content-type'), file.headers.get('content-disposition'), file.headers.get('content-digest')], [200, 'application/gzip', `attachment; filename="${id}.json.gz"`, `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`]);
    const reading = readBundle(bytes);
    assert.deepEqual(reading.kind === 'bundle' && reading.bundle.entries.map(({ sequence }) => sequence), [0, 2]);
    assert.equal(verifyBundle(bytes, { keys, checkpoints: [], id: `sha256:${id}` }).outcome, 'verified');
    const verified = await ask(`/bundles/${id}/verify`);
    assert.deepEqual([verified.status, verified.answer['verified'], Array.isArray(verified.answer['checks']) && verified.answer['checks'].length, verified.answer['bundle']], [200, true, 8, `sha256:${id}`]);
  });

  test('is one of a period or a contract, too, and the same question gives the same bundle', async (context) => {
    const { post, append } = await aBundleApi(context);
    await append({ repository: shop, subject: 'contract:checkout@1.0.0', event: 'release.state_changed' });
    const [period, contract, again] = [await post({ kind: 'period', from: '2026-11-20', to: '2026-11-21T00:00:00+00:00' }), await post({ kind: 'contract', id: 'checkout' }), await post({ kind: 'contract', id: 'checkout' })];
    assert.deepEqual([period.status, contract.status, again.status, field(again.answer['bundle'], 'id')], [201, 201, 201, field(contract.answer['bundle'], 'id')]);
    assert.deepEqual(period.answer['asked'], { kind: 'period', from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' });
  });

  test('that takes longer is told as being made, with a place to ask how far it is', async (context) => {
    const { post, append, ask, make } = await aBundleApi(context, { isBusy: true });
    await append({ repository: shop, subject: 'pull-request:7' });
    const { status, answer, headers } = await post(ofPullRequest);
    assert.deepEqual([status, answer['state'], answer['bundle'], headers['location']], [202, 'waiting', null, `/api/v1/bundle-requests/${String(answer['id'])}?account=${account}`]);
    const path = String(headers['location']).replace('/api/v1', '');
    assert.equal((await ask(path)).answer['state'], 'waiting');
    await make();
    const after = await ask(path);
    assert.deepEqual([after.answer['state'], typeof field(after.answer['bundle'], 'id')], ['ready', 'string']);
  });

  test('that was dropped by an erasure is told as dropped, not as ready', async (context) => {
    const { post, append, ask, store } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' });
    const { answer: asked } = await post(ofPullRequest);
    const state = async () => (({ answer }) => [answer['state'], answer['bundle'] === null])(await ask(`/bundle-requests/${String(asked['id'])}`));
    const before = await state();
    await store.transaction((transaction) => transaction.eraseOpenings(account, [0]));
    assert.deepEqual([before, await state()], [['ready', false], ['dropped', true]]);
  });

  test('is asked for once under one idempotency key, whoever else uses it', async (context) => {
    const { post, append, store } = await aBundleApi(context, { isBusy: true });
    await append({ repository: shop, subject: 'pull-request:7' });
    const headers = { 'idempotency-key': 'audit-2026-11' };
    const ids = [await post(ofPullRequest, { headers }), await post(ofPullRequest, { headers }), await post(ofPullRequest, { headers, claims: { sub: 'ada' } })].map(({ answer }) => answer['id']);
    assert.deepEqual([ids[0] === ids[1], ids[0] === ids[2], await store.transaction((transaction) => transaction.openBundleRequests(account))], [true, false, 2]);
    const other = await post({ kind: 'contract', id: 'checkout' }, { headers });
    assert.deepEqual([other.status, other.answer['code']], [409, 'key_used']);
    assert.equal((await post(ofPullRequest, { headers: { 'idempotency-key': 'no good' } })).answer['code'], 'invalid_parameter');
  });

  test('waits in a row that has an end', async (context) => {
    const { post, append } = await aBundleApi(context, { isBusy: true });
    await append({ repository: shop, subject: 'pull-request:7' });
    const headers = { 'idempotency-key': 'first' };
    const codes: unknown[] = [];
    for (let count = 0; count < 12; count += 1) codes.push((await post(ofPullRequest, count === 0 ? { headers } : {})).answer['code']);
    assert.deepEqual(codes, [...Array.from({ length: 10 }, () => undefined), 'too_many_open', 'too_many_open']);
    assert.equal((await post(ofPullRequest, { headers })).status, 202);
  });

  test('about what the log does not know, or of what is no question, is refused with why', async (context) => {
    const { post, append } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' });
    const code = async (body: unknown) => (({ status, answer }) => [status, answer['code']])(await post(body));
    assert.deepEqual(await code({ ...ofPullRequest, number: 8 }), [404, 'nothing_found']);
    assert.deepEqual(await code({ ...ofPullRequest, repository: 'acme/none' }), [404, 'nothing_found']);
    assert.deepEqual([await code({ kind: 'period', from: '2026-11-21', to: '2026-11-20' }), await code({ kind: 'period', from: '2026-02-30', to: '2026-03-01' })], [[400, 'invalid_period'], [400, 'invalid_period']]);
    for (const body of [{}, { kind: 'all' }, { ...ofPullRequest, also: 1 }, { kind: 'contract' }, { kind: 'contract', id: 'x', number: 1 }, []]) assert.deepEqual(await code(body), [400, 'body_invalid']);
  });

  test('a body that lacks something is told what its own kind lacks', async (context) => {
    const { post } = await aBundleApi(context);
    const detail = async (body: object) => (await post(body)).answer['detail'];
    assert.deepEqual([await detail({ kind: 'period', from: '2026-11-20' }), await detail({ kind: 'contract', id: 7 })], ['Cannot use `body`: found an object, expected the key `to`.', 'Cannot use `id`: found 7, expected string, in quotes: "7".']);
  });

  test('of another account is not there, for those who may read both accounts, too', async (context) => {
    const { post, append, ask } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' });
    const { answer } = await post(ofPullRequest);
    const id = String(field(answer['bundle'], 'id'));
    for (const path of [`/bundles/${id}`, `/bundles/${id}/verify`, `/bundle-requests/${String(answer['id'])}`]) {
      const other = await ask(`${path}?account=8`, { claims: { accounts: [7, 8] } });
      assert.deepEqual([other.status, other.answer['code']], [404, 'not_found'], path);
      assert.equal((await ask(`${path}?account=7`, { claims: { accounts: [8] } })).answer['code'], 'other_account', path);
    }
  });

  test('is asked for, read and verified on record, and not where that can not be kept', async (context) => {
    const { post, append, ask, store } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' });
    const id = String(field((await post(ofPullRequest)).answer['bundle'], 'id'));
    await ask(`/bundles/${id}`);
    await ask(`/bundles/${id}/verify`);
    const reads = (await store.reads.reads(account, null, { below: null, limit: 10 })).map(({ query }) => query);
    assert.deepEqual(reads, [`verifyBundle account=7 bundle=${id}`, `readBundle account=7 bundle=${id}`, 'askBundle account=7 kind=pull-request number=7 repository=Acme/Shop']);
    const deaf = await anApi(context, ({ reads: all }) => ({ reads: { ...all, record: () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'canary')) } }));
    for (const [path, asking] of [['/bundles', { method: 'POST', body: ofPullRequest }], [`/bundles/${id}`, {}], [`/bundles/${id}/verify`, {}]] as const) assert.equal((await deaf.ask(path, asking)).answer['code'], 'read_not_recorded', path);
  });

  test('is verified for four at once, and for others once one of them is done', async (context) => {
    const gate = Promise.withResolvers<null>();
    const begun: string[] = [];
    const { ask } = await anApi(context, () => ({ verifyBundle: async (_account, id) => (begun.push(id), await gate.promise) }));
    const path = `/bundles/${'a'.repeat(64)}/verify`;
    const first = [1, 2, 3, 4].map(() => ask(path));
    while (begun.length < 4) await new Promise<void>((resolve) => void setImmediate(resolve));
    assert.equal((await ask(path)).answer['code'], 'busy');
    gate.resolve(null);
    assert.deepEqual((await Promise.all(first)).map(({ answer }) => answer['code']), Array.from({ length: 4 }, () => 'not_found'));
    assert.equal((await ask(path)).answer['code'], 'not_found');
  });

  const flipped = (kept: KeptBundle): KeptBundle => ({ ...kept, file: kept.file.map((byte, place) => (place === 200 ? byte ^ 1 : byte)) });

  test('attack: one that was changed where it is kept does not verify', async (context) => {
    const { post, append, ask } = await aBundleApi(context, { change: flipped });
    await append({ repository: shop, subject: 'pull-request:7' });
    const id = String(field((await post(ofPullRequest)).answer['bundle'], 'id'));
    const { answer } = await ask(`/bundles/${id}/verify`);
    assert.deepEqual([answer['verified'], answer['outcome'], field(answer['firstWrong'], 'check')], [false, 'tampered', 'form']);
  });

  test('attack: another bundle in the place of one does not verify, nor one that a stranger signed', async (context) => {
    const others: KeptBundle[] = [];
    const { post, append, ask, download } = await aBundleApi(context, { change: (kept) => others[0] ?? kept });
    await append({ repository: shop, subject: 'pull-request:7' }, { repository: shop, event: 'release.state_changed' });
    const [asked, other] = [field((await post(ofPullRequest)).answer['bundle'], 'id'), field((await post({ kind: 'contract', id: 'checkout' })).answer['bundle'], 'id')];
    const swapped = await download(String(other));
    others.push({ account, id: `sha256:${String(asked)}`, file: swapped, entries: 1, madeAt: new Date(0) });
    const { answer } = await ask(`/bundles/${String(asked)}/verify`);
    assert.deepEqual([answer['verified'], field(answer['firstWrong'], 'reason')], [false, 'id']);
  });

  test('attack: one that was changed where it is kept is not given out as made again', async (context) => {
    const { post, append, store, log } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' });
    const id = `sha256:${String(field((await post(ofPullRequest)).answer['bundle'], 'id'))}` as const;
    const place = await store.transaction((transaction) => transaction.keptBundle(account, id));
    assert.ok(place);
    // As somebody with the database would: the bytes that the store holds.
    place.file.set([place.file[200]! ^ 1], 200);
    const again = await post(ofPullRequest);
    assert.deepEqual([again.status, again.answer['code'], log.lines.some(({ message }) => message === 'bundle not made')], [503, 'log_broken', true]);
  });

  test('attack: one of a log whose entries were changed is not made', async (context) => {
    const { post, append, store } = await aBundleApi(context);
    await append({ repository: shop, subject: 'pull-request:7' }, { repository: shop, subject: 'pull-request:7' });
    await createSealer({ store, signer, clock: { now: () => new Date() } }).seal(account, { force: true });
    const [first] = await store.audit.entries(account, 0, 1);
    assert.ok(first);
    first.leaf.set(Buffer.from('d'), Buffer.from(first.leaf).indexOf('allow'));
    const { status, answer } = await post(ofPullRequest);
    assert.deepEqual([status, answer['code']], [503, 'log_broken']);
  });
});
