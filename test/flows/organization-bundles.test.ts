import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { createBundleFetcher } from '../../src/probes/policy-bundles/fetch-bundle.ts';
import type { BundleFetcher } from '../../src/probes/policy-bundles/fetch-bundle.ts';
import { privateKeyOf, publicJwk } from '../builders/signing-keys.ts';
import type { Content } from '../builders/content.ts';
import { aService, rulesFor } from '../probes/behavior-sources/a-service.ts';
import { builtBundle, sha256, signatureOf, tarOf } from '../probes/policy-engine/a-bundle.ts';
import { anEngine } from '../probes/policy-engine/an-engine.ts';
import { constant, opaLike, wasmModule } from '../probes/policy-engine/wasm-module.ts';
import { aWorld } from './a-world.ts';
import { entriesOf, pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const { engine } = anEngine();
const key = privateKeyOf('ES256', 'policies');
const keys = JSON.stringify({ keys: [publicJwk(key, 'policies')] });

/** Denies what changes the documentation, and holds everything else with `held` in its title. */
const rule = (word: string): string => `package plumbline.rules.docs.frozen

import rego.v1

outcome(action) := "fail" if startswith(action.action, "docs.")

outcome(action) := "pass" if not startswith(action.action, "docs.")

result contains {"subject": action.name, "outcome": outcome(action), "message": "${word}"} if some action in input.actions
`;
const [frozen, other] = ['docs are frozen', 'docs stay frozen'].map((word) => builtBundle({ 'docs/frozen.rego': rule(word) }, ['docs/frozen'], key));
assert.ok(frozen !== undefined && other !== undefined);
const path = 'policies/team.tar.gz';
const byPath = `version: 1\nkeys: [keys.json]\ngovernance: {bundles: [{name: team, path: ${path}}]}\n`;
const byUrl = (url: string, digest: Digest): string => `version: 1\nkeys: [keys.json]\ngovernance: {bundles: [{name: team, url: "${url}", digest: "${digest}"}]}\n`;

/** Branch of the same GitHub that stands for the organisation's repository. */
const organization = 'organization';

function atOrganization({ github }: World, files: Readonly<Record<string, Content>>): void {
  const commit = github.commit(organization, files);
  const text = files['plumbline.yml'];
  github.organization = { repository: { ...github.ref, id: 1, name: '.github' }, commit, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : (github.organization?.bytes ?? null) };
}

/** Pull request 1 changes the documentation, 2 the code, in a repository of an organisation with these files. */
async function judged(files: Readonly<Record<string, Content>>, bundles: BundleFetcher | null = null): Promise<World> {
  const world = aWorld({}, requiredGates, engine, bundles === null ? {} : { bundles });
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': 'version: 1\n', 'docs/a.md': 'a', 'src/a.ts': 'a' });
  atOrganization(world, { 'keys.json': keys, ...files });
  await pushed(world);
  for (const [number, changed] of [[1, 'docs/a.md'], [2, 'src/a.ts']] as const) {
    github.branch(`b${number}`, 'main');
    github.commit(`b${number}`, { [changed]: 'b' });
    github.openPull(number, `b${number}`);
    await world.evaluate(number);
  }
  return world;
}

async function decisionOf({ store }: World, number: number) {
  const record = await store.transaction((transaction) => transaction.newestDecision(100, `pull-request:${number}`));
  assert.ok(record);
  return record.decision;
}

async function saidOf(world: World, number: number): Promise<string> {
  const { decision, cause, verdicts } = await decisionOf(world, number);
  return [decision, cause, ...verdicts.flatMap(({ findings }) => findings.map(({ code }) => code))].join(' ');
}

async function messagesOf(world: World, number: number): Promise<string> {
  return (await decisionOf(world, number)).verdicts.flatMap(({ findings }) => findings.map(({ message, next }) => `${message} ${next}`)).join('\n');
}

const bundlesOf = async (world: World, number: number) => (await decisionOf(world, number)).verdicts.flatMap(({ bundles = [] }) => bundles);

describe('a bundle in the repository of the organisation', () => {
  it('judges what is proposed in every repository, and the record names its digest', async () => {
    const world = await judged({ 'plumbline.yml': byPath, [path]: frozen });
    assert.deepEqual([await saidOf(world, 1), await saidOf(world, 2)], ['deny fail policy/denied', 'allow pass']);
    assert.match(await messagesOf(world, 1), /The rule docs\/frozen of the organisation's bundle team denies that: "docs are frozen"/);
    assert.deepEqual(await bundlesOf(world, 2), [{ whose: "the organisation's bundle team", digest: digestOfBytes(frozen) }]);
    const entries = await world.store.audit.entries(1, 0, 100);
    assert.ok(entries.some(({ openings }) => openings.some(({ bytes }) => bytes !== null && new TextDecoder().decode(bytes).includes(digestOfBytes(frozen)))));
  });

  it('is another policy once it is replaced', async () => {
    const world = await judged({ 'plumbline.yml': byPath, [path]: frozen });
    const before = await decisionOf(world, 2);
    atOrganization(world, { [path]: other });
    for (const number of [1, 2]) await world.evaluate(number);
    assert.notEqual((await decisionOf(world, 2)).policyDigest, before.policyDigest);
    assert.match(await messagesOf(world, 1), /docs stay frozen/);
    const decisions = (await entriesOf(world)).filter(({ event }) => event === 'decision.made');
    assert.equal(new Set(decisions.map(({ policyDigest }) => policyDigest)).size, 2);
  });

  const forged = async (name: string): Promise<Uint8Array> => {
    const files = [{ name: 'policy.wasm', content: wasmModule(opaLike(constant(3072))) }, { name: '.manifest', content: '{"metadata":{"rules":["docs/frozen"]},"wasm":[{"entrypoint":"main/report","module":"/policy.wasm"}]}' }];
    return tarOf([...files, { name: '.signatures.json', content: await signatureOf(files.map((file) => ({ name: file.name, hash: sha256(file.content) })), name === 'stranger' ? privateKeyOf('ES256', 'stranger') : key) }]);
  };

  for (const [what, content, why] of [
    ['somebody else signed', async () => await forged('stranger'), /The organisation's bundle team gave no answer: it is signed by none of the keys\./],
    ['says nothing of what it was asked', async () => await forged('us'), /The organisation's bundle team gave no answer: main\.report is undefined/],
    ['is none', async () => 'no bundle', /The organisation's bundle team gave no answer: it is no gzip/],
  ] as const) {
    it(`that ${what} blocks every change, and says who mends it`, async () => {
      const world = await judged({ 'plumbline.yml': byPath, [path]: await content() });
      assert.deepEqual([await saidOf(world, 1), await saidOf(world, 2)], ['deny inconclusive policy/no_answer', 'deny inconclusive policy/no_answer']);
      assert.match(await messagesOf(world, 2), why);
      assert.match(await messagesOf(world, 2), /Whoever maintains acme\/\.github mends it there/);
    });
  }

  it('is none of a repository below that has a file of that name, or names it itself: attack', async () => {
    const world = await judged({ 'plumbline.yml': byPath, [path]: frozen });
    world.github.commit('main', { [path]: await forged('us'), 'keys.json': '{}', '.github/plumbline.yml': 'version: 1\ngovernance: {bundles: []}\n' });
    rebase(world, 1);
    await world.evaluate(1);
    assert.match(await saidOf(world, 1), /^deny fail .*policy\/denied/);
  });
});

describe('a bundle at an address', () => {
  it('judges as pinned, is fetched once, and needs its host no more', async (context) => {
    let isAway = false;
    const service = await aService(context, (response) => (isAway ? response.writeHead(503).end() : response.writeHead(200).end(frozen)));
    const kept = new Map<Digest, Uint8Array>();
    const fetcher = createBundleFetcher({ rules: rulesFor(service.host) }, { find: async (digest) => kept.get(digest) ?? null, keep: async (digest, bytes) => void kept.set(digest, bytes) });
    const world = await judged({ 'plumbline.yml': byUrl(`${service.url}team.tar.gz`, digestOfBytes(frozen)) }, fetcher);
    assert.deepEqual([await saidOf(world, 1), await saidOf(world, 2), service.requests.length], ['deny fail policy/denied', 'allow pass', 1]);
    isAway = true;
    await world.evaluate(2);
    assert.deepEqual([await saidOf(world, 2), await bundlesOf(world, 2)], ['allow pass', [{ whose: "the organisation's bundle team", digest: digestOfBytes(frozen) }]]);
    atOrganization(world, { 'plumbline.yml': byUrl(`${service.url}team.tar.gz`, digestOfBytes(other)) });
    await world.evaluate(2);
    assert.equal(await saidOf(world, 2), 'deny inconclusive policy/no_answer');
    assert.match(await messagesOf(world, 2), /it could not be fetched: "127\.0\.0\.1:\d+" answered 503, expected 200\. .*Wait for the next attempt/);
  });

  it('that is not what was pinned, or whose host nobody allowed, blocks every change', async (context) => {
    const service = await aService(context, (response) => response.writeHead(200).end(other));
    const fetcher = (...hosts: readonly string[]) => createBundleFetcher({ rules: rulesFor(...hosts) }, { find: async () => null, keep: async () => {} });
    const files = { 'plumbline.yml': byUrl(service.url, digestOfBytes(frozen)) };
    assert.match(await messagesOf(await judged(files, fetcher(service.host)), 2), /it can not be taken: .* answered something that has the digest sha256:/);
    assert.match(await messagesOf(await judged(files, fetcher()), 2), /it can not be taken: the URL of the bundle leads to "127\.0\.0\.1:\d+", expected a host that the operator lists in POLICY_BUNDLE_HOSTS/);
    assert.match(await messagesOf(await judged(files), 2), /it could not be fetched: nothing is fetched here/);
  });
});
