import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { driftIssueKey } from '../../../src/flows/remediation/drift-issue-key.ts';
import { startGitHub } from '../../github/start-github.ts';
import type { GitHubServer } from '../../github/start-github.ts';
import { EmulatedWorld, behavior } from './emulated-world.ts';

describe('the issue about a drift that a person has to mend', () => {
  let server: GitHubServer;
  let repositories = 0;
  before(async () => {
    server = await startGitHub();
  });
  after(async () => {
    assert.deepEqual(await server.violations(), []);
    await server.stop();
  });

  async function aWorld(from: GitHubServer = server): Promise<EmulatedWorld> {
    repositories += 1;
    const world = await EmulatedWorld.open(from, `told-${repositories}`);
    world.files = [];
    world.issue = { title: 'A workflow is not as it is managed', text: 'Apply this.', target: 'workflows', differences: [], files: [{ path: 'ci.yml', text: 'on: push\n', before: null, mode: '100644' }] };
    return world;
  }

  const issuesOf = async (world: EmulatedWorld): Promise<readonly string[]> => (await world.github.issues(world.ref)).map((one) => `#${String(one['number'])} ${String(one['state'])}`);
  const outcomes = async (world: EmulatedWorld): Promise<readonly string[]> => (await world.events()).filter((event) => !event.startsWith('intent'));

  it('is opened once, says the exact diff, and is left alone at the next looks', async () => {
    const world = await aWorld();
    for (let look = 0; look < 3; look += 1) assert.equal(await world.look(), 'done');
    const [issue] = await world.github.issues(world.ref);
    assert.deepEqual([await issuesOf(world), issue?.['title']], [['#1 open'], `A workflow is not as it is managed: ${behavior}`]);
    assert.match(String(issue?.['body']), /\+on: push[^]*<!-- plumbline:drift:\d+:sha256:[0-9a-f]{64} -->$/);
    assert.deepEqual(await outcomes(world), ['skipped issue_only', 'created drift_confirmed']);
  });

  it('is edited in place when the plan changes', async () => {
    const world = await aWorld();
    await world.look();
    if (world.issue !== null) world.issue = { ...world.issue, text: 'Apply that.' };
    await world.look();
    await world.look();
    const [issue, ...others] = await world.github.issues(world.ref);
    assert.match(String(issue?.['body']), /^Apply that\./);
    assert.deepEqual([others, (await outcomes(world)).at(-1)], [[], 'updated content_changed']);
  });

  it('is closed with a word when the drift is gone, also where the look that saw it first broke', async () => {
    const world = await aWorld();
    await world.look();
    world.drifted = null;
    server.failNext(/PATCH .*\/issues\/\d+$/, { kind: 'answer', status: 403, body: '{"message":"Unable to do it because issue is locked."}' });
    assert.equal(await world.look(), 'done');
    assert.deepEqual(await issuesOf(world), ['#1 open']);
    await world.look();
    assert.deepEqual([await issuesOf(world), (await world.github.comments(world.ref, 1)).length], [['#1 closed'], 1]);
    assert.match(String((await world.github.comments(world.ref, 1))[0]?.['body']), /The drift is gone/);
    await world.look();
    assert.deepEqual((await outcomes(world)).filter((event) => event.includes('closed')), ['closed drift_gone']);
  });

  it('is opened again when the drift is back, and not where it comes and goes', async () => {
    const world = await aWorld();
    await world.look();
    for (const flips of [2, 3]) {
      world.flips = flips;
      world.drifted = null;
      await world.look();
      world.drifted = 'changed';
      await world.look();
    }
    assert.deepEqual([await issuesOf(world), (await outcomes(world)).filter((event) => event.includes('drift_back') || event.includes('flapping'))], [['#1 closed'], ['updated drift_back', 'error flapping']]);
  });

  it('is not opened again while a person\'s close stands, and is followed by another after 30 days', async () => {
    const world = await aWorld();
    await world.look();
    await server.editIssue(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    for (let look = 0; look < 3; look += 1) await world.look();
    assert.deepEqual([await issuesOf(world), (await outcomes(world)).filter((event) => event.includes('suppressed'))], [['#1 closed'], ['suppressed closed_by_human']]);
    world.clock.advance(31 * 86_400_000);
    await world.look();
    assert.deepEqual(await issuesOf(world), ['#1 closed', '#2 open']);
  });

  it('is followed by another when the decision was taken back', async () => {
    const world = await aWorld();
    await world.look();
    await server.editIssue(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    await world.look();
    world.clock.advance(60_000);
    await world.store.transaction((transaction) => transaction.unsuppress(world.key(), world.clock.now().toISOString()));
    await world.look();
    assert.deepEqual(await issuesOf(world), ['#1 closed', '#2 open']);
  });

  it('is not replaced when somebody deleted it', async () => {
    const world = await aWorld();
    await world.look();
    server.deleteIssue(world.ref, 1);
    for (let look = 0; look < 2; look += 1) await world.look();
    assert.deepEqual([await issuesOf(world), (await outcomes(world)).at(-1)], [['#1 open'], 'suppressed closed_by_human']);
  });

  it('is opened once, though the answer to its opening was lost', async () => {
    const world = await aWorld();
    server.failNext(/POST .*\/issues$/, { kind: 'cut-json' });
    assert.equal(await world.look(), 'GITHUB_AMBIGUOUS');
    assert.equal(await world.look(), 'done');
    assert.deepEqual([await issuesOf(world), (await outcomes(world)).slice(-2)], [['#1 open'], ['adopted recovered', 'updated content_changed']]);
  });

  it('is not opened while something holds it back, or where nothing may be proposed', async () => {
    const world = await aWorld();
    world.heldBy = ['pause'];
    await world.look();
    world.heldBy = [];
    world.mode = 'report';
    await world.look();
    assert.deepEqual([await issuesOf(world), await outcomes(world)], [[], ['skipped pause', 'skipped report_only']]);
  });

  it('stays when it can not be told how the behaviour stands', async () => {
    const world = await aWorld();
    await world.look();
    world.drifted = undefined;
    await world.look();
    assert.deepEqual(await issuesOf(world), ['#1 open']);
  });

  it('gives way to that of another drift, and to nothing before that is open', async () => {
    const world = await aWorld();
    await world.look();
    world.drifted = 'missing';
    world.heldBy = ['pause'];
    await world.look();
    assert.deepEqual(await issuesOf(world), ['#1 open']);
    world.heldBy = [];
    await world.look();
    assert.deepEqual(await issuesOf(world), ['#1 closed', '#2 open']);
    assert.match(String((await world.github.comments(world.ref, 1))[0]?.['body']), /#2 is about that/);
  });

  it('stands beside the pull request where a plan has both, and names it', async () => {
    const world = await aWorld();
    world.files = [{ path: 'README.md', text: 'y', mode: '100644' }];
    await world.look();
    const [issue] = await world.github.issues(world.ref);
    assert.deepEqual(await world.states(), ['#1 open']);
    assert.match(String(issue?.['body']), /in \[this pull request\]\(http.*\/pull\/1\)/);
  });

  it('is not opened while the close of the pull request for the same drift stands', async () => {
    const world = await aWorld();
    const { issue } = world;
    world.issue = null;
    world.files = [{ path: 'README.md', text: 'y', mode: '100644' }];
    await world.look();
    await server.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    world.issue = issue;
    for (let look = 0; look < 2; look += 1) await world.look();
    assert.deepEqual([await world.states(), await issuesOf(world)], [['#1 closed'], []]);
  });

  it('goes along with a default branch that is renamed: edited where it is open, and not followed by another where a person closed it', async () => {
    for (const isClosed of [false, true]) {
      const world = await aWorld();
      await world.look();
      if (isClosed) await server.editIssue(world.ref, 1, { state: 'closed' }, { as: 'dev' });
      const before = world.fingerprint();
      await world.renameDefaultBranch('trunk', []);
      for (let look = 0; look < 2; look += 1) await world.look();
      assert.deepEqual([await issuesOf(world), (await outcomes(world)).filter((event) => !event.startsWith('skipped'))], [[isClosed ? '#1 closed' : '#1 open'], ['created drift_confirmed', isClosed ? 'suppressed closed_by_human' : 'updated content_changed']]);
      const record = await world.store.transaction((transaction) => transaction.issueRecord(driftIssueKey({ repository: world.ref, fingerprint: before })));
      assert.deepEqual([record?.number, record?.isOpen], [null, false]);
      world.drifted = null;
      await world.look();
      assert.deepEqual(await issuesOf(world), ['#1 closed']);
    }
  });

  it('is told once where the permission was not granted, and nothing else breaks', async (context) => {
    const poor = await startGitHub({ permissions: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write', issues: 'read' } });
    context.after(() => poor.stop());
    const world = await aWorld(poor);
    for (let look = 0; look < 3; look += 1) assert.equal(await world.look(), 'done');
    assert.deepEqual(await outcomes(world), ['skipped issue_only', 'error refused']);
    const record = await world.store.transaction((transaction) => transaction.issueRecord(driftIssueKey({ repository: world.ref, fingerprint: world.fingerprint() })));
    assert.equal(record?.told, 'missing_permission');
  });
});
