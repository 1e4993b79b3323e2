import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { concludeBuried } from '../../src/flows/conclude-buried.ts';
import { commandJob } from '../../src/flows/job-requests.ts';
import { aCommandWorld, dev } from './a-command-world.ts';
import { pushed } from './pushed-world.ts';

describe('runCommand()', () => {
  it('reacts at once, answers in one reply and keeps an entry', async () => {
    const world = await aCommandWorld();
    const reply = await world.type('/plumbline help');
    assert.deepEqual(world.reactions(), ['eyes', 'rocket']);
    assert.match(reply, /\*\*Plumbline: commands\*\* For dev\.[^]*`\/plumbline approve <code\|action\|all> <head-sha> \[reason\]`/);
    assert.deepEqual(await world.entries(), ['command.run helped']);
  });

  it('begins no line of a reply as a command begins, so that nobody answers it', async () => {
    const world = await aCommandWorld();
    for (const body of ['/plumbline help', '/plumbline status', '/plumbline aprove', '/plumbline approve all', '/plumbline explain contract/immutable_changed']) {
      assert.doesNotMatch(await world.type(body), /^\s*\/plumbline/m);
    }
  });

  it('answers a command that is delivered three times once', async () => {
    const world = await aCommandWorld();
    const comment = world.write('/plumbline recheck', { author: { ...dev, login: 'mona', id: 13 } });
    for (let time = 0; time < 3; time += 1) await world.deliver(comment);
    assert.equal(world.github.comments.filter(({ body }) => body.includes(`command-${comment} `)).length, 1);
    assert.deepEqual(await world.entries(), ['command.run rechecking']);
  });

  it('adopts the reply that an ambiguous answer hid', async () => {
    const world = await aCommandWorld();
    world.github.trouble.set('createComment', [new Failure('GITHUB_AMBIGUOUS', 'cut off')]);
    const comment = world.write('/plumbline help');
    await world.deliver(comment);
    world.clock.advance(3_700_000);
    await world.settle();
    assert.equal(world.github.comments.length, 1);
    assert.match(world.replyTo(comment), /commands/);
  });

  for (const [what, overrides] of [
    ['our own App', { author: { login: 'plumbline[bot]', id: 1, type: 'Bot' } }],
    ['a bot', { author: { login: 'helper[bot]', id: 2, type: 'Bot' } }],
    ['an App in the name of a person', { isByApp: true }],
    ['an account that is gone', { author: null }],
    ['an organisation', { author: { login: 'acme', id: 3, type: 'Organization' } }],
    ['a comment of another pull request', { issue: 2 }],
  ] as const) {
    it(`ignores a command by ${what}`, async () => {
      const world = await aCommandWorld();
      assert.equal(await world.type(`/plumbline approve all ${world.head.slice(0, 12)}`, overrides), '');
      assert.deepEqual([world.reactions(), await world.entries(), await world.votes()], [[], [], []]);
    });
  }

  it('does not run an edited comment, and says so', async () => {
    const world = await aCommandWorld();
    assert.match(await world.type('/plumbline recheck', { isEdited: true }), /Nothing was changed\. The comment was edited/);
    assert.deepEqual([world.reactions(), await world.entries()], [['eyes', 'confused'], ['command.run refused: edited']]);
  });

  it('does nothing for a comment that was deleted before it was read', async () => {
    const world = await aCommandWorld();
    const comment = world.write('/plumbline recheck');
    world.github.written.delete(comment);
    await world.deliver(comment);
    assert.deepEqual([world.github.comments, await world.entries()], [[], []]);
  });

  it('shows the commands once for a disguised one, and runs nothing', async () => {
    const world = await aCommandWorld();
    assert.match(await world.type('/plumblin\u0435 recheck'), /not a command[^]*looks like a command/);
    assert.deepEqual([world.reactions(), await world.entries()], [['eyes', 'confused'], ['command.run refused: misread']]);
  });

  it('suggests the word that was meant', async () => {
    assert.match(await (await aCommandWorld()).type('/plumbline statsu'), /`statsu` is no command\. Did you mean `\/plumbline status`\?/);
  });

  it('gives the right line to copy for a vote without a commit', async () => {
    const world = await aCommandWorld();
    assert.match(await world.type('/plumbline approve workflow.change'), new RegExp(`type \`/plumbline approve workflow\\.change ${world.head.slice(0, 12)}\``));
  });

  it('makes what a comment quotes inert in the reply', async () => {
    const reply = await (await aCommandWorld()).type('/plumbline @acme/team</details>`x`');
    assert.match(reply, /``.*@acme\/team<\/details>`x`.*`` is no command/);
  });

  it('tells who typed it when the job failed too often', async () => {
    const world = await aCommandWorld();
    const comment = world.write('/plumbline recheck');
    const job = commandJob(world.github.ref, { pullRequest: 1, comment, waits: 0 });
    await concludeBuried(world.ports, { ...job, generation: 1, attempt: 5, lostRuns: 0, token: 't' }, world.github.ref, new Failure('GITHUB_REFUSED', 'no'));
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /tried in vain too often \(`GITHUB_REFUSED`\)/);
    assert.deepEqual(world.reactions(), ['confused']);
  });

  it('keeps two bots that answer each other from any loop in a hundred rounds', async () => {
    const world = await aCommandWorld();
    for (let round = 0; round < 100; round += 1) {
      const said = world.github.comments.at(-1)?.body ?? '/plumbline help';
      const echo = world.write(`/plumbline help\n${said}`, { author: { login: 'echo[bot]', id: 99, type: 'Bot' } });
      await world.deliver(echo);
    }
    assert.deepEqual(world.github.comments, []);
  });
});

