import { after, before, describe, it } from 'node:test';
import { aContract } from '../builders/a-contract.ts';
import { configuration, startPlumbline } from './a-plumbline.ts';
import type { Plumbline } from './a-plumbline.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = aContract({ spec: { limit: 9 } });

describe('what an organisation has configured', { concurrency: 4 }, () => {
  let plumbline: Plumbline;

  before(async () => {
    plumbline = await startPlumbline();
    // Before anything is judged: that an organisation has no such repository is remembered for a minute.
    await plumbline.github.createRepository('.github', { files: { 'plumbline.yml': configuration.replace('signatures: optional', 'signatures: required') } });
  });
  after(() => plumbline.finish());

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
