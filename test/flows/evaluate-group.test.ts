import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { aContract, aGovernedWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

async function aGroup(files: Readonly<Record<string, string>>, brings: 'the pull request' | 'nobody') {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.branch('stale', 'main');
  world.github.openPull(9, 'stale', { author: 'bystander' });
  const base = world.github.commit('main', { 'README.md': 'moved on\n' });
  world.github.branch('a', 'main');
  const change = world.github.commit('a', files);
  world.github.openPull(1, 'a', { base });
  await pushed(world);
  world.github.branch('queue', 'main');
  const head = world.github.commit('queue', files, brings === 'the pull request' ? [base, change] : [base]);
  await world.enqueue(evaluateGroupJob(world.github.ref, { headSha: head, headRef: 'refs/heads/gh-readonly-queue/main/pr-1', baseSha: base, baseRef: 'refs/heads/main' }));
  await world.settle();
  const links = (await world.store.audit.entries(world.github.ref.account.id, 0, 1_000)).map(({ leaf }): AuditEntry => JSON.parse(new TextDecoder().decode(leaf))).flatMap((entry) => (entry.event === 'decision.made' && entry.subject.startsWith('merge-group:') ? [entry.links.filter((link) => /^(?:pull-request|contract)/.test(link))] : []));
  return { state: world.github.check('plumbline', head)?.state, links };
}

test('a merge group of a sound change gets a green roll-up on its own commit', async () => {
  assert.equal((await aGroup({ 'contracts/new.yaml': aContract({ contractId: 'new' }) }, 'the pull request')).state?.conclusion, 'success');
});

test('the entry of a merge group\'s decision names its members and the contracts that it concerns, by their ids at both sides', async () => {
  const { links } = await aGroup({ 'contracts/new.yaml': aContract({ contractId: 'new' }), 'contracts/checkout.yaml': aContract({ contractId: 'renamed' }) }, 'the pull request');
  assert.deepEqual(links, [['pull-request:1', 'contract:checkout', 'contract:new', 'contract:renamed']]);
  assert.deepEqual((await aGroup({ 'docs/x.md': 'x\n' }, 'nobody')).links, [[]]);
});

test('a merge group that mutates a released contract is refused', async () => {
  assert.equal((await aGroup({ 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) }, 'the pull request')).state?.conclusion, 'failure');
});

test('a merge group is not resolved by a bystander whose head the base has already', async () => {
  const { state } = await aGroup({ 'docs/x.md': 'x\n' }, 'nobody');
  assert.equal(state?.conclusion, 'failure');
  assert.match(state?.summary ?? '', /snapshot\/group_unresolved/);
});
