import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { standingVotes } from '../../src/domain/people/standing-votes.ts';
import { aVerdict } from '../builders/decision-builder.ts';
import { aCommandWorld, commented, dev } from './a-command-world.ts';
import { configuration } from './a-world.ts';

const approvals = `${configuration}governance: {approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["user:carol"]}}}\n`;
const alice = { login: 'alice', id: 21, type: 'User' } as const;
const carol = { login: 'carol', id: 22, type: 'User' } as const;

function anItem(overrides: Partial<HeldItem> = {}): HeldItem {
  const name = overrides.name ?? 'workflow.change .github/workflows/ci.yml';
  return { scope: 'workflow.change', name, binding: `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true, ...overrides };
}

const workflow = anItem();
const schema = anItem({ scope: 'schema/incompatible', name: 'schemas/order.json', from: 'tier3', count: 2 });
const released = anItem({ scope: 'dependency.change', name: 'dependency.change left-pad', waits: false, approvedBy: ['bob'] });

const said = ({ scope, binding }: HeldItem) => ({ scope, binding });

/** Alice is in the team that approves tier 2, carol is who approves tier 3, `admin` administers the repository. */
async function aVoteWorld(held: readonly HeldItem[] = [workflow, schema, released]) {
  const world = await aCommandWorld({ held });
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': approvals });
  github.teams.set('governance', new Set(['alice']));
  github.admins.add('admin');
  await world.decide();
  const sha = world.head.slice(0, 12);
  return { ...world, sha };
}

describe('the approve command', () => {
  it('keeps a vote bound to what the decision holds at the named head, and judges again', async () => {
    const world = await aVoteWorld();
    assert.match(await world.type(`/plumbline approve workflow.change ${world.sha} seen with the team`, { author: alice }), /\*\*Plumbline: approved\*\*[^]*`workflow\.change \.github\/workflows\/ci\.yml`/);
    assert.deepEqual(await world.votes(), [{
      repositoryId: 100, pullRequest: 1, person: { login: 'alice', id: 21, kind: 'human' }, says: 'approve', scope: 'workflow.change', head: world.head,
      items: [said(workflow)], reason: 'seen with the team', source: 'comment:41', at: commented,
    }]);
    assert.deepEqual(await world.entries(), ['command.run voted', 'approval.given workflow.change']);
    assert.ok(world.evaluations() > 0);
  });

  it('means by all what waits, and of that what is for whoever asks to decide', async () => {
    const world = await aVoteWorld();
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: alice }), /1 other of that name is for other people to decide/);
    assert.deepEqual((await world.votes()).map(({ items }) => items), [[said(workflow)]]);
  });

  it('lets who may approve tier 3 approve what asks for less', async () => {
    const world = await aVoteWorld();
    await world.type(`/plumbline approve all ${world.sha}`, { author: carol });
    assert.deepEqual((await world.votes()).map(({ items }) => items), [[said(workflow), said(schema)]]);
  });

  it('keeps one vote of a command that is delivered twice', async () => {
    const world = await aVoteWorld();
    const comment = world.write(`/plumbline approve all ${world.sha}`, { author: alice });
    await world.deliver(comment);
    await world.deliver(comment);
    assert.deepEqual([(await world.votes()).length, (await world.entries()).length], [1, 2]);
  });

  it('refuses a head that moved meanwhile, and shows the new one with the line to copy', async () => {
    const world = await aVoteWorld();
    const comment = world.write(`/plumbline approve all ${world.sha}`, { author: alice });
    const moved = world.github.commit('work', { 'b.txt': 'b' });
    world.github.openPull(1, 'work');
    await world.deliver(comment);
    assert.match(world.replyTo(comment), new RegExp(`the head is ${moved.slice(0, 12)} by now\\.[^]*\`/plumbline approve all ${moved.slice(0, 12)}\``));
    assert.deepEqual(await world.votes(), []);
  });

  it('waits for the judgement of a new head, and votes when it is there', async () => {
    const world = await aVoteWorld();
    const head = world.github.commit('work', { 'b.txt': 'b' });
    world.github.openPull(1, 'work');
    const comment = world.write(`/plumbline approve all ${head.slice(0, 12)}`, { author: alice });
    await world.deliver(comment);
    assert.deepEqual([world.replyTo(comment), world.reactions()], ['', ['eyes']]);
    await world.decide({ head });
    world.clock.advance(6_000);
    await world.settle();
    assert.match(world.replyTo(comment), /approved/);
  });

  it('refuses in the end when no judgement comes', async () => {
    const world = await aVoteWorld();
    const head = world.github.commit('work', { 'b.txt': 'b' });
    world.github.openPull(1, 'work');
    const comment = world.write(`/plumbline approve all ${head.slice(0, 12)}`, { author: alice });
    await world.deliver(comment);
    for (let look = 0; look < 6; look += 1) {
      assert.equal(world.replyTo(comment), '');
      world.clock.advance(121_000);
      await world.settle();
    }
    assert.match(world.replyTo(comment), /was not judged yet/);
  });

  it('refuses whom the configuration does not name, an admin too', async () => {
    const world = await aVoteWorld();
    for (const author of [dev, { login: 'admin', id: 23, type: 'User' }]) {
      assert.match(await world.type(`/plumbline approve workflow.change ${world.sha}`, { author }), /That is for whoever may approve tier 2, and you are not among them/);
    }
    assert.deepEqual([await world.votes(), await world.entries()], [[], ['command.run refused: not_approver', 'command.run refused: not_approver']]);
  });

  it('counts admins where the configuration names nobody', async () => {
    const world = await aVoteWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    await world.decide();
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: { login: 'admin', id: 23, type: 'User' } }), /approved/);
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: dev }), /not done/);
  });

  it('lets only owners release what is at the root', async () => {
    const world = await aVoteWorld([anItem({ from: 'root' })]);
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: carol }), /for the owners of this account/);
    world.github.owners.add('carol');
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: carol }), /approved/);
  });

  it('refuses a contributor, whatever they may otherwise', async () => {
    const world = await aVoteWorld();
    world.github.teams.set('governance', new Set(['mona']));
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: { login: 'mona', id: 13, type: 'User' } }), /You have a hand in this change/);
    assert.deepEqual(await world.votes(), []);
  });

  it('refuses whoever made a commit of it under another login, and nobody because they have that login by now', async () => {
    const world = await aVoteWorld();
    await world.decide({ verdicts: [aVerdict('governance', [], { contributors: ['carla', 'erin'], accounts: [31, 66] })] });
    world.github.teams.set('governance', new Set(['carla-now', 'erin']));
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: { login: 'carla-now', id: 31, type: 'User' } }), /You have a hand in this change/);
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: { login: 'erin', id: 67, type: 'User' } }), /approved/);
  });

  it('lets an admin who wrote a first configuration release it, and nothing else of it', async () => {
    const first = anItem({ scope: 'config/missing', name: '.github/plumbline.yml', from: 'tier3' });
    const world = await aVoteWorld([first, workflow]);
    world.github.admins.add('mona');
    world.github.teams.set('governance', new Set(['mona']));
    await world.type(`/plumbline approve all ${world.sha}`, { author: { login: 'mona', id: 13, type: 'User' } });
    assert.deepEqual((await world.votes()).map(({ items }) => items), [[said(first)]]);
  });

  it('refuses somebody who left the team a second ago', async () => {
    const world = await aVoteWorld();
    const comment = world.write(`/plumbline approve all ${world.sha}`, { author: alice });
    world.github.teams.set('governance', new Set());
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /not among them/);
  });

  it('refuses where the teams can not be read, and says that this is why', async () => {
    const world = await aVoteWorld();
    world.github.trouble.set('people', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    assert.match(await world.type(`/plumbline approve workflow.change ${world.sha}`, { author: alice }), /GitHub did not tell your permission or your teams/);
    assert.deepEqual(await world.votes(), []);
  });

  it('refuses where GitHub shows no such team: nobody is known to be outside of it', async () => {
    const world = await aVoteWorld();
    world.github.teams.clear();
    assert.match(await world.type(`/plumbline approve workflow.change ${world.sha}`, { author: alice }), /GitHub did not tell your permission or your teams/);
  });

  it('hears who may approve by another name than one that can not be read', async () => {
    const world = await aVoteWorld();
    world.github.teams.clear();
    assert.match(await world.type(`/plumbline approve workflow.change ${world.sha}`, { author: carol }), /approved/);
  });

  it('refuses a scope that the decision does not hold, and lists what it holds', async () => {
    const world = await aVoteWorld();
    assert.match(await world.type(`/plumbline approve infra.change ${world.sha}`, { author: alice }), /nothing held as `infra\.change`\.[^]*What it holds: `dependency\.change`, `schema\/incompatible`, `workflow\.change`/);
  });

  it('refuses all where nothing waits, also where somebody else rejected it', async () => {
    const world = await aVoteWorld([released]);
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: alice }), /nothing that waits for people/);
    await world.type(`/plumbline reject all ${world.sha} not now`, { author: carol });
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: alice }), /nothing that waits for people/);
  });

  it('means by all what one rejected oneself too, and nothing of it that was taken back', async () => {
    const world = await aVoteWorld([{ ...workflow, waits: false }, released]);
    await world.type(`/plumbline reject all ${world.sha} not now`, { author: alice });
    await world.type(`/plumbline unapprove dependency.change ${world.sha}`, { author: alice });
    assert.match(await world.type(`/plumbline approve all ${world.sha}`, { author: alice }), /approved/);
    assert.deepEqual((await world.votes()).map(({ says, items }) => [says, items]).at(-1), ['approve', [said(workflow)]]);
  });
});

