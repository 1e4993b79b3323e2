import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startGitHub } from '../../github/start-github.ts';
import type { GitHubServer } from '../../github/start-github.ts';
import { EmulatedWorld, target } from './emulated-world.ts';

describe('what a remediation survives', () => {
  let github: GitHubServer;
  let world: EmulatedWorld;
  let count = 0;

  before(async () => {
    github = await startGitHub({ now: () => world?.clock.now() ?? new Date() });
  });
  beforeEach(async () => {
    count += 1;
    world = await EmulatedWorld.open(github, `shop-${count}`);
  });
  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  const tip = async (branch: string): Promise<string> => (await github.branchTip(world.ref, branch)) ?? '';
  const rows = async (): Promise<readonly unknown[]> => [(await world.said())?.row, (await world.said())?.reason];

  /** Acts once, right before our first request that matches. */
  function onceBefore(wanted: RegExp, act: () => Promise<unknown>): void {
    world.meanwhile = async (request) => {
      if (!wanted.test(request)) return;
      world.meanwhile = null;
      await act();
    };
  }

  it('three workers that handle the same drift within a millisecond: one branch, one pull request, and the log tells of one', async () => {
    github.resetCounts();
    await Promise.all([world.look(), world.look(), world.look()]);
    await world.look();
    const made = github.requests().filter(({ method, path, status }) => method === 'POST' && path.endsWith('/pulls') && status === 201);
    assert.deepEqual([made.length, await world.states(), await rows()], [1, ['#1 open'], [4, 'same_content']]);
    const told = (await world.events()).map((event) => event.split(' ')[0]);
    // Whoever opened it tells so; who read in between and found it before that was on record tells that it was adopted.
    assert.deepEqual([told.filter((event) => event === 'created').length, told.includes('intent')], [1, true]);
  });

  for (const fault of [{ kind: 'answer', status: 502, body: '', performed: true }, { kind: 'drop', performed: true }, { kind: 'cut-json' }] as const) {
    it(`a pull request that was opened without an answer (${fault.kind}): it is adopted, and none is opened beside it`, async () => {
      github.failNext(/^POST .*pulls/, fault);
      assert.equal(await world.look(), 'done');
      assert.deepEqual([await world.states(), await rows()], [['#1 open'], [4, 'same_content']]);
      assert.ok((await world.events()).includes('adopted recovered'));
    });
  }

  it('a branch that was created without an answer: it is gone on with', async () => {
    github.failNext(/mutation/, { kind: 'drop', performed: true });
    await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 open'], [4, 'same_content']]);
  });

  it('a branch that was not created, without an answer: it is made at the commit on record, and no second commit', async () => {
    github.failNext(/mutation/, { kind: 'drop' });
    github.resetCounts();
    await world.look();
    assert.deepEqual(world.writes(), ['POST git/trees', 'POST git/commits', 'POST updateRefs', 'POST updateRefs', 'POST pulls']);
    assert.deepEqual([await world.states(), await rows()], [['#1 open'], [4, 'same_content']]);
  });

  it("a push of ours onto a person's commits without an answer: they are not forgotten, and it is neither closed nor deleted when the drift is gone", async () => {
    await world.look();
    const theirs = await github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' });
    await world.store.transaction((transaction) => transaction.recordRemediationPull(world.key(), 1, { takenOverAt: theirs }));
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    github.failNext(/mutation/, { kind: 'drop', performed: true });
    await world.look();
    assert.deepEqual([await world.text(world.branch()), (await world.events()).includes('adopted recovered')], ['version: 3\n', true]);
    world.drifted = null;
    await world.look();
    assert.deepEqual([await world.states(), await world.text(world.branch(), 'note.md')], [['#1 open'], 'mine']);
  });

  it('a push of ours without an answer: it is ours, and nothing is frozen', async () => {
    await world.look();
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    github.failNext(/mutation/, { kind: 'drop', performed: true });
    await world.look();
    assert.deepEqual([await world.text(world.branch()), await rows(), (await github.comments(world.ref, 1)).length], ['version: 3\n', [4, 'same_content'], 0]);
  });

  it('a person who pushes between our read and our push: their commit stands, and ours is not made', async () => {
    await world.look();
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    onceBefore(/mutation/, () => github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' }));
    await world.look();
    assert.deepEqual([await world.text(world.branch(), 'note.md'), await world.text(world.branch()), await rows()], ['mine', 'version: 1\n', [3, 'touched']]);
  });

  it('a person who amends between our read and our push: nothing is pushed over it', async () => {
    await world.look();
    const amended = await github.commitFiles(world.ref, 'elsewhere', { [target]: 'amended\n' }, 'Amended', { as: 'dev' });
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    onceBefore(/mutation/, () => github.pushTo(world.ref, world.branch(), amended, { as: 'dev' }));
    await world.look();
    assert.deepEqual([await tip(world.branch()), await rows()], [amended, [3, 'touched']]);
  });

  it('a person who pushes between our comment and our close: nothing is closed, and nothing is deleted', async () => {
    await world.look();
    world.drifted = null;
    onceBefore(/^POST .*comments/, () => github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' }));
    await world.look();
    assert.deepEqual([await world.states(), await world.text(world.branch(), 'note.md')], [['#1 open'], 'mine']);
  });

  it('a person who pushes between our close and the deletion: their commit stays on its branch', async () => {
    await world.look();
    world.drifted = null;
    onceBefore(/mutation/, () => github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' }));
    await world.look();
    assert.equal(await world.text(world.branch(), 'note.md'), 'mine');
  });

  it('a commit of a person with the name of the bot: it is no commit of ours', async () => {
    await world.look();
    const spoofed = await github.commitFiles(world.ref, world.branch(), { [target]: 'evil\n' }, 'Remediate checkout-quality', { as: 'dev', author: `${github.slug}[bot]` });
    world.drifted = null;
    await world.look();
    assert.deepEqual([await world.states(), await tip(world.branch())], [['#1 open'], spoofed]);
  });

  it('a person who closes, renames, reopens and closes again while a run is in flight: their last word stands', async () => {
    await world.look();
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    onceBefore(/mutation/, async () => {
      await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
      await github.editPullRequest(world.ref, 1, { title: 'Not this' }, { as: 'dev' });
      await github.editPullRequest(world.ref, 1, { state: 'open' }, { as: 'dev' });
      await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    });
    for (let run = 0; run < 2; run += 1) await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 closed'], [9, 'closed_by_human']]);
  });

  it('a merge whose base is reverted: the drift is back, and the next generation is opened', async () => {
    await world.look();
    await github.mergePullRequest(world.ref, 1);
    world.drifted = null;
    await world.look();
    await github.commitFiles(world.ref, 'main', { [target]: 'version: 2\n' }, 'Revert');
    world.drifted = 'changed';
    await world.look();
    assert.deepEqual(await world.states(), ['#1 merged', '#2 open']);
  });

  it('a base branch that is deleted: nothing is written to what is open', async () => {
    await github.pushTo(world.ref, 'release', await tip('main'));
    world.baseBranch = 'release';
    await world.look();
    const head = await tip(world.branch());
    await github.deleteBranch(world.ref, 'release');
    await world.look();
    assert.deepEqual([await rows(), await tip(world.branch())], [[0, 'unread'], head]);
  });

  it('a default branch that is renamed, to which GitHub retargets ours: the drift there takes its place, and one stays open', async () => {
    await world.look();
    await world.renameDefaultBranch('trunk', [1]);
    await world.look();
    assert.deepEqual([await world.states(), (await world.pulls())[1]?.['body']?.toString().includes('#1')], [['#1 closed', '#2 open'], true]);
  });

  it('a default branch that is renamed while ours holds a commit of somebody: nothing is opened beside it, and its close is a decision there, too', async () => {
    await world.look();
    await github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' });
    await world.look();
    await world.renameDefaultBranch('trunk', [1]);
    for (let look = 0; look < 2; look += 1) await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 open'], [16, 'same_files']]);
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 closed'], [9, 'closed_by_human']]);
  });

  for (const isSeen of [true, false]) {
    it(`a default branch that is renamed after a person closed ours, which we ${isSeen ? 'saw' : 'did not see'} before: the close stands until it is taken back`, async () => {
      await world.look();
      await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
      if (isSeen) await world.look();
      await world.renameDefaultBranch('trunk', []);
      for (let look = 0; look < 2; look += 1) await world.look();
      assert.deepEqual([await world.states(), await rows(), (await world.events()).filter((event) => event.startsWith('suppressed')).length], [['#1 closed'], [9, 'closed_by_human'], isSeen ? 2 : 1]);
      world.clock.advance(1_000);
      await world.unsuppress();
      await world.look();
      assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
    });
  }

  it('a default branch that is renamed to and fro: the one that was closed on the way stays so', async () => {
    await world.look();
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    for (const name of ['trunk', 'main', 'trunk']) {
      await world.renameDefaultBranch(name, []);
      await world.look();
    }
    assert.deepEqual(await world.states(), ['#1 closed']);
  });

  it('a default branch that is renamed right after ours was merged: nothing is opened beside it while it may be on its way', async () => {
    await world.look();
    await github.mergePullRequest(world.ref, 1, { as: 'dev' });
    await world.look();
    await world.renameDefaultBranch('trunk', []);
    await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 merged'], [12, 'verifying']]);
    world.clock.advance(2 * 3_600_000);
    await world.look();
    assert.deepEqual(await world.states(), ['#1 merged', '#2 open']);
  });

  it('another drift on a renamed default branch is no matter of the close before', async () => {
    await world.look();
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    await world.look();
    await world.renameDefaultBranch('trunk', []);
    world.drifted = 'missing';
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
  });

  it('a branch named plumbline, or one that differs from ours in case alone: named, and nothing is written', async () => {
    for (const name of ['plumbline', world.branch().replace('plumbline', 'Plumbline')]) {
      await github.pushTo(world.ref, name, await tip('main'));
      github.resetCounts();
      await world.look();
      assert.deepEqual([world.writes(), await rows()], [[], [14, 'branch_in_the_way']], name);
      await github.deleteBranch(world.ref, name);
    }
  });

  it('somebody who makes our branch before us, or opens a pull request from a fork with its name: neither is taken for ours', async () => {
    onceBefore(/mutation/, () => github.commitFiles(world.ref, world.branch(), { 'evil.md': 'x' }, 'Evil', { as: 'dev' }));
    await world.look();
    assert.deepEqual([await world.states(), await rows(), await world.text(world.branch(), 'evil.md')], [[], [14, 'foreign_branch'], 'x']);
    await github.deleteBranch(world.ref, world.branch());
    await github.commitFiles(world.ref, world.branch(), { 'evil.md': 'x' }, 'Evil', { fork: 'stranger' });
    await github.openPullRequest(world.ref, { branch: world.branch(), fork: 'stranger', as: 'stranger', body: `Plumbline-Fingerprint: ${world.fingerprint()}` });
    await world.look();
    assert.deepEqual([await world.states(), await world.text(world.branch(), 'evil.md')], [['#1 open', '#2 open'], null]);
  });

  it('a stranger who opens and closes many pull requests from a fork with the name of our branch: ours is found, and closed once the drift is gone', async () => {
    await world.look();
    await github.commitFiles(world.ref, world.branch(), { 'evil.md': 'x' }, 'Evil', { fork: 'stranger' });
    for (let flood = 0; flood < 21; flood += 1) {
      const { number } = await github.openPullRequest(world.ref, { branch: world.branch(), fork: 'stranger', as: 'stranger' });
      await github.editPullRequest(world.ref, number, { state: 'closed' }, { as: 'stranger' });
    }
    world.drifted = null;
    assert.deepEqual([await world.look(), (await world.states())[0]], ['done', '#1 closed']);
  });

  it('a limit of GitHub in the middle: it waits until then, and goes on where it was', async () => {
    github.failNext(/^POST .*pulls/, { kind: 'answer', status: 403, body: JSON.stringify({ message: 'You have exceeded a secondary rate limit.' }), headers: { 'content-type': 'application/json' } });
    assert.equal(await world.look(), 'GITHUB_RATE_LIMITED');
    assert.deepEqual(await world.states(), []);
    world.clock.advance(61_000);
    await world.look();
    assert.deepEqual([await world.states(), (await world.events()).filter((event) => event.startsWith('intent'))], [['#1 open'], ['intent create', 'intent create_pull_request']]);
  });

  it('reads that fail: nothing is written, the error is told, and the queue tries again', async () => {
    await world.look();
    world.drifted = null;
    for (let call = 0; call < 5; call += 1) github.failNext(/^POST \/graphql/, { kind: 'answer', status: 502, body: '' });
    github.resetCounts();
    assert.equal(await world.look(), 'GITHUB_UNAVAILABLE');
    assert.deepEqual([world.writes(), (await world.events()).at(-1), await world.states()], [[], 'error unread', ['#1 open']]);
  });

  it('a drift that comes and goes: it stops once it changed three times within a week, and tells people', async () => {
    for (const flips of [1, 2, 3]) {
      Object.assign(world, { flips, drifted: 'changed' });
      await world.look();
      assert.equal((await rows()).at(-1), flips < 3 ? 'same_content' : 'flapping');
      world.drifted = null;
      await world.look();
    }
    assert.deepEqual([await world.states(), (await world.events()).filter((event) => event === 'updated drift_back').length], [['#1 closed'], 1]);
  });

  it('a permission that is revoked, a branch that is protected, a repository that is archived: told with who can do something, and not repeated within the run', async () => {
    const refusals = [['Resource not accessible by integration', 'missing_permission'], ['Repository was archived so is read-only.', 'archived']] as const;
    for (const [message, cause] of refusals) {
      github.failNext(/^POST .*git\/trees/, { kind: 'answer', status: 403, body: JSON.stringify({ message }), headers: { 'content-type': 'application/json' } });
      github.resetCounts();
      assert.equal(await world.look(), 'done', cause);
      assert.deepEqual([world.writes().length, (await world.said())?.reason, (await world.events()).at(-1), await world.states()], [1, 'refused', 'error refused', []], cause);
    }
    github.protectBranch(world.ref, world.branch());
    await world.look();
    assert.deepEqual([(await world.said())?.reason, await world.states()], ['refused', []]);
  });
});
