import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startGitHub } from '../../github/start-github.ts';
import type { GitHubServer } from '../../github/start-github.ts';
import { EmulatedWorld, target } from './emulated-world.ts';

describe('the decision table against an emulated GitHub, for what is open', () => {
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

  it('row 15: opens one pull request in four writes, with its trailer, what drifted and how to refuse it', async () => {
    github.resetCounts();
    assert.equal(await world.look(), 'done');
    assert.deepEqual(world.writes(), ['POST git/trees', 'POST git/commits', 'POST updateRefs', 'POST pulls']);
    const [pull] = await world.pulls();
    const head = await tip(world.branch());
    assert.equal(await world.text(world.branch()), 'version: 1\n');
    assert.match(String(pull?.['body']), /shift of 31\.5 lies outside/);
    assert.ok(String(pull?.['body']).includes(`Plumbline-Fingerprint: ${world.fingerprint()}\nPlumbline-Plan: ${world.plan().digest}\nPlumbline-Head: ${head}\nPlumbline-Base: ${await tip('main')}\nPlumbline-Generation: 1\n`));
    assert.deepEqual(await world.events(), ['intent create', 'created drift_confirmed', 'skipped same_content']);
  });

  it('row 15 in auto mode: lets it merge by itself, in five writes', async () => {
    world.mode = 'auto';
    github.resetCounts();
    await world.look();
    assert.deepEqual(world.writes(), ['POST git/trees', 'POST git/commits', 'POST updateRefs', 'POST pulls', 'POST enablePullRequestAutoMerge']);
    assert.deepEqual(await rows(), [2, 'queued']);
  });

  it('row 15 in auto mode: where the repository lets nothing merge by itself, its text says that a person merges it', async () => {
    world.mode = 'auto';
    github.configure(world.ref, { allow_auto_merge: false });
    github.resetCounts();
    await world.look();
    assert.deepEqual(world.writes(), ['POST git/trees', 'POST git/commits', 'POST updateRefs', 'POST pulls']);
    const [pull] = await world.pulls();
    assert.match(String(pull?.['body']), /It was meant to merge by itself, and does not/);
    assert.doesNotMatch(String(pull?.['body']), /by itself once/);
  });

  it('row 15 in auto mode: where GitHub refuses it, its text is written anew', async () => {
    world.mode = 'auto';
    // A commit of somebody else comes between the pull request and its arming.
    world.meanwhile = async (request) => {
      if (!request.endsWith('mutation') || (await world.pulls()).length === 0) return;
      world.meanwhile = null;
      await github.commitFiles(world.ref, world.branch(), { 'more.md': 'x' }, 'More', { as: 'dev' });
    };
    await world.look();
    const [pull] = await world.pulls();
    assert.match(String(pull?.['body']), /It was meant to merge by itself, and does not/);
    assert.deepEqual((await world.events()).slice(0, 2), ['intent create', 'created drift_confirmed']);
  });

  it('row 13 in auto mode: one that is adopted and can not be armed has its text written anew, with the trailer that it had', async () => {
    world.mode = 'auto';
    github.failNext(/POST .*\/pulls$/, { kind: 'cut-json' });
    let before = '';
    world.meanwhile = async (request) => {
      const [pull] = request.endsWith('mutation') ? await world.pulls() : [];
      if (pull === undefined) return;
      world.meanwhile = null;
      before = String(pull['body']);
      await github.commitFiles(world.ref, world.branch(), { 'more.md': 'x' }, 'More', { as: 'dev' });
    };
    const looks = [await world.look(), await world.look()];
    const body = String((await world.pulls())[0]?.['body']);
    assert.match(before, /by itself once/);
    assert.match(body, /It was meant to merge by itself, and does not/);
    const trailer = (text: string): string => text.slice(text.lastIndexOf('Plumbline-Fingerprint:'), text.lastIndexOf('Plumbline-Text:'));
    assert.equal(trailer(body), trailer(before));
    assert.ok(looks.includes('done') && (await world.events()).some((event) => event.startsWith('adopted')), String(looks));
  });

  it('row 2: a text that merges by itself says that it does so with what is pushed to it', async () => {
    world.mode = 'auto';
    await world.look();
    const [pull] = await world.pulls();
    assert.match(String(pull?.['body']), /Disable auto-merge before you push: GitHub merges it with what you pushed otherwise/);
  });

  it('row 4: writes nothing while it is as it should be', async () => {
    await world.look();
    github.resetCounts();
    await world.look();
    assert.deepEqual([world.writes(), await rows(), await world.states()], [[], [4, 'same_content'], ['#1 open']]);
  });

  /** A second one for the same drift, as of a worker whose lease had ended. @returns Its number. */
  async function aTwin(): Promise<number> {
    const second = world.branch(2);
    await github.pushTo(world.ref, second, await tip(world.branch()));
    const number = await world.openAsApp(second, 2);
    await world.store.transaction(async (transaction) => {
      await transaction.intend(world.key(), { generation: 2, head: null, plan: world.plan().digest, mode: 'propose' });
      await transaction.setIntentHead(world.key(), { generation: 2, head: await tip(second), plan: world.plan().digest, mode: 'propose' });
    });
    return number;
  }

  it('row 1: closes the younger of two that are open for one drift, and nothing of others', async () => {
    await world.look();
    const twin = await aTwin();
    await world.look();
    assert.deepEqual(await world.states(), ['#1 open', `#${twin} closed`]);
    assert.match(String((await github.comments(world.ref, twin))[0]?.['body']), /#1 mends the same drift/);
  });

  it('row 1: closes no duplicate of one that somebody ends in the middle of it', async () => {
    await world.look();
    const twin = await aTwin();
    world.meanwhile = async (request) => {
      if (request.startsWith('POST') && request.endsWith(`/issues/${twin}/comments`)) await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    };
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', `#${twin} open`]);
  });

  it('row 2: leaves alone what waits in the merge queue', async () => {
    await world.look();
    await github.queueMerge(world.ref, [1]);
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    github.resetCounts();
    await world.look();
    assert.deepEqual([world.writes(), await rows()], [[], [2, 'queued']]);
  });

  it('row 3: freezes on a commit of somebody else, tells once, and appends after a take-over', async () => {
    await world.look();
    const theirs = await github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' });
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    for (let run = 0; run < 2; run += 1) await world.look();
    assert.deepEqual([(await github.comments(world.ref, 1)).length, await tip(world.branch())], [1, theirs]);
    await world.store.transaction((transaction) => transaction.recordRemediationPull(world.key(), 1, { takenOverAt: theirs }));
    await world.look();
    assert.deepEqual([await world.text(world.branch()), await world.text(world.branch(), 'note.md')], ['version: 3\n', 'mine']);
    world.files = [{ path: target, text: 'version: 4\n', mode: '100644' }];
    await world.look();
    assert.equal(await world.text(world.branch()), 'version: 4\n');
    world.drifted = null;
    await world.look();
    assert.deepEqual(await world.states(), ['#1 open']);
  });

  it('row 3: freezes when the base was retargeted', async () => {
    await world.look();
    await github.pushTo(world.ref, 'release', await tip('main'));
    await github.editPullRequest(world.ref, 1, { base: 'release' });
    await world.look();
    assert.deepEqual(await rows(), [3, 'touched']);
  });

  it('row 5: appends one commit when the plan is another, and takes back what it does not write any more', async () => {
    world.files = [{ path: target, text: 'version: 1\n', mode: '100644' }, { path: 'README.md', text: 'y', mode: '100644' }, { path: 'new.md', text: 'n', mode: '100644' }];
    await world.look();
    const first = await tip(world.branch());
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    github.resetCounts();
    await world.look();
    assert.deepEqual(world.writes(), ['POST git/trees', 'POST git/commits', 'POST updateRefs', 'PATCH pulls/1']);
    assert.deepEqual(await Promise.all([target, 'README.md', 'new.md'].map((path) => world.text(world.branch(), path))), ['version: 3\n', 'x', null]);
    const head = await tip(world.branch());
    assert.notEqual(head, first);
    const body = String((await world.pulls())[0]?.['body']);
    assert.ok(body.includes('it changes 1 file:') && body.includes(`Plumbline-Plan: ${world.plan().digest}\nPlumbline-Head: ${head}\nPlumbline-Base: ${await tip('main')}\nPlumbline-Generation: 1\n`), body);
    assert.deepEqual(await rows(), [4, 'same_content']);
  });

  it('row 5: what people make of the text is left as it is where its trailer is not ours any more', async () => {
    await world.look();
    await github.editPullRequest(world.ref, 1, { body: 'Ours now.' });
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    await world.look();
    assert.deepEqual([(await world.pulls())[0]?.['body'], await rows()], ['Ours now.', [4, 'same_content']]);
  });

  it('row 5: what people write into title and text stays, and our lines below it tell of the new commit', async () => {
    await world.look();
    const before = String((await world.pulls())[0]?.['body']);
    await github.editPullRequest(world.ref, 1, { title: 'HOLD: not yet', body: `Not before Monday.\n\n${before}` });
    for (const version of [3, 4]) {
      world.files = [{ path: target, text: `version: ${version}\n`, mode: '100644' }];
      await world.look();
      const [pull] = await world.pulls();
      const body = String(pull?.['body']);
      const above = before.slice(0, before.indexOf('Plumbline-Fingerprint:'));
      assert.deepEqual([pull?.['title'], body.startsWith(`Not before Monday.\n\n${above}`), body.includes(`Plumbline-Head: ${await tip(world.branch())}\n`), await rows()], ['HOLD: not yet', true, true, [4, 'same_content']]);
    }
  });

  it('row 5: what somebody writes into the text between our read and our write stays, too', async () => {
    await world.look();
    const before = String((await world.pulls())[0]?.['body']);
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    const since: string[] = [];
    world.meanwhile = async (request) => {
      if (request.endsWith('mutation') || since.length > 0) since.push(request);
      // Behind the push and the look that finds the text outdated.
      if (since.filter((one) => one === 'POST /graphql').length < 2 && !request.startsWith('PATCH')) return;
      world.meanwhile = null;
      await github.editPullRequest(world.ref, 1, { body: `Not before Monday.\n\n${before}` });
    };
    await world.look();
    const body = String((await world.pulls())[0]?.['body']);
    assert.deepEqual([body.startsWith('Not before Monday.\n\n'), body.includes(`Plumbline-Head: ${await tip(world.branch())}\n`), await rows()], [true, true, [4, 'same_content']]);
  });

  it('row 5: a text that an interrupted append left behind is written anew at the next look', async () => {
    await world.look();
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    github.failNext(/^PATCH .*\/pulls\/1$/, { kind: 'answer', status: 502, body: '' });
    await world.look().catch(() => null);
    await world.look();
    assert.ok(String((await world.pulls())[0]?.['body']).includes(`Plumbline-Head: ${await tip(world.branch())}\n`));
    assert.deepEqual(await rows(), [4, 'same_content']);
  });

  it('row 5: takes a file back byte for byte, also with a byte order mark, and where it is longer than what is read of a file', async () => {
    const base = { 'marked.md': '\ufeffmarked\n', 'long.md': 'x'.repeat(1_048_577) };
    await github.commitFiles(world.ref, 'main', base);
    world.files = [{ path: target, text: 'version: 1\n', mode: '100644' }, ...Object.keys(base).map((path) => ({ path, text: 'y', mode: '100644' as const }))];
    await world.look();
    world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }];
    await world.look();
    assert.deepEqual(await Promise.all(Object.keys(base).map(async (path) => (await world.text(world.branch(), path)) === (await world.text('main', path)))), [true, true]);
    assert.equal(await world.text(world.branch(), 'marked.md'), base['marked.md']);
  });

  it('row 5: merges the base where it conflicts, and no second pull request', async () => {
    await world.look();
    await github.commitFiles(world.ref, 'main', { [target]: 'version: 9\n', 'README.md': 'later' });
    await world.look();
    assert.deepEqual([await world.states(), await world.text(world.branch()), await world.text(world.branch(), 'README.md'), await rows()], [['#1 open'], 'version: 1\n', 'later', [4, 'same_content']]);
  });

  it('row 6: opens the other drift first, links both, then closes the old one and its branch', async () => {
    await world.look();
    world.drifted = 'missing';
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
    assert.match(String((await world.pulls())[1]?.['body']), /takes the place of #1/);
    assert.match(String((await github.comments(world.ref, 1))[0]?.['body']), /#2 is about that/);
    assert.equal(await github.branchTip(world.ref, world.branch(1, 'changed')), null);
  });

  it('row 7: says so, closes and deletes the branch in three writes when the drift is gone, confirmed', async () => {
    await world.look();
    Object.assign(world, { drifted: null, confirmations: 1 });
    await world.look();
    assert.deepEqual(await world.states(), ['#1 open']);
    world.confirmations = 2;
    github.resetCounts();
    await world.look();
    assert.deepEqual(world.writes(), ['POST issues/1/comments', 'PATCH pulls/1', 'POST updateRefs']);
    assert.deepEqual([await world.states(), await github.branchTip(world.ref, world.branch())], [['#1 closed'], null]);
    github.resetCounts();
    await world.look();
    assert.deepEqual(github.requests(), []);
  });

  it('row 8: never closes on missing evidence', async () => {
    await world.look();
    world.drifted = undefined;
    await world.look();
    assert.deepEqual([await world.states(), (await world.said('changed'))?.reason], [['#1 open'], 'missing_evidence']);
  });
});