describe('the reject and unapprove commands', () => {
  it('means by all to reject what was released already too', async () => {
    const world = await aVoteWorld();
    await world.type(`/plumbline reject all ${world.sha} not now`, { author: alice });
    assert.deepEqual((await world.votes()).map(({ says, items }) => [says, items]), [['reject', [said(workflow), said(released)]]]);
  });

  it('rejects by all what waits for nobody any more', async () => {
    const world = await aVoteWorld([released]);
    assert.match(await world.type(`/plumbline reject all ${world.sha} not now`, { author: alice }), /rejected/);
    assert.deepEqual((await world.votes()).map(({ says, items }) => [says, items]), [['reject', [said(released)]]]);
  });

  it('keep a no with its reason', async () => {
    const world = await aVoteWorld();
    assert.match(await world.type(`/plumbline reject workflow.change ${world.sha} breaks the readers`, { author: alice }), /rejected/);
    assert.deepEqual((await world.votes()).map(({ says, reason }) => [says, reason]), [['reject', 'breaks the readers']]);
    assert.deepEqual(await world.entries(), ['command.run voted', 'approval.rejected workflow.change']);
  });

  it('take back what is held by now, waiting or not', async () => {
    const world = await aVoteWorld();
    await world.type(`/plumbline unapprove dependency.change ${world.sha}`, { author: alice });
    assert.deepEqual((await world.votes()).map(({ says, items }) => [says, items]), [['withdraw', [said(released)]]]);
    assert.deepEqual(await world.entries(), ['command.run voted', 'approval.withdrawn dependency.change']);
  });

  it('take back by name what was said of all, also while another content stands there', async () => {
    const world = await aVoteWorld();
    await world.type(`/plumbline approve all ${world.sha}`, { author: carol });
    await world.decide({ held: [anItem({ binding: `sha256:${'9'.repeat(64)}` }), schema] });
    await world.type(`/plumbline unapprove workflow.change ${world.sha}`, { author: carol });
    assert.deepEqual(standingVotes(await world.votes()).map(({ target }) => target), [{ kind: 'items', items: [said(schema)] }]);
  });

  it('take back everything even where the decision holds nothing any more', async () => {
    const world = await aVoteWorld([]);
    assert.match(await world.type(`/plumbline unapprove all ${world.sha}`, { author: alice }), /taken back/);
    assert.deepEqual((await world.votes()).map(({ says, scope }) => [says, scope]), [['withdraw', 'all']]);
  });
});

describe('the status command', () => {
  it('says what waits, what counted, and exactly what to type', async () => {
    const world = await aVoteWorld();
    const reply = await world.type('/plumbline status');
    assert.match(reply, new RegExp(`2 things wait for people\\. All at once: \`/plumbline approve all ${world.sha}\``));
    assert.match(reply, new RegExp(`- \`schemas/order\\.json\`, 0 of 2 approvals of whoever may approve tier 3: \`/plumbline approve schema/incompatible ${world.sha}\``));
    assert.match(reply, /- `dependency\.change left-pad`, 1 of 1 approvals \(bob\) of whoever may approve tier 2$/m);
  });
});
