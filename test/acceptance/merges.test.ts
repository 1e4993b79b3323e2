import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aContract, hashOf } from '../builders/a-contract.ts';
import type { Json } from '../github/json.ts';
import { objectOf } from '../github/json.ts';
import { startPlumbline } from './a-plumbline.ts';
import type { Plumbline } from './a-plumbline.ts';
import { eventually } from './eventually.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = { 'contracts/checkout.yaml': aContract({ spec: { limit: 9 } }) };
const bump = { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) };

describe('what reaches a governed branch', () => {
  let plumbline: Plumbline;

  before(async () => {
    plumbline = await startPlumbline();
  });
  after(() => plumbline.finish());

  describe('through GitHub', { concurrency: 6 }, () => {
    it('a merge group of good changes is allowed on its own commit', async () => {
      const repository = await plumbline.repository('queue', released);
      const first = await plumbline.pull(repository, 'bump', bump);
      const second = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
      await plumbline.check(repository, first.head, { is: 'success' });
      const group = await plumbline.github.queueMerge(repository, [first.number, second.number]);
      await plumbline.check(repository, group.head, { is: 'success' });
    });

    it('a merge group with a bad change is denied', async () => {
      const repository = await plumbline.repository('bad-queue', released);
      const { number, head } = await plumbline.pull(repository, 'fix', mutated);
      await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
      const group = await plumbline.github.queueMerge(repository, [number]);
      await plumbline.check(repository, group.head, { is: 'failure', says: /immutable_changed/ });
    });

    it('attack: a merge group behind which no open pull request stands is blocked', async () => {
      const repository = await plumbline.repository('nobodys-queue', released);
      const { number, head } = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
      await plumbline.check(repository, head, { is: 'success' });
      await plumbline.github.editPullRequest(repository, number, { state: 'closed' });
      const group = await plumbline.github.queueMerge(repository, [number]);
      await plumbline.check(repository, group.head, { is: 'failure', says: /snapshot\/group_unresolved/ });
    });

    it('an allowed change is merged, and the next one is judged against what it released', async () => {
      const repository = await plumbline.repository('allowed', released);
      plumbline.github.requireCheck(repository, 'main', { name: 'plumbline', appId: plumbline.github.appId });
      const { number, head } = await plumbline.pull(repository, 'bump', bump);
      await assert.rejects(plumbline.github.mergePullRequest(repository, number), /405/);
      await plumbline.check(repository, head, { is: 'success' });
      await plumbline.github.mergePullRequest(repository, number);
      const late = await plumbline.pull(repository, 'late', { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 3 } }) });
      await plumbline.check(repository, late.head, { is: 'failure', says: /immutable_changed/ });
    });

    it('a denied change that an administrator merges all the same is found: its contract has diverged', async () => {
      const repository = await plumbline.repository('bypassed', released);
      const { number, head } = await plumbline.pull(repository, 'fix', mutated);
      await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
      await plumbline.github.mergePullRequest(repository, number, { bypass: true });
      const next = await plumbline.pull(repository, 'next', { 'contracts/checkout.yaml': aContract({ version: '1.2.0', previous: hashOf(), spec: { limit: 3 } }) });
      await plumbline.check(repository, next.head, { is: 'failure', says: /contract\/base_diverged/ });
    });

    it('a direct push that mutates a release is found: its contract has diverged, others go on, restoring it is allowed', async () => {
      const repository = await plumbline.repository('pushed-directly', { ...released, 'contracts/search.yaml': aContract({ id: 'search' }) });
      const first = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
      await plumbline.check(repository, first.head, { is: 'success' });
      await plumbline.github.commitFiles(repository, 'main', mutated, 'Mutate', { as: 'alice' });
      const next = await plumbline.pull(repository, 'next', { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 3 } }) });
      await plumbline.check(repository, next.head, { is: 'failure', says: /contract\/base_diverged/ });
      const other = await plumbline.pull(repository, 'other', { 'contracts/search.yaml': aContract({ id: 'search', version: '1.1.0', previous: hashOf({ id: 'search' }), spec: { limit: 2 } }) });
      await plumbline.check(repository, other.head, { is: 'success' });
      const restored = await plumbline.pull(repository, 'restore', released);
      await plumbline.check(repository, restored.head, { is: 'success' });
    });
  });

  it('every arrival stands in the audit log, with the decision that allowed it or as bypassed', async () => {
    const settled = await plumbline.github.createRepository('last', { files: { '.github/plumbline.yml': 'version: 1\n' } });
    const { head } = await plumbline.pull(settled, 'docs', { 'README.md': 'x\n' });
    await plumbline.check(settled, head, { is: 'success' });
    assert.equal(await plumbline.stop(), 0);
    const arrivals = await eventually('three arrivals', async () => {
      const found = (await plumbline.auditEntries()).filter((entry) => entry['event'] === 'change.merged').map(arrivalOf);
      if (found.length >= 3) return found;
      await plumbline.start();
      await plumbline.stop();
      return null;
    });
    assert.deepEqual(arrivals.toSorted(), ['acme/allowed pull-request:1 allowed', 'acme/bypassed pull-request:1 governance/bypassed', 'acme/pushed-directly push governance/bypassed']);
  });
});

function arrivalOf(entry: Json): string {
  return `${String(objectOf(entry['repository'])['name'])} ${String(entry['subject'])} ${String(entry['outcome'])}`;
}
