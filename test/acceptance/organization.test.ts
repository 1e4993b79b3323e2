import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { aContract } from '../builders/a-contract.ts';
import { privateKeyOf, publicJwk } from '../builders/signing-keys.ts';
import { builtBundle } from '../probes/policy-engine/a-bundle.ts';
import { configuration, startPlumbline } from './a-plumbline.ts';
import type { Plumbline } from './a-plumbline.ts';

const key = privateKeyOf('ES256', 'policies');

/** A bundle that denies whatever touches a folder. */
function sealing(folder: string): Uint8Array {
  const touches = `touches(action) if {\n\tsome path in action.paths\n\tstartswith(path, "${folder}/")\n}\n`;
  const result = (outcome: string, condition: string): string => `result contains {"subject": action.name, "outcome": "${outcome}"} if {\n\tsome action in input.actions\n\t${condition}\n}\n`;
  return builtBundle({ 'seal.rego': `package plumbline.rules.${folder}.sealed\n\nimport rego.v1\n\n${[touches, result('fail', 'touches(action)'), result('pass', 'not touches(action)')].join('\n')}` }, [`${folder}/sealed`], key);
}

/** Serves one bundle, and counts how often. */
function aHost(bundle: Uint8Array) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200).end(bundle);
  });
  return {
    asked: () => asked,
    async start(): Promise<string> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : assert.fail('it does not listen');
    },
    stop: () => server.close(),
  };
}

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = aContract({ spec: { limit: 9 } });

describe('what an organisation has configured', { concurrency: 4 }, () => {
  let plumbline: Plumbline;
  const [inside, elsewhere] = [sealing('vault'), sealing('archive')];
  const host = aHost(elsewhere);

  before(async () => {
    const address = await host.start();
    plumbline = await startPlumbline({ environment: { POLICY_BUNDLE_HOSTS: address } });
    const bundles = `  bundles: [{name: vault, path: policies/vault.tar.gz}, {name: archive, url: "http://${address}/archive.tar.gz", digest: "${digestOfBytes(elsewhere)}"}]\n`;
    const text = `${configuration.replace('signatures: optional', 'signatures: required').replace(/governance: \{(.*)\}\n/, `governance:\n  $1\n${bundles}`)}keys: [keys.json]\n`;
    // Before anything is judged: that an organisation has no such repository is remembered for a minute.
    await plumbline.github.createRepository('.github', { files: { 'plumbline.yml': text, 'policies/vault.tar.gz': inside, 'keys.json': JSON.stringify({ keys: [publicJwk(key, 'policies')] }) } });
  });
  after(async () => {
    host.stop();
    await plumbline.finish();
  });

  it('judges by signed bundles of its repository and at addresses, which are fetched once', async () => {
    const repository = await plumbline.github.createRepository('sealed', { files: { 'README.md': 'x\n' } });
    for (const [folder, says] of [['vault', /bundle vault/], ['archive', /bundle archive/], ['open', null]] as const) {
      const { head } = await plumbline.pull(repository, folder, { [`${folder}/a.txt`]: 'x\n' });
      await plumbline.check(repository, head, says === null ? { is: 'success' } : { is: 'failure', says });
    }
    assert.equal(host.asked(), 1);
  });

  it('governs a repository that has none of its own', async () => {
    const repository = await plumbline.github.createRepository('plain', { files: released });
    const { head } = await plumbline.pull(repository, 'fix', { 'contracts/checkout.yaml': mutated });
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
  });

  it('can not be loosened by a repository: the ratchet denies the change', async () => {
    const repository = await plumbline.github.createRepository('loosening', { files: released });
    const { head } = await plumbline.pull(repository, 'loosen', { '.github/plumbline.yml': configuration });
    await plumbline.check(repository, head, { is: 'failure', says: /config\/ratchet/ });
  });

  it('judges together with what a repository adds', async () => {
    const own = 'version: 1\ncontracts:\n  - {name: agents, paths: ["agents/**/*.yaml"]}\n';
    const repository = await plumbline.github.createRepository('adding', { files: { '.github/plumbline.yml': own, 'agents/a.yaml': aContract({ id: 'a' }), ...released } });
    const added = await plumbline.pull(repository, 'agent', { 'agents/a.yaml': aContract({ id: 'a', spec: { limit: 9 } }) });
    await plumbline.check(repository, added.head, { is: 'failure', says: /immutable_changed/ });
    const organisations = await plumbline.pull(repository, 'fix', { 'contracts/checkout.yaml': mutated });
    await plumbline.check(repository, organisations.head, { is: 'failure', says: /immutable_changed/ });
  });

  it('attack: broken in its own repository, the newest valid version judges on', async () => {
    const repository = await plumbline.github.createRepository('after-breaking', { files: released });
    const before = await plumbline.pull(repository, 'docs', { 'README.md': 'x\n' });
    await plumbline.check(repository, before.head, { is: 'success' });
    const { account, installationId } = repository;
    const ref = { account, installationId, id: 1, owner: account.login, name: '.github' };
    await plumbline.github.commitFiles(ref, 'main', { 'plumbline.yml': 'version: 1\ncontractz: []\n' }, 'Break', { as: 'alice' });
    const { head } = await plumbline.pull(repository, 'fix', { 'contracts/checkout.yaml': mutated });
    await plumbline.check(repository, head, { is: 'failure', says: /config\/base_invalid[\s\S]*immutable_changed|immutable_changed[\s\S]*config\/base_invalid/ });
  });
});
