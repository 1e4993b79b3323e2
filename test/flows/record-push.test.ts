import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSnapshot } from '../../src/audit/open-snapshot.ts';
import { digestOfValue } from '../../src/domain/digest.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { aContract, aGovernedWorld } from './a-world.ts';
import { landedOf, brokenAt, conclusionOf, entriesOf, pushed, rebase, released, versionsOf } from './pushed-world.ts';

test('the backfill adopts what stands at the adoption commit and nothing before it', async () => {
  const world = aGovernedWorld();
  world.github.commit('main', { 'README.md': 'more\n' });
  await pushed(world);
  assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true]]);
});

test('a push that releases a version records it once, not adopted', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0' }) });
  await pushed(world);
  await pushed(world);
  assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true], ['checkout', '1.1.0', false]]);
});

test('every release, adopted or not, keeps a snapshot of its content, to which its entry refers', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0' }) });
  await pushed(world);
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
  const entries = (await entriesOf(world)).filter((entry) => entry.event.startsWith('release.'));
  assert.deepEqual(entries.map((entry) => [entry.event, entry.after, entry.links]), releases.map((one) => [one.adopted ? 'release.adopted' : 'release.recorded', one.contentHash, [`commit:${one.commit}`, `snapshot:${one.contentHash}`]]));
  const snapshots = await world.store.audit.snapshots(1, releases.map((one) => one.contentHash));
  const contents = snapshots.map(openSnapshot).map((opened) => (opened.kind === 'content' ? JSON.parse(new TextDecoder().decode(opened.content)).contractVersion : opened));
  assert.deepEqual(contents, ['1.0.0', '1.1.0']);
});

test('a crash while snapshots are kept keeps no release and no entry', async () => {
  const world = aGovernedWorld();
  await assert.rejects(recordPush(brokenAt(world, 'keepSnapshots'), { repository: world.github.ref, ref: 'refs/heads/main' }));
  assert.deepEqual([await versionsOf(world), (await world.auditEvents()).filter((event) => event !== 'config.seen')], [[], []]);
});

test('a halt and a later lifecycle of a released contract are entries with both state digests; a release from draft and other content are none', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', released('next', { lifecycle: 'draft' }));
  world.github.commit('main', { ...released('next'), 'contracts/checkout.yaml': aContract({ emergencyFlags: '{halted: true}' }) });
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0' }), ...released('next', { spec: '{limit: 9}', emergencyFlags: '{halted: true}' }) });
  const head = world.github.commit('main', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0', lifecycle: 'deprecated' }) });
  await pushed(world);
  await pushed(world);
  const entries = (await entriesOf(world)).filter((entry) => entry.event === 'release.state_changed');
  const digestOf = (lifecycle: string, halted: boolean) => digestOfValue({ lifecycle, emergencyFlags: { halted, humanApprovalRequired: false, budgetOverride: false } });
  assert.deepEqual(entries.map(({ subject, before, after, outcome }) => [subject, before, after, outcome]), [
    ['contract:checkout@1.0.0', digestOf('active', false), digestOf('active', true), 'active'],
    ['contract:checkout@1.1.0', digestOf('active', false), digestOf('deprecated', false), 'deprecated'],
  ]);
  assert.deepEqual(entries.at(-1)?.links, [`commit:${head}`]);
});

test('a contract that moves while its state changes is told, wherever it stood', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', { 'contracts/checkout.yaml': null, 'contracts/moved/checkout.yaml': aContract({ emergencyFlags: '{halted: true}' }) });
  await pushed(world);
  assert.equal((await world.auditEvents()).filter((event) => event === 'release.state_changed').length, 1);
});

test('a direct push is recorded as merged without a valid allow', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
  await pushed(world);
  assert.equal((await world.auditEvents()).filter((event) => event === 'change.merged').length, 1);
  assert.ok(world.log.lines.some((line) => line.message === 'merged without a valid allow'));
});

test('a merge that a decision allowed is recorded with it, and no alert is raised', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.branch('a', 'main');
  world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  world.github.broughtBy.set(world.github.commit('main', { 'README.md': 'y\n' }), [1]);
  rebase(world, 1, { state: 'merged' });
  await pushed(world);
  assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed']]);
  assert.equal(world.log.lines.some((line) => line.message === 'merged without a valid allow'), false);
});

test('a mutated base is found against the record, and a change to that contract is refused', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  const base = world.github.commit('main', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
  await pushed(world);
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ contractVersion: '1.1.0', spec: '{limit: 10}' }) });
  world.github.openPull(1, 'a', { base });
  await world.evaluate(1);
  assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /contract\/base_diverged/);
  assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
});

test('a push that touches an own file re-judges every open pull request; one that touches nothing governed re-judges none', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  await pushed(world);
  const runs = () => world.github.checks.filter((one) => one.head === head).length;
  const before = runs();
  world.github.commit('main', { 'other.txt': 'x\n' });
  await pushed(world);
  assert.equal(runs(), before);
  world.github.commit('main', { '.github/plumbline.yml': 'version: 1\n' });
  await pushed(world);
  assert.equal(runs(), before + 1);
});

test('the record resumes after the history was rewritten by a forced push', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.branches.delete('main');
  world.github.commit('main', { '.github/plumbline.yml': 'version: 1\ncontracts:\n  - {name: w, paths: ["contracts/**/*.yaml"], signatures: optional}\n', 'contracts/checkout.yaml': aContract({ spec: '{limit: 7}' }) });
  await pushed(world);
  assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true]]);
});

test('a crash between the record and the re-judging loses neither: the retry does both', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.branch('a', 'main');
  const head = world.github.commit('a', released('x'));
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.equal(conclusionOf(world, head), 'success');
  world.github.commit('main', { 'contracts/y.yaml': aContract({ contractId: 'x', spec: '{limit: 2}' }) });
  rebase(world, 1);
  await assert.rejects(recordPush(brokenAt(world, 'openPullRequests'), { repository: world.github.ref, ref: 'refs/heads/main' }));
  assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true]]);
  await pushed(world);
  assert.equal(conclusionOf(world, head), 'failure');
});

test('a crash at the end of a backfill leaves the record unfinished, so that the retry re-judges who waits for it', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', released('x'));
  const pullRequest = { repository: world.github.ref, facts: world.github.openPull(1, 'a'), authorCanWrite: true };
  await world.store.transaction((transaction) => transaction.savePullRequest(pullRequest));
  await assert.rejects(recordPush(brokenAt(world, 'openPullRequests'), { repository: world.github.ref, ref: 'refs/heads/main' }));
  assert.equal((await world.store.transaction((transaction) => transaction.recordState(100, 'main@main')))?.kind, undefined);
  await pushed(world);
  assert.equal(conclusionOf(world, head), 'success');
});
