import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { HeldLease } from '../../../src/flows/held-lease.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { updateDigest } from '../../../src/flows/digest/update-digest.ts';
import { aDigestLeftover } from '../../builders/a-digest.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { connected } from '../../github/connected.ts';
import { startGitHub } from '../../github/start-github.ts';
import type { GitHubServer } from '../../github/start-github.ts';

/** A repository of a user, whose digest stands in it: each test has its own. */
async function aWorld(github: GitHubServer, name: string) {
  const made = await github.createRepository(name);
  const ref: RepositoryRef = { ...made, account: { ...made.account, kind: 'user' } };
  const clock = fakeClock('2026-11-21T12:00:00.000Z');
  const store = memoryStore({ clock });
  const log = fakeLog();
  await store.transaction((transaction) => transaction.saveScanPlan({ repository: ref, branch: 'main', nextAt: clock.now().toISOString(), due: null, scanned: { commit: 'a'.repeat(40), behaviors: 1, broken: [], repairTarget: null }, failedSince: null }));
  return {
    ref, store, log,
    /** What is only reported: everything else is told elsewhere. */
    report: (...behaviors: readonly string[]) =>
      store.transaction(async (transaction) => {
        await transaction.keepDriftsOf(ref.id, behaviors);
        for (const behavior of behaviors) await transaction.saveDrift(ref.account.id, aKeptDrift({ repositoryId: ref.id, behavior }, { decides: false }));
      }),
    update: (lease: HeldLease = { hold: async () => {} }) => updateDigest({ store, clock, log, github: connected(github).app }, ref, lease),
    issues: async () => (await github.issues(ref)).map((one) => `#${String(one['number'])} ${String(one['state'])}`),
    events: async () => (await store.audit.entries(ref.account.id, 0, 100)).map(({ leaf }) => JSON.parse(new TextDecoder().decode(leaf))).map(({ event, outcome }) => `${event} ${outcome}`),
  };
}

