import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { standingVotes } from '../../src/domain/people/standing-votes.ts';
import { approveByToken } from '../../src/flows/approve-by-token.ts';
import type { ApprovalOutcome, TokenApproval } from '../../src/flows/approve-by-token.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { commandJob } from '../../src/flows/job-requests.ts';
import { aCommandWorld } from './a-command-world.ts';
import { aWorld, configuration } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const approvals = `${configuration}governance: {approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["user:carol"]}}}\n`;
const alice = { login: 'alice', id: 21, type: 'User' } as const;
const binding = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const workflow: HeldItem = { scope: 'workflow.change', name: 'workflow.change a', binding: binding('a'), from: 'tier2', count: 1, approvedBy: [], waits: true };
const schema: HeldItem = { ...workflow, scope: 'schema/incompatible', name: 'schemas/order.json', binding: binding('b'), from: 'tier3', count: 2 };

/** Alice is in the team that approves tier 2; the newest decision is `decision`. */
async function aTokenWorld() {
  const world = await aCommandWorld({ held: [workflow, schema] });
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': approvals });
  github.teams.set('governance', new Set(['alice']));
  for (const [id, login] of [[21, 'alice'], [22, 'carol'], [12, 'dev'], [13, 'mona'], [77, 'robot[bot]']] as const) github.renamed.set(id, login);
  const newest = async () => (await world.store.transaction((transaction) => transaction.decisionAbout(github.ref.id, 'pull-request:1', world.head)))?.id ?? '';
  await world.decide();
  const decision = await newest();
  const approve = (changes: Partial<TokenApproval> = {}): Promise<ApprovalOutcome> =>
    approveByToken(world.ports, { account: github.ref.account.id, decision, action: 'workflow.change', sha: world.head.slice(0, 12), reason: 'seen with the team', person: alice.id, ...changes });
  return { ...world, decision, newest, approve };
}

const summary = (outcome: ApprovalOutcome): unknown => (outcome.kind === 'approved' ? [outcome.login, outcome.pullRequest, outcome.isNew, outcome.done.items.map(({ scope }) => scope), outcome.done.left.length] : outcome.kind === 'refused' ? outcome.refusal.kind : outcome.kind);

describe('an approval by token', () => {
  it('keeps the vote that the command keeps, and judges again', async () => {
    const world = await aTokenWorld();
    assert.deepEqual(summary(await world.approve()), ['alice', 1, true, ['workflow.change'], 0]);
    const [vote] = await world.votes();
    assert.ok(vote?.source.startsWith('api:sha256:'));
    assert.deepEqual({ ...vote, source: '' }, { repositoryId: 100, pullRequest: 1, person: { login: 'alice', id: 21, kind: 'human' }, says: 'approve', scope: 'workflow.change', head: world.head, items: [{ scope: 'workflow.change', binding: workflow.binding }], reason: 'seen with the team', source: '', at: world.clock.now().toISOString() });
    assert.deepEqual(await world.entries(), ['approval.given workflow.change', 'command.run voted']);
    await world.settle();
    assert.ok(world.evaluations() > 0);
  });

  it('is kept once, however often and however many at once it is sent', async () => {
    const world = await aTokenWorld();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => world.approve()));
    assert.deepEqual(outcomes.filter((one) => one.kind === 'approved' && one.isNew).length, 1);
    assert.deepEqual([(await world.votes()).length, (await world.entries()).length], [1, 2]);
  });

  it('counts with the same person in a comment as one, whichever came first', async () => {
    for (const isFirst of [true, false]) {
      const world = await aTokenWorld();
      const say = () => world.type(`/plumbline approve workflow.change ${world.head.slice(0, 12)}`, { author: alice });
      if (isFirst) await world.approve();
      await say();
      if (!isFirst) assert.deepEqual(summary(await world.approve({ decision: await world.newest() })), ['alice', 1, false, ['workflow.change'], 0]);
      const approving = standingVotes(await world.votes()).filter(({ answer }) => answer === 'approve');
      assert.deepEqual(approving.map(({ id }) => id), [21], isFirst ? 'api, comment' : 'comment, api');
    }
  });

  it('is kept again after it was taken back', async () => {
    const world = await aTokenWorld();
    await world.approve();
    world.clock.advance(1_000);
    await world.store.transaction(async (transaction) => {
      const [vote] = await transaction.voteRecords(100, 1);
      if (vote !== undefined) await transaction.recordVote({ ...vote, says: 'withdraw', source: 'comment:41', at: world.clock.now().toISOString() });
    });
    world.clock.advance(1_000);
    assert.deepEqual(summary(await world.approve()), ['alice', 1, true, ['workflow.change'], 0]);
    assert.deepEqual(standingVotes(await world.votes()).map(({ door }) => door), ['api']);
  });

  it('attack: is taken back and refused by a comment after it, also where our clock is ahead of GitHub\'s', async () => {
    for (const [word, standing] of [['unapprove', []], ['reject', ['reject']]] as const) {
      const world = await aTokenWorld();
      world.clock.advance(30_000);
      await world.approve();
      await world.type(`/plumbline ${word} workflow.change ${world.head.slice(0, 12)}${word === 'reject' ? ' not like this' : ''}`, { author: alice, createdAt: new Date(world.clock.now().getTime() - 20_000).toISOString() });
      assert.deepEqual(standingVotes(await world.votes()).map(({ answer }) => answer), standing, word);
    }
  });

  it('says who it is as GitHub calls them now', async () => {
    const world = await aTokenWorld();
    world.github.renamed.set(21, 'alice-now');
    world.github.teams.set('governance', new Set(['alice-now']));
    assert.deepEqual(summary(await world.approve()), ['alice-now', 1, true, ['workflow.change'], 0]);
  });

  const refused: Readonly<Record<string, readonly [Partial<TokenApproval>, unknown, ((world: Awaited<ReturnType<typeof aTokenWorld>>) => void)?]>> = {
    'of somebody who approves other things': [{ action: 'schema/incompatible' }, 'not_approver'],
    'of somebody whom the configuration does not name': [{ person: 12 }, 'not_approver'],
    'of a contributor': [{ person: 13 }, 'contributor', ({ github }) => github.teams.set('governance', new Set(['mona']))],
    'of somebody who left the team a second ago': [{}, 'not_approver', ({ github }) => github.teams.set('governance', new Set())],
    'of an App': [{ person: 77 }, 'unknown_person'],
    'of an account that is not there': [{ person: 99 }, 'unknown_person'],
    'about what is not held': [{ action: 'workflow.other' }, 'nothing_held'],
    'about another head': [{ sha: '0000000' }, 'moved'],
    'about a decision of another account': [{ account: 5 }, 'unknown_decision'],
    'about a decision that there is not': [{ decision: 'none' }, 'unknown_decision'],
  };
  for (const [title, [changes, expected, change]] of Object.entries(refused)) {
    it(`is refused ${title}`, async () => {
      const world = await aTokenWorld();
      change?.(world);
      const outcome = await world.approve(changes);
      assert.deepEqual([summary(outcome), await world.votes()], [expected, []]);
      assert.deepEqual(await world.entries(), outcome.kind === 'refused' ? [`command.run refused: ${String(expected)}`] : []);
    });
  }

  it('is refused where a newer decision is there about the same head, with its id', async () => {
    const world = await aTokenWorld();
    await world.decide();
    assert.deepEqual(await world.approve(), { kind: 'superseded', newest: await world.newest() });
  });

  it('is refused once the pull request is closed', async () => {
    const world = await aTokenWorld();
    world.github.openPull(1, 'work', { state: 'closed' });
    assert.deepEqual(summary(await world.approve()), 'closed');
  });

  it('is refused where membership can not be read', async () => {
    const world = await aTokenWorld();
    world.github.trouble.set('people', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    world.github.teams.set('governance', new Set());
    assert.deepEqual([summary(await world.approve()), await world.votes()], ['role_unreadable', []]);
  });
});

