import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { configuration } from '../a-plumbline.ts';
import { eventually } from '../eventually.ts';
import { plumbline } from './one-server.ts';

const released = { 'contracts/checkout.yaml': aContract() };
const mutated = { 'contracts/checkout.yaml': aContract({ spec: { limit: 9 } }) };
const bump = { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) };

/** Two branches in one entry: `release` only observes what main refuses. */
const twoBranches = configuration.replace('contracts:', 'branches: [{entry: main, names: [main, release]}]\ncontracts:');
const observing = `${twoBranches}rules: {"*": observe}\n`;

/** Each version has a path of its own. */
const versioned = configuration.replace('signatures: optional', 'signatures: optional, layout: versioned');

describe('the life of a pull request', { concurrency: 8 }, () => {
  it('a draft is judged like any other', async () => {
    const repository = await plumbline.repository('draft', released);
    const { head } = await plumbline.pull(repository, 'fix', mutated, { draft: true });
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
  });

  it('a reopened pull request is judged again, with a run of its own', async () => {
    const repository = await plumbline.repository('reopened', released);
    const { number, head } = await plumbline.pull(repository, 'bump', bump);
    const first = await plumbline.check(repository, head, { is: 'success' });
    await plumbline.github.editPullRequest(repository, number, { state: 'closed' });
    await plumbline.github.editPullRequest(repository, number, { state: 'open' });
    await plumbline.check(repository, head, { is: 'success', after: first.id });
  });

  it('a newer head is judged; the older one never turns green after it', async () => {
    const repository = await plumbline.repository('pushed', released);
    const { head } = await plumbline.pull(repository, 'work', mutated);
    const newer = await plumbline.github.commitFiles(repository, 'work', bump, 'Bump', { as: 'dev' });
    await plumbline.check(repository, newer, { is: 'success' });
    const old = (await plumbline.checks(repository, head)).filter((run) => run.name === 'plumbline');
    assert.ok(old.every((run) => run.conclusion !== 'success'), JSON.stringify(old));
    await eventually('no run of the older head stays open', async () => ((await plumbline.checks(repository, head)).every((run) => run.status === 'completed') ? true : null));
  });

  it('of two open pull requests that extend one version both are green until the first merges; then the second is a fork', async () => {
    const extending = (version: string) => ({ [`contracts/checkout/${version}.yaml`]: aContract({ version, previous: hashOf(), spec: { limit: 2 } }) });
    const repository = await plumbline.repository('two-extensions', { '.github/plumbline.yml': versioned, 'contracts/checkout/1.0.0.yaml': aContract() });
    const [first, second] = [await plumbline.pull(repository, 'first', extending('1.1.0')), await plumbline.pull(repository, 'second', extending('1.2.0'))];
    await plumbline.check(repository, first.head, { is: 'success' });
    const green = await plumbline.check(repository, second.head, { is: 'success' });
    await plumbline.github.mergePullRequest(repository, first.number);
    await plumbline.check(repository, second.head, { is: 'failure', says: /contract\/fork/, after: green.id });
  });

  it('of two open pull requests that bump one file the second must be updated when the first merges', async () => {
    const repository = await plumbline.repository('two-bumps', released);
    const later = { 'contracts/checkout.yaml': aContract({ version: '1.2.0', previous: hashOf(), spec: { limit: 3 } }) };
    const [first, second] = [await plumbline.pull(repository, 'first', bump), await plumbline.pull(repository, 'second', later)];
    await plumbline.check(repository, first.head, { is: 'success' });
    const green = await plumbline.check(repository, second.head, { is: 'success' });
    await plumbline.github.mergePullRequest(repository, first.number);
    await plumbline.check(repository, second.head, { is: 'failure', says: /snapshot\/update_branch/, after: green.id });
  });

  it('attack: of a rebase merge only the last commit is released: a content that stood in between is neither a release nor restored', async () => {
    const evil = { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 666 } }) };
    const repository = await plumbline.repository('rebased', released);
    await plumbline.github.commitFiles(repository, 'work', evil, 'Try', { as: 'dev' });
    const { number, head } = await plumbline.pull(repository, 'work', bump);
    await plumbline.check(repository, head, { is: 'success' });
    await plumbline.github.mergePullRequest(repository, number, { method: 'rebase' });
    const next = { 'contracts/checkout.yaml': aContract({ version: '1.2.0', previous: hashOf({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }), spec: { limit: 3 } }) };
    const [honest, restoring] = [await plumbline.pull(repository, 'next', next), await plumbline.pull(repository, 'restore', evil)];
    await plumbline.check(repository, honest.head, { is: 'success' });
    await plumbline.check(repository, restoring.head, { is: 'failure', says: /immutable_changed/ });
  });

  it('a pull request that is retargeted to a governed branch is judged there; one that leaves is not judged again', async () => {
    const repository = await plumbline.repository('retarget', released);
    await plumbline.github.commitFiles(repository, 'sandbox', { 'notes.md': 'x\n' }, 'Begin', { as: 'alice' });
    const { number, head } = await plumbline.pull(repository, 'fix', mutated, { base: 'sandbox' });
    const other = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, other.head, { is: 'success' });
    assert.deepEqual(await plumbline.checks(repository, head), []);
    await plumbline.github.editPullRequest(repository, number, { base: 'main' });
    const denied = await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
    await plumbline.github.editPullRequest(repository, number, { base: 'sandbox' });
    await plumbline.github.editPullRequest(repository, number, { base: 'main' });
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/, after: denied.id });
  });

  it('two pull requests on one commit: the strict base decides until its pull request closes and the lax one is judged there', async () => {
    const { repository, head, strict, lax } = await aSharedHead('one-sha');
    const denied = await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
    await eventually('both were judged', async () => ((await plumbline.checks(repository, head)).filter((run) => run.name === 'plumbline' && run.status === 'completed').length >= 2 ? true : null));
    assert.equal((await newest(repository, head))?.conclusion, 'failure');
    await plumbline.github.editPullRequest(repository, strict, { state: 'closed' });
    // The closed one keeps counting for its own base until the commit changes: the strictest stands.
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/, after: denied.id });
    assert.ok(lax > 0);
  });

  it('attack: a head that is refused on main does not turn green by a retarget to a lax base of the entry and back', async () => {
    const { repository, head, lax } = await aSharedHead('there-and-back', { onlyLax: true });
    const green = await plumbline.check(repository, head, { is: 'success' });
    await plumbline.github.editPullRequest(repository, lax, { base: 'main' });
    const red = await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/, after: green.id });
    await plumbline.github.editPullRequest(repository, lax, { base: 'release' });
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/, after: red.id });
  });

  it('a pull request from a fork is judged', async () => {
    const repository = await plumbline.repository('fork', released);
    const { head } = await plumbline.pull(repository, 'patch', mutated, { fork: 'stranger' });
    await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
  });

  it('attack: a fork without write permission can not block the same commit of somebody who may write', async () => {
    const repository = await plumbline.repository('left-out', { ...released, '.github/plumbline.yml': twoBranches });
    const { head } = await plumbline.pull(repository, 'bump', bump, { as: 'dev' });
    const own = await plumbline.check(repository, head, { is: 'success' });
    await plumbline.github.pushTo(repository, 'copy', head, { fork: 'stranger' });
    await plumbline.github.openPullRequest(repository, { branch: 'copy', fork: 'stranger' });
    await plumbline.check(repository, head, { is: 'success', says: /Left out: .*#2/, after: own.id });
  });

  it('a re-request makes a new run and leaves the old one as it was', async () => {
    const repository = await plumbline.repository('rerun', released);
    const { head } = await plumbline.pull(repository, 'bump', bump);
    const first = await plumbline.check(repository, head, { is: 'success' });
    await plumbline.github.rerequest(repository, first.id, { as: 'dev' });
    const second = await plumbline.check(repository, head, { is: 'success', after: first.id });
    assert.notEqual(second.externalId, first.externalId);
  });

  it('attack: a check of our name by another App is neither taken for ours nor re-run', async () => {
    const repository = await plumbline.repository('forged', released);
    const head = await plumbline.github.commitFiles(repository, 'fix', mutated, 'Fix', { as: 'dev' });
    const forged = await plumbline.github.foreignCheck(repository, head, { name: 'plumbline', status: 'completed', conclusion: 'success', external_id: 'forged' });
    await plumbline.github.openPullRequest(repository, { branch: 'fix', as: 'dev' });
    const ours = await plumbline.check(repository, head, { is: 'failure', says: /immutable_changed/ });
    await plumbline.github.rerequest(repository, forged, { as: 'dev' });
    const after = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, after.head, { is: 'success' });
    assert.equal((await newest(repository, head))?.id, ours.id);
  });

  it('a base that moves re-judges those whose inputs changed, and nobody else', async () => {
    const repository = await plumbline.repository('moved', { ...released, 'contracts/search.yaml': aContract({ id: 'search' }) });
    const touched = await plumbline.pull(repository, 'bump', bump);
    const untouched = await plumbline.pull(repository, 'docs', { 'docs/a.md': 'a\n' });
    const before = await plumbline.check(repository, touched.head, { is: 'success' });
    await plumbline.check(repository, untouched.head, { is: 'success' });
    await settledRuns(repository, untouched.head);
    const runs = (await plumbline.checks(repository, untouched.head)).length;
    await plumbline.github.commitFiles(repository, 'main', { 'contracts/checkout.yaml': aContract({ version: '1.0.1', previous: hashOf(), spec: { limit: 5 } }) }, 'Release meanwhile', { as: 'alice' });
    await plumbline.check(repository, touched.head, { is: 'failure', says: /snapshot\/update_branch/, after: before.id });
    assert.equal((await plumbline.checks(repository, untouched.head)).length, runs);
  });

  it('a delivery that comes again is done already; another body under its id is kept apart', async () => {
    const repository = await plumbline.repository('again', released);
    const { number, head } = await plumbline.pull(repository, 'bump', bump);
    const first = await plumbline.check(repository, head, { is: 'success' });
    await settledRuns(repository, head);
    const sent = plumbline.github.deliveries().find((one) => one.event === 'pull_request' && JSON.stringify(one.payload).includes(head));
    assert.ok(sent !== undefined);
    await eventually('the delivery is completed', async () => ((await plumbline.deliver('pull_request', sent.payload, sent.guid)).text === 'completed' ? true : null));
    assert.deepEqual(await plumbline.deliver('pull_request', { ...sent.payload, number: number + 1 }, sent.guid), { status: 202, text: 'conflict', guid: sent.guid });
    assert.ok((await newest(repository, head))!.id >= first.id);
  });

  async function aSharedHead(name: string, options: { readonly onlyLax?: boolean } = {}) {
    const repository = await plumbline.repository(name, { ...released, '.github/plumbline.yml': twoBranches });
    const head = await plumbline.github.commitFiles(repository, 'shared', mutated, 'Fix', { as: 'dev' });
    await plumbline.github.commitFiles(repository, 'release', { '.github/plumbline.yml': observing }, 'Observe here', { as: 'alice' });
    const open = async (base: string): Promise<number> => (await plumbline.github.openPullRequest(repository, { branch: 'shared', base, as: 'dev' })).number;
    const lax = await open('release');
    return { repository, head, lax, strict: options.onlyLax === true ? 0 : await open('main') };
  }

  async function newest(repository: RepositoryRef, sha: string) {
    return (await plumbline.checks(repository, sha)).findLast((run) => run.name === 'plumbline');
  }

  /** Until the record is complete a first judgement may be followed by another. */
  async function settledRuns(repository: RepositoryRef, sha: string): Promise<void> {
    await eventually('no open run', async () => ((await plumbline.checks(repository, sha)).every((run) => run.status === 'completed') ? true : null));
  }
});

describe('what reaches a governed branch', { concurrency: 6 }, () => {
  it('a merge group of good changes, squashed, is allowed on its own commit', async () => {
    const repository = await plumbline.repository('queue', released);
    const first = await plumbline.pull(repository, 'bump', bump);
    const second = await plumbline.pull(repository, 'docs', { 'README.md': 'more\n' });
    await plumbline.check(repository, first.head, { is: 'success' });
    const group = await plumbline.github.queueMerge(repository, [first.number, second.number], 'main', 'squash');
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
