import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import type { Digest } from '../../../src/domain/digest.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { GuardedConnection } from '../../../src/probes/behavior-sources/guarded-request.ts';
import { createBundleFetcher } from '../../../src/probes/policy-bundles/fetch-bundle.ts';
import type { KeptBundles } from '../../../src/probes/policy-bundles/fetch-bundle.ts';
import { aService, rulesFor } from '../behavior-sources/a-service.ts';

const content = Buffer.from('a bundle, as far as this is concerned');
const digest = digestOfBytes(content);

function inMemory(): KeptBundles & { readonly kept: Map<Digest, Uint8Array> } {
  const kept = new Map<Digest, Uint8Array>();
  return { kept, find: async (name) => kept.get(name) ?? null, keep: async (name, bytes) => void kept.set(name, bytes) };
}

async function fetched(context: TestContext, answer: (response: ServerResponse, path: string) => void, { path = 'a.tar.gz', pinned = digest, ...connection }: Partial<GuardedConnection> & { readonly path?: string; readonly pinned?: Digest } = {}) {
  const service = await aService(context, (response, { url }) => answer(response, url ?? ''));
  const memory = inMemory();
  const fetcher = createBundleFetcher({ rules: rulesFor(service.host), resolve: async () => ['127.0.0.1'], timeoutMs: 2_000, ...connection }, memory);
  const url = `${service.url}${path}`;
  return { service, memory, url, fetcher, answer: await fetcher.fetch({ url, digest: pinned }) };
}

test('a bundle is what its digest says, fetched without any credential, once', async (context) => {
  const { service, url, fetcher, answer } = await fetched(context, (response) => response.writeHead(200).end(content));
  assert.deepEqual(answer, { kind: 'answered', value: { kind: 'bytes', bytes: content } });
  assert.deepEqual(await fetcher.fetch({ url, digest }), answer);
  assert.deepEqual(service.requests, [{ path: '/a.tar.gz', authorization: null }]);
});

test('who asks at once shares one request', async (context) => {
  const { service, url, fetcher, memory } = await fetched(context, (response) => setTimeout(() => response.writeHead(200).end(content), 20));
  memory.kept.clear();
  const answers = await Promise.all([1, 2, 3].map(async () => await fetcher.fetch({ url, digest })));
  assert.deepEqual([answers.map(({ kind }) => kind), service.requests.length], [['answered', 'answered', 'answered'], 2]);
});

test('what was kept under another digest, or was changed there, is fetched again: attack', async (context) => {
  const { service, memory, url, fetcher } = await fetched(context, (response) => response.writeHead(200).end(content));
  memory.kept.set(digest, Buffer.from('something else'));
  assert.deepEqual(await fetcher.fetch({ url, digest }), { kind: 'answered', value: { kind: 'bytes', bytes: content } });
  assert.equal(service.requests.length, 2);
});

const refused: readonly (readonly [what: string, answer: (response: ServerResponse, path: string) => void, options: Parameters<typeof fetched>[2], why: RegExp])[] = [
  ['has another digest than was pinned', (response) => response.writeHead(200).end('other'), {}, /answered something that has the digest sha256:[0-9a-f]{64}, expected sha256:/],
  ['is not there', (response) => response.writeHead(404).end(), {}, /answered 404, expected 200/],
  ['is too large, as it is said', (response) => response.writeHead(200, { 'content-length': String(limits.bundleBytes + 1) }).flushHeaders(), {}, /answered with too much, expected at most 8388608 bytes/],
  ['is too large, as it comes', (response) => response.writeHead(200).end(Buffer.alloc(limits.bundleBytes + 1)), {}, /answered with too much/],
  ['leads to a host that is not allowed', (response) => response.writeHead(302, { location: 'https://evil.example/a.tar.gz' }).end(), {}, /a redirect of the service leads to another host/],
  ['stands on this machine, where that is not allowed', (response) => response.writeHead(200).end(content), { rules: { hosts: ['127.0.0.1'], allowsLoopback: false } }, /is not https/],
];

for (const [what, answer, options, why] of refused) {
  test(`a bundle that ${what} is refused, and nothing is kept`, async (context) => {
    const { answer: found, memory } = await fetched(context, answer, options);
    assert.ok(found.kind === 'answered' && found.value.kind === 'refused', JSON.stringify(found));
    assert.match(found.value.why, why);
    assert.equal(memory.kept.size, 0);
  });
}

test('attack: an allowed name that stands for a private address is not connected to', async () => {
  const fetcher = createBundleFetcher({ rules: { hosts: ['policies.example'], allowsLoopback: false }, resolve: async () => ['93.184.215.14', '169.254.169.254'] }, inMemory());
  const answer = await fetcher.fetch({ url: 'https://policies.example/a.tar.gz', digest });
  assert.match(answer.kind === 'answered' && answer.value.kind === 'refused' ? answer.value.why : '', /stands for a private, reserved or metadata address/);
});

test('a host that was not allowed is not asked at all, also for what was kept', async (context) => {
  const { service, memory, url } = await fetched(context, (response) => response.writeHead(200).end(content));
  const fetcher = createBundleFetcher({ rules: rulesFor('policies.example') }, memory);
  const answer = await fetcher.fetch({ url, digest });
  assert.match(answer.kind === 'answered' && answer.value.kind === 'refused' ? answer.value.why : '', /leads to "127\.0\.0\.1:\d+", expected a host that the operator lists in POLICY_BUNDLE_HOSTS/);
  assert.equal(service.requests.length, 1);
});

for (const [what, answer] of [['is busy', (response) => response.writeHead(503).end()], ['asks for patience', (response) => response.writeHead(429).end()], ['breaks off', (response) => response.writeHead(200, { 'content-length': '99' }).end('part', () => response.destroy())], ['never ends', (response) => response.writeHead(200).write('part')]] as const satisfies readonly (readonly [string, (response: ServerResponse) => unknown])[]) {
  test(`a service that ${what} leaves it open`, async (context) => {
    const { answer: found } = await fetched(context, (response) => void answer(response), { timeoutMs: 200 });
    assert.equal(found.kind, 'unavailable', JSON.stringify(found));
  });
}