describe('the recheck command', () => {
  it('judges again for whoever may write, and for the author without it', async () => {
    const world = await aCommandWorld();
    for (const author of [dev, { login: 'Mona', id: 13, type: 'User' }]) {
      const before = world.evaluations();
      assert.match(await world.type('/plumbline recheck', { author }), /is judged again/);
      assert.ok(world.evaluations() > before);
    }
  });

  it('tells the author by the account, who was renamed since, and not whoever has that login by now', async () => {
    const world = await aCommandWorld();
    world.github.openPull(1, 'work', { author: 'mona', authorId: 13 });
    assert.match(await world.type('/plumbline recheck', { author: { login: 'mona-now', id: 13, type: 'User' } }), /is judged again/);
    assert.match(await world.type('/plumbline recheck', { author: { login: 'mona', id: 66, type: 'User' } }), /for contributors of this pull request/);
  });

  it('refuses a reader who has no hand in the change', async () => {
    const world = await aCommandWorld();
    assert.match(await world.type('/plumbline recheck', { author: { login: 'reader', id: 66, type: 'User' } }), /for contributors of this pull request and for whoever may write/);
    assert.deepEqual([world.evaluations(), await world.entries()], [0, ['command.run refused: not_allowed']]);
  });

  it('refuses somebody who lost the permission a second ago', async () => {
    const world = await aCommandWorld();
    const comment = world.write('/plumbline recheck');
    world.github.writers.delete(dev.login);
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /Nothing was changed/);
  });

  it('refuses where the role can not be read', async () => {
    const world = await aCommandWorld();
    world.github.trouble.set('canWrite', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    assert.match(await world.type('/plumbline recheck'), /GitHub did not tell your permission/);
    assert.equal(world.evaluations(), 0);
  });

  it('refuses the sixth time in an hour, and not after it', async () => {
    const world = await aCommandWorld();
    for (let time = 0; time < 5; time += 1) assert.match(await world.type('/plumbline recheck'), /is judged again/);
    assert.match(await world.type('/plumbline recheck'), /five times in an hour/);
    world.clock.advance(3_700_000);
    assert.match(await world.type('/plumbline recheck'), /is judged again/);
  });

  it('refuses for a pull request that is closed', async () => {
    const world = await aCommandWorld();
    world.github.openPull(1, 'work', { state: 'closed' });
    assert.match(await world.type('/plumbline recheck'), /The pull request is not open/);
  });
});

describe('the status and explain commands', () => {
  it('say what stands of the newest decision', async () => {
    assert.match(await (await aCommandWorld()).type('/plumbline status'), /\*\*Denied: 1 finding to mend\*\*/);
  });

  it('say that a new head was not judged yet', async () => {
    const world = await aCommandWorld();
    const head = world.github.commit('work', { 'a.txt': 'a' });
    world.github.openPull(1, 'work');
    assert.match(await world.type('/plumbline status'), new RegExp(`Commit ${head.slice(0, 12)} was not judged yet`));
  });

  it('explain a code with its trace: event, configuration, rule, input', async () => {
    const world = await aCommandWorld();
    await pushed(world);
    await world.evaluate(1);
    const reply = await world.type('/plumbline explain contract/immutable_changed');
    assert.match(reply, /Released content was changed\.[^]*`contracts\/checkout\.yaml:\d+`[^]*- event: commit [0-9a-f]{12} into `main`[^]*- configuration of the repository: `acme\/shop\/\.github\/plumbline\.yml` at [0-9a-f]{12}[^]*- rule: `contract\/immutable_changed` of the contracts gate[^]*- input: `sha256:[0-9a-f]{64}`/);
  });

  it('explain a code by the configurations that judged, wherever those stand by now', async () => {
    const world = await aCommandWorld();
    const { github } = world;
    const [judging, later] = ['a'.repeat(40), 'b'.repeat(40)];
    github.organization = { repository: { ...github.ref, name: '.github', id: 99 }, commit: judging, bytes: new TextEncoder().encode('version: 1\n') };
    await pushed(world);
    await world.evaluate(1);
    github.organization = { ...github.organization, commit: later, bytes: new TextEncoder().encode('version: 1\ngovernance: {}\n') };
    github.commit('main', { '.github/plumbline.yml': '{' });
    const reply = await world.type('/plumbline explain contract/immutable_changed');
    assert.match(reply, new RegExp(`- configuration of the organisation: \`acme/\\.github/plumbline\\.yml\` at ${judging.slice(0, 12)}\\n- configuration of the repository: \`acme/shop/\\.github/plumbline\\.yml\` at ${world.base.slice(0, 12)}$`, 'm'));
  });

  it('explain what an earlier version judged without its configuration, and say so', async () => {
    assert.match(await (await aCommandWorld()).type('/plumbline explain contract/immutable_changed'), /- configuration: not kept with this decision/);
  });

  it('explain a code that the change does not have by its meaning alone', async () => {
    assert.match(await (await aCommandWorld()).type('/plumbline explain schema/incompatible'), /A schema breaks compatibility\.[^]*has no such finding/);
  });
});