describe('the digest issue', () => {
  let github: GitHubServer;
  before(async () => {
    github = await startGitHub();
  });
  after(async () => {
    assert.deepEqual(await github.violations(), []);
    await github.stop();
  });

  it('is not opened while nothing is to be told, and GitHub is not asked', async () => {
    const world = await aWorld(github, 'quiet');
    github.resetCounts();
    await world.update();
    assert.deepEqual([await world.issues(), github.counts().mints, await world.events()], [[], 0, []]);
  });

  it('is opened, edited only when it says something else, and closed when nothing is left', async () => {
    const world = await aWorld(github, 'edited');
    await world.report('a');
    await world.update();
    github.resetCounts();
    await world.update();
    assert.deepEqual([github.counts().reads, github.counts().writes], [0, 0]);
    await world.report('a', 'b');
    await world.update();
    await world.report();
    await world.update();
    assert.deepEqual([await world.issues(), await world.events()], [['#1 closed'], ['digest.intent open', 'digest.updated opened', 'digest.intent edit', 'digest.updated edited', 'digest.intent close', 'digest.updated closed']]);
  });

  it('lists what is to be cleaned up until that is over', async () => {
    const world = await aWorld(github, 'leftovers');
    const owner = { accountId: world.ref.account.id, repositoryId: world.ref.id };
    const { repository: _told, ...leftover } = aDigestLeftover();
    await world.store.transaction((transaction) => transaction.saveLeftovers(owner, [leftover]));
    for (let count = 0; count < 2; count += 1) await world.update();
    const [issue] = await github.issues(world.ref);
    assert.match(String(issue?.['body']), /### To clean up \(1\)[^]*`workflow\.\*` in `\.github\/plumbline\.yml`/);
    await world.store.transaction((transaction) => transaction.saveLeftovers(owner, []));
    await world.update();
    assert.deepEqual([issue?.['title'], await world.issues(), await world.events()], ['Permissions to clean up', ['#1 closed'], ['digest.intent open', 'digest.updated opened', 'digest.intent close', 'digest.updated closed']]);
  });

  it('stays closed by a person until it has something new to say', async () => {
    const world = await aWorld(github, 'closed');
    await world.report('a');
    await world.update();
    await github.editIssue(world.ref, 1, { state: 'closed' });
    await world.update();
    assert.deepEqual(await world.issues(), ['#1 closed']);
    await world.report('a', 'b');
    await world.update();
    assert.deepEqual(await world.issues(), ['#1 open']);
  });

  it('is opened once, though the answer to its opening was lost', async () => {
    const world = await aWorld(github, 'lost');
    await world.report('a');
    github.failNext(/POST .*\/issues$/, { kind: 'cut-json' });
    await assert.rejects(world.update(), isFailure('GITHUB_AMBIGUOUS'));
    await world.update();
    await world.update();
    assert.deepEqual(await world.issues(), ['#1 open']);
  });

  it('is opened anew where somebody deleted it, once it says something else', async () => {
    const world = await aWorld(github, 'deleted');
    await world.report('a');
    await world.update();
    github.deleteIssue(world.ref, 1);
    await world.report('a', 'b');
    await world.update();
    assert.deepEqual((await world.issues()).slice(1), ['#2 open']);
  });

  it('attack: an issue of somebody else under its number is never edited', async () => {
    const world = await aWorld(github, 'foreign');
    await fetch(`${github.url}/repos/${world.ref.owner}/${world.ref.name}/issues`, { method: 'POST', body: JSON.stringify({ title: 'Mine', body: '<!-- plumbline:digest -->' }), headers: { authorization: 'token token-of-dev' } });
    await world.store.transaction((transaction) => transaction.saveIssueRecord({ accountId: world.ref.account.id, topic: `digest:${world.ref.id}` }, { number: 1, url: null, newest: 1, content: null, isOpen: true, told: null }));
    await world.report('a');
    await world.update();
    assert.deepEqual((await github.issues(world.ref)).map(({ title }) => title), ['Mine', 'Drift that needs a look']);
  });

  it('is told once as not written where the permission was not granted', async (context) => {
    const poor = await startGitHub({ permissions: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write', issues: 'read' } });
    context.after(() => poor.stop());
    const world = await aWorld(poor, 'poor');
    await world.report('a');
    await world.update();
    await world.update();
    assert.deepEqual([await world.events(), world.log.lines.filter(({ message }) => message === 'digest issue not written').length], [['digest.refused missing_permission'], 1]);
  });

  for (const [home, isTold] of [[true, true], [false, false]] as const) {
    it(`attack: in a ${home ? 'private' : 'public'} repository of the organisation it names ${isTold ? 'every repository' : 'only those that anybody can see, and counts the rest'}`, async (context) => {
      const organization = await startGitHub();
      context.after(() => organization.stop());
      const where = await organization.createRepository('.github', { private: home });
      const [shown, secret] = [await organization.createRepository('shown', { private: false }), await organization.createRepository('secret')];
      const clock = fakeClock('2026-11-21T12:00:00.000Z');
      const store = memoryStore({ clock });
      for (const ref of [shown, secret]) await store.transaction(async (transaction) => {
        await transaction.saveScanPlan({ repository: ref, branch: 'main', nextAt: clock.now().toISOString(), due: null, scanned: { commit: 'a'.repeat(40), behaviors: 1, broken: [`${ref.name}.yaml`], repairTarget: null }, failedSince: null });
        await transaction.saveDrift(ref.account.id, aKeptDrift({ repositoryId: ref.id, behavior: `${ref.name}-behavior` }, { decides: false }));
      });
      await updateDigest({ store, clock, log: fakeLog(), github: connected(organization).app }, shown, { hold: async () => {} });
      const [issue] = await organization.issues(where);
      const text = String(issue?.['body']);
      assert.deepEqual([/shown-behavior/.test(text), /secret/.test(text), /Not shown here \(2\)/.test(text), await organization.violations()], [true, isTold, !isTold, []]);
    });
  }

  it('is not written by whoever lost the lease: another opens it, once', async () => {
    const world = await aWorld(github, 'lease');
    await world.report('a');
    const lost = { hold: async (): Promise<never> => Promise.reject(new Failure('LEASE_LOST', 'another has it')) };
    await assert.rejects(world.update(lost), isFailure('LEASE_LOST'));
    assert.deepEqual([await world.issues(), await world.events()], [[], ['digest.intent open']]);
    await world.update();
    await assert.rejects(async () => (await world.report('a', 'b'), world.update(lost)), isFailure('LEASE_LOST'));
    assert.deepEqual(await world.issues(), ['#1 open']);
  });

  it('is not written under a blocked log', async () => {
    const world = await aWorld(github, 'blocked');
    await world.report('a');
    await world.store.audit.block(world.ref.account.id, 'tampered');
    await assert.rejects(world.update(), isFailure('AUDIT_BLOCKED'));
    assert.deepEqual(await world.issues(), []);
  });
});