/** A pull request of mona whose change of infrastructure two people of `junior` have to approve, judged by all gates. */
async function aHeldChange() {
  const world = aWorld({}, requiredGates);
  const { github, store } = world;
  github.commit('main', { '.github/plumbline.yml': 'version: 1\ngovernance:\n  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]\n  approvals: {tier2: {count: 2, from: ["team:junior"]}}\n', 'infra/a.tf': 'one' });
  github.teams.set('junior', new Set(['jim', 'joe', 'mona']));
  for (const [id, login] of [[31, 'jim'], [32, 'joe'], [13, 'mona']] as const) github.renamed.set(id, login);
  await pushed(world);
  github.branch('work', 'main');
  const head = github.commit('work', { 'infra/a.tf': 'two' });
  github.openPull(1, 'work');
  await store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T12:00:00Z' }));
  await world.evaluate(1);
  const approve = async (person: number): Promise<unknown> => {
    const newest = await store.transaction((transaction) => transaction.decisionAbout(100, 'pull-request:1', head));
    const outcome = await approveByToken(world.ports, { account: github.ref.account.id, decision: newest?.id ?? '', action: 'infra.change', sha: head, reason: 'seen', person });
    await world.settle();
    return outcome.kind === 'refused' ? outcome.refusal.kind : outcome.kind;
  };
  const comment = async (login: string, id: number): Promise<void> => {
    github.written.set(50, { id: 50, issue: 1, body: `/plumbline approve infra.change ${head.slice(0, 12)}`, author: { login, id, type: 'User' }, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: false });
    await world.enqueue(commandJob(github.ref, { pullRequest: 1, comment: 50, waits: 0 }));
    await world.settle();
  };
  return { ...world, approve, comment, conclusion: () => github.check('plumbline', head)?.state.conclusion };
}

describe('an approval by token of a change that is judged', () => {
  it('counts once for a person who says it in a comment too, and releases with that of another', async () => {
    const world = await aHeldChange();
    assert.equal(world.conclusion(), 'action_required');
    assert.equal(await world.approve(31), 'approved');
    await world.comment('jim', 31);
    assert.equal(world.conclusion(), 'action_required');
    assert.equal(await world.approve(32), 'approved');
    assert.equal(world.conclusion(), 'success');
  });

  it('counts no longer once its person left the team', async () => {
    const world = await aHeldChange();
    await world.approve(31);
    await world.approve(32);
    world.github.teams.set('junior', new Set(['jim']));
    await world.evaluate(1);
    assert.equal(world.conclusion(), 'action_required');
  });

  it('is refused of whoever brought the change, in whatever team', async () => {
    const world = await aHeldChange();
    assert.deepEqual([await world.approve(13), world.conclusion()], ['contributor', 'action_required']);
  });
});
