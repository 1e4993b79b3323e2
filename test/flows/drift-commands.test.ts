import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { refusalOf } from '../../src/domain/refusal.ts';
import { concludeBuried } from '../../src/flows/conclude-buried.ts';
import { concludeScanJob, remediateJob } from '../../src/flows/job-requests.ts';
import { settleRepository } from '../../src/flows/scan/settle-repository.ts';
import { sweepStalledEffects } from '../../src/flows/sweep-stalled-effects.ts';
import { dev } from './a-command-world.ts';
import { aDriftWorld, behavior } from './a-drift-world.ts';

const branch = 'plumbline/managed-files/…-g1';
const carol = { login: 'carol', id: 31, type: 'User' } as const;

describe('the remediate command', () => {
  it('opens the pull request once, though nothing is opened without being asked, and names it in the one reply', async () => {
    const world = await aDriftWorld();
    await world.look();
    assert.deepEqual(world.pulls(), []);
    const reply = await world.type(`/plumbline remediate ${behavior}`);
    assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
    assert.match(reply, /remediation proposed[^]*`managed-files`: it is #900/);
    assert.deepEqual([world.reactions(), world.failures], [['eyes', 'rocket'], []]);
    assert.equal(await world.textAt(world.github.opened[0]?.branch ?? ''), 'root = true\n');
  });

  it('records whoever asked as a contributor, so that they do not approve it', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    assert.deepEqual(await world.hands(number), ['dev']);
  });

  it('asked for twice opens one, and both are told its number', async () => {
    const world = await aDriftWorld();
    const [first, second] = [world.write(`/plumbline remediate ${behavior}`), world.write(`/plumbline remediate ${behavior}`)];
    await Promise.all([world.deliver(first), world.deliver(second)]);
    assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
    for (const comment of [first, second]) assert.match(world.replyTo(comment), /it is #900/);
  });

  it('is not forgotten when a scan asks for a look before it is granted', async () => {
    const world = await aDriftWorld();
    const comment = world.write(`/plumbline remediate ${behavior}`);
    world.github.before = (method) => {
      if (method !== 'remediation.read') return;
      world.github.before = null;
      void world.look();
    };
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /it is #900/);
  });

  it('attack: is refused for a behaviour that is only observed, whatever its fixture says: nothing is opened', async () => {
    const world = await aDriftWorld({ remediation: 'propose', decides: false });
    await world.look();
    assert.match(await world.type(`/plumbline remediate ${behavior}`), /Nothing was changed\. .*only observed/);
    assert.deepEqual(world.pulls(), []);
  });

  it('plans an issue for a drift whose playbook is not there, and says why', async () => {
    const world = await aDriftWorld({ playbook: 'restore-managed-fille', remediation: 'propose' });
    const reply = await world.type(`/plumbline remediate ${behavior} --dry-run`);
    assert.match(reply, /There is no playbook "restore-managed-fille" \(did you mean "restore-managed-file"\?\), so this is told by open-issue\.[^]*A behaviour drifted[^]*for a person to do: the issue about it says what/);
  });

  it('says in the words of the plan why nothing can be proposed', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    world.github.commit('main', { 'templates/editor.ini': '\uFEFFroot = true\n' });
    const reply = await world.type(`/plumbline remediate ${behavior}`);
    assert.match(reply, /The playbook `restore-managed-file` can not be followed here: found .*byte order mark.*, expected /);
    assert.deepEqual(world.pulls(), []);
  });

  it('says why nothing is opened where a close stands as a decision', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    world.github.openPull(number, world.github.heads.get(number) ?? '', { state: 'closed', author: 'plumbline[bot]' });
    const reply = await world.type(`/plumbline remediate ${behavior}`);
    assert.match(reply, /Nothing was changed\. .*A person closed it/);
    assert.deepEqual([world.pulls().length, world.reactions()], [1, ['eyes', 'confused']]);
  });

  it('says so where nothing drifts', async () => {
    assert.match(await (await aDriftWorld({ standing: 'pass' })).type(`/plumbline remediate ${behavior}`), /Nothing of `managed-files` drifts/);
  });

  it('attack: refuses the behaviour of another repository, and suggests what was meant', async () => {
    const world = await aDriftWorld();
    const drift = (await world.store.transaction((transaction) => transaction.driftsOf(world.github.ref.id)))[0] ?? assert.fail();
    await world.store.transaction((transaction) => transaction.saveDrift(1, { ...drift, record: { ...drift.record, repositoryId: 101, behavior: 'theirs' } }));
    assert.match(await world.type('/plumbline remediate theirs'), /knows the behaviour `theirs`[^]*It knows: `managed-files`/);
    assert.match(await world.type('/plumbline remediate managed-file'), /Did you mean `managed-files`\?/);
    assert.deepEqual(world.pulls(), []);
  });

  it('attack: whoever lost their role between comment and effect has nothing opened', async () => {
    const world = await aDriftWorld();
    const comment = world.write(`/plumbline remediate ${behavior}`);
    let asked = 0;
    world.github.before = (method) => {
      if (method === 'canWrite' && (asked += 1) === 2) world.github.writers.clear();
    };
    await world.deliver(comment);
    assert.equal(asked, 2);
    assert.match(world.replyTo(comment), /It needs write permission/);
    assert.deepEqual([world.pulls(), world.reactions()], [[], ['eyes', 'confused']]);
  });
});

describe('the dry run', () => {
  it('shows plan, diff, rollback, digest and the row that would come next, and writes nothing', async () => {
    const world = await aDriftWorld();
    const reply = await world.type(`/plumbline remediate ${behavior} --dry-run`);
    assert.match(reply, /dry run[^]*Nothing was changed\.[^]*Playbook `restore-managed-file [\d.]+`: 1 file to write\. Plan `sha256:[0-9a-f]{64}`/);
    assert.match(reply, /```diff\n--- a\/\.editorconfig\n\+\+\+ b\/\.editorconfig\n@@ -1,1 \+1,1 @@\n-root = false\n\+root = true\n```/);
    assert.match(reply, /\*\*Rollback\*\* after the merge[^]*\*\*Rollback\*\* before the merge[^]*\(row 15 of the table of remediations\): `create`/);
    assert.deepEqual([world.pulls(), await world.record(900)], [[], null]);
    assert.deepEqual(await world.store.transaction((transaction) => transaction.remediationsOf(world.github.ref.id, behavior)), []);
  });

  it('is for contributors without write permission, and for no other reader', async () => {
    const world = await aDriftWorld();
    assert.match(await world.type(`/plumbline remediate ${behavior} --dry-run`, { author: { login: 'mona', id: 13, type: 'User' } }), /dry run/);
    assert.match(await world.type(`/plumbline remediate ${behavior} --dry-run`, { author: { login: 'eve', id: 66, type: 'User' } }), /It is for contributors/);
  });

  it('shows what a take-over would do without taking over', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    await world.frozen(number);
    assert.match(await world.type(`/plumbline remediate ${behavior} --dry-run`), /row 3[^]*Somebody else has a hand in it/);
    assert.match(await world.type(`/plumbline remediate ${behavior} --dry-run --take-over`), /row 3[^]*taken over at this head/);
    await world.look();
    assert.match(await world.type(`/plumbline remediate ${behavior} --dry-run`), /Somebody else has a hand in it/);
  });
});

describe('the take-over', () => {
  it('lets us append to exactly the head that was frozen, for an approver without a hand in it', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    const head = await world.frozen(number);
    world.approvers('pat');
    world.github.commit('main', { 'templates/editor.ini': 'root = true\nindent = 2\n' });
    const reply = await world.type(`/plumbline remediate ${behavior} --take-over`, { author: { login: 'pat', id: 77, type: 'User' } });
    const now = world.github.pulls.get(number)?.head ?? '';
    assert.match(reply, new RegExp(`it is #${number}`));
    assert.deepEqual(await world.github.repository.parentsOf(now), [head]);
    assert.deepEqual([await world.textAt(now), await world.hands(number)], ['root = true\nindent = 2\n', ['dev', 'pat']]);
    assert.ok((await world.told()).includes('remediation.adopted taken_over'));
  });

  it('is refused to whoever only writes, and to an approver who pushed to it', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    await world.frozen(number, { login: 'pat', id: 77 });
    world.approvers('pat');
    assert.match(await world.type(`/plumbline remediate ${behavior} --take-over`), /you are not among them/);
    assert.match(await world.type(`/plumbline remediate ${behavior} --take-over`, { author: { login: 'pat', id: 77, type: 'User' } }), /You have a hand in this change/);
    world.approvers('dev');
    assert.match(await world.type(`/plumbline remediate ${behavior} --take-over`), /You have a hand in this change/);
  });

  it('attack: a head that came after the comment is not taken over', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    await world.frozen(number);
    const comment = world.write(`/plumbline remediate ${behavior} --take-over`, { author: carol, createdAt: '2026-11-20T11:10:00Z' });
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /another head than the one that was frozen when this was typed/);
  });

  it('attack: a head that moves between the comment and the effect is not taken over', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    await world.frozen(number);
    const comment = world.write(`/plumbline remediate ${behavior} --take-over`, { author: carol });
    let asked = 0;
    const ref = world.github.heads.get(number) ?? '';
    world.github.before = (method) => {
      if (method === 'commitPeople' && (asked += 1) === 2) world.github.push(ref, world.github.commit(ref, { 'evil.txt': 'x' }));
    };
    await world.deliver(comment);
    world.clock.advance(3_700_000);
    world.github.before = null;
    await world.settle();
    const pulls = await world.store.transaction(async (transaction) => transaction.remediationPulls({ repositoryId: world.github.ref.id, fingerprint: (await transaction.remediationOfPull(world.github.ref.id, number))?.fingerprint ?? assert.fail() }));
    assert.deepEqual(pulls.map(({ takenOverAt }) => takenOverAt), [null]);
    assert.match(world.replyTo(comment), /Nothing was changed/);
  });

  it('says so where nothing is frozen', async () => {
    const world = await aDriftWorld();
    await world.remediated();
    assert.match(await world.type(`/plumbline remediate ${behavior} --take-over`, { author: carol }), /No open remediation of `managed-files` is frozen/);
  });
});

describe('the rollback command', () => {
  it('before the merge closes the pull request, deletes its branch, and is a decision', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    const number = await world.remediated();
    const ref = world.github.heads.get(number) ?? '';
    const reply = await world.type(`/plumbline rollback ${number}`);
    assert.match(reply, /rolled back[^]*#900 is closed[^]*`\/plumbline unsuppress managed-files`/);
    assert.deepEqual([world.github.pulls.get(number)?.state, world.github.branches.has(ref)], ['closed', false]);
    world.clock.advance(86_400_000);
    await world.measured('drift');
    await world.look();
    assert.equal(world.pulls().length, 1);
    assert.deepEqual((await world.told()).filter((one) => one.startsWith('remediation.')).slice(-4), ['remediation.intent close', 'remediation.closed rolled_back', 'remediation.suppressed closed_by_human', 'remediation.skipped closed_by_human']);
  });

  it('after the merge opens one pull request that undoes it, typed where it was merged, by whoever asked', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    const number = await world.remediated();
    world.github.merge(number);
    await world.measured('pass');
    await world.look();
    const reply = await world.type(`/plumbline rollback #${number}`);
    assert.match(reply, /rollback proposed[^]*#901 undoes #900/);
    assert.deepEqual(world.pulls(), [`#900 merged ${branch}`, '#901 open plumbline/rollback-900']);
    assert.deepEqual([await world.textAt('plumbline/rollback-900'), await world.hands(901)], ['root = false\n', ['dev']]);
    assert.match(world.github.opened[1]?.text ?? '', /undo #900[^]*`\.editorconfig`: written/);
    assert.match(await world.type(`/plumbline rollback ${number}`, { author: { ...dev } }), /#901 undoes #900/);
    assert.equal(world.pulls().length, 2);
  });

  it('is a decision after the merge too: the drift that it brings back is not remediated again until that is taken back', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    const number = await world.remediated();
    world.github.merge(number);
    await world.measured('pass');
    await world.look();
    await world.type(`/plumbline rollback ${number}`);
    world.github.merge(901);
    world.clock.advance(3 * 86_400_000);
    await world.measured('drift');
    await world.look();
    assert.equal(world.pulls().length, 2);
    await world.arrive(number, world.github.pulls.get(number)?.head ?? '', { login: 'plumbline[bot]', id: 1, kind: 'app' }, '2026-11-20T11:00:00Z');
    assert.match(await world.type(`/plumbline unsuppress ${behavior}`, { author: carol }), /That #900 was closed counts no longer/);
    assert.deepEqual(world.pulls().slice(2), ['#902 open plumbline/managed-files/…-g2']);
  });

  /** Two commits of a remediation, which GitHub puts onto the base one by one. */
  async function aRebasedWorld() {
    const world = await aDriftWorld({ remediation: 'propose' });
    const number = await world.remediated();
    const { github } = world;
    github.commit('main', { 'templates/editor.ini': 'root = true\nindent = 2\n' });
    await world.measured('drift');
    await world.look();
    assert.equal(await world.textAt(github.heads.get(number) ?? ''), 'root = true\nindent = 2\n');
    const commits = ['root = true\n', 'root = true\nindent = 2\n'].map((text) => github.commit('main', { '.editorconfig': text }));
    const facts = github.pulls.get(number);
    assert.ok(facts);
    github.pulls.set(number, { ...facts, state: 'merged', mergeCommit: commits.at(-1) ?? '' });
    return { ...world, number, commits };
  }

  it('undoes all that came onto the branch one by one, by a rebase', async () => {
    const world = await aRebasedWorld();
    for (const commit of world.commits) world.github.broughtBy.set(commit, [world.number]);
    assert.match(await world.type(`/plumbline rollback ${world.number}`), /#901 undoes #900/);
    assert.deepEqual([await world.textAt('plumbline/rollback-900'), await world.textAt('plumbline/rollback-900', 'templates/editor.ini')], ['root = false\n', 'root = true\nindent = 2\n']);
  });

  it('attack: what others put onto the branch before it is not undone with it, whatever it changed', async () => {
    const world = await aRebasedWorld();
    const { github, number, commits: [first, last] } = world;
    github.broughtBy.set(first ?? '', [1]);
    github.broughtBy.set(last ?? '', [number]);
    await world.type(`/plumbline rollback ${number}`);
    assert.equal(await world.textAt('plumbline/rollback-900'), 'root = true\n');
  });

  it('is refused where more came with it than can be looked at, with what to do', async () => {
    const world = await aRebasedWorld();
    const { github, number, commits } = world;
    const more = Array.from({ length: 60 }, (_, index) => github.commit('main', { 'many.txt': `${index}` }));
    for (const commit of [...commits, ...more]) github.broughtBy.set(commit, [number]);
    const facts = github.pulls.get(number);
    assert.ok(facts);
    github.pulls.set(number, { ...facts, mergeCommit: more.at(-1) ?? '' });
    assert.match(await world.type(`/plumbline rollback ${number}`), /#900 came onto the branch by more than 50 commits[^]*git revert/);
  });

  it('goes on after a crash at any write, and opens one', async () => {
    for (const method of ['remediation.createBranch', 'openPullRequest', 'remediation.read']) {
      const world = await aDriftWorld({ remediation: 'propose' });
      const number = await world.remediated();
      world.github.merge(number);
      let broken = false;
      world.github.before = (called) => {
        if (called !== method || broken) return;
        broken = true;
        throw new Error('killed');
      };
      const comment = world.write(`/plumbline rollback ${number}`);
      await world.deliver(comment);
      world.clock.advance(3_700_000);
      await world.settle();
      assert.deepEqual([broken, world.pulls().length], [true, 2], method);
      assert.match(world.replyTo(comment), /#901 undoes #900/, method);
    }
  });

  for (const [title, act, answer] of [
    ['somebody pushed to', (world) => world.github.push('plumbline/rollback-900', world.github.commit('plumbline/rollback-900', { 'a.txt': 'x' })), /Somebody else has a hand in #901/],
    ['was closed', (world) => void world.github.openPull(901, 'plumbline/rollback-900', { state: 'closed', author: 'plumbline[bot]' }), /#901, which undoes #900, was closed\..*Open #901 again/],
    ['was merged', (world) => void world.github.merge(901), /#901 undid #900, and is merged/],
  ] as readonly (readonly [string, (world: Awaited<ReturnType<typeof aDriftWorld>>) => void, RegExp])[]) {
    it(`takes a pull request that ${title} for no word that the remediation is being undone`, async () => {
      const world = await aDriftWorld({ remediation: 'propose' });
      const number = await world.remediated();
      world.github.merge(number);
      await world.measured('pass');
      await world.look();
      await world.type(`/plumbline rollback ${number}`);
      act(world);
      assert.match(await world.type(`/plumbline rollback ${number}`, { author: { ...dev } }), answer);
      assert.equal(world.pulls().length, 2);
    });
  }

  it("attack: takes somebody's pull request from a branch of the rollback's name for none of ours, and opens none beside it", async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    const number = await world.remediated();
    world.github.merge(number);
    await world.measured('pass');
    await world.look();
    world.github.trouble.set('openPullRequest', [new Failure('GITHUB_REFUSED', 'no', { refusal: refusalOf('unknown') })]);
    assert.match(await world.type(`/plumbline rollback ${number}`), /no/);
    world.github.openPull(950, 'plumbline/rollback-900', { author: 'eve' });
    assert.match(await world.type(`/plumbline rollback ${number}`, { author: { ...dev } }), /The branch `plumbline\/rollback-900` is there already/);
  });

  it('attack: leaves alone what is no remediation of ours, whatever it says', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    world.github.branch('plumbline/managed-files/0123456789abcdef-g1', 'main');
    world.github.openPull(7, 'plumbline/managed-files/0123456789abcdef-g1', { author: 'eve' });
    for (const other of [1, 7, 999_999]) assert.match(await world.type(`/plumbline rollback ${other}`), new RegExp(`#${other} is no remediation that Plumbline opened`));
    assert.deepEqual([...world.github.pulls.values()].filter(({ state }) => state !== 'open'), []);
    assert.equal((await world.record(number))?.behavior, behavior);
  });

  it('attack: does not close what somebody else pushed to, nor delete its branch', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    await world.frozen(number);
    assert.match(await world.type(`/plumbline rollback ${number}`), /Somebody else has a hand in #900/);
    assert.deepEqual([world.github.pulls.get(number)?.state, world.github.branches.has(world.github.heads.get(number) ?? '')], ['open', true]);
  });

  it('attack: a push right before the close keeps it open', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    const ref = world.github.heads.get(number) ?? '';
    let reads = 0;
    world.github.before = (method) => {
      if (method === 'remediation.read' && (reads += 1) === 1) queueMicrotask(() => world.github.push(ref, world.github.commit(ref, { 'evil.txt': 'x' })));
    };
    assert.match(await world.type(`/plumbline rollback ${number}`), /Somebody else has a hand in #900/);
    assert.deepEqual([world.github.pulls.get(number)?.state, world.github.branches.has(ref)], ['open', true]);
  });

  it('attack: leaves a branch of others under the name of the rollback alone', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    world.github.merge(number);
    world.github.branch('plumbline/rollback-900', 'main');
    assert.match(await world.type(`/plumbline rollback ${number}`), /The branch `plumbline\/rollback-900` is there already/);
    assert.equal(world.pulls().length, 1);
  });

  it('refuses where the file changed since, and what was closed', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    world.github.merge(number);
    world.github.commit('main', { '.editorconfig': 'root = maybe\n' });
    assert.match(await world.type(`/plumbline rollback ${number}`), /can not be undone as its playbook says/);
    world.github.openPull(number, world.github.heads.get(number) ?? '', { state: 'closed', author: 'plumbline[bot]' });
    assert.match(await world.type(`/plumbline rollback ${number}`), /#900 is closed, and was not merged/);
  });
});

describe('the unsuppress command', () => {
  async function aClosed() {
    const world = await aDriftWorld({ remediation: 'propose' });
    await world.measured('drift');
    await world.look();
    const number = world.github.opened[0]?.number ?? assert.fail();
    await world.arrive(number, world.github.pulls.get(number)?.head ?? '', { login: 'plumbline[bot]', id: 1, kind: 'app' }, '2026-11-20T11:00:00Z');
    const facts = world.github.pulls.get(number) ?? assert.fail();
    world.github.pulls.set(number, { ...facts, state: 'closed' });
    world.clock.advance(60_000);
    world.approvers();
    await world.look();
    return world;
  }

  it('takes back a close, for an approver, and the next generation is opened', async () => {
    const world = await aClosed();
    assert.equal(world.pulls().length, 1);
    assert.match(await world.type(`/plumbline unsuppress ${behavior}`, { author: carol }), /taken back[^]*That #900 was closed counts no longer/);
    assert.deepEqual(world.pulls().slice(1), ['#901 open plumbline/managed-files/…-g2']);
    assert.ok((await world.told()).includes('remediation.unsuppressed unsuppressed'));
  });

  it('is refused to whoever only writes, and where nothing was ever remediated', async () => {
    const world = await aClosed();
    assert.match(await world.type(`/plumbline unsuppress ${behavior}`), /you are not among them/);
    assert.equal(world.pulls().length, 1);
    assert.match(await (await aDriftWorld()).type(`/plumbline unsuppress ${behavior}`, { author: carol }), /was ever remediated/);
  });

  it('attack: whoever asked for the remediation that was closed does not bring it back', async () => {
    const world = await aDriftWorld();
    const number = await world.remediated();
    const facts = world.github.pulls.get(number) ?? assert.fail();
    world.github.pulls.set(number, { ...facts, state: 'closed' });
    await world.look();
    world.approvers('dev');
    assert.match(await world.type(`/plumbline unsuppress ${behavior}`), /You have a hand in this change/);
  });
});

describe('the drift scan command', () => {
  it('scans the repository now, and the reply is edited when the scan is concluded', async () => {
    const world = await aDriftWorld();
    const comment = world.write('/plumbline drift scan');
    await world.deliver(comment);
    assert.match(world.replyTo(comment), /scanned[^]*The default branch has no behaviour/);
    assert.deepEqual([world.reactions(), world.failures], [['eyes', 'rocket'], []]);
    assert.equal(world.github.comments.length, 1);
  });

  it('is refused within five minutes of the last one, whoever asks and wherever, and says from when on it is not', async () => {
    const world = await aDriftWorld();
    await world.type('/plumbline drift scan');
    world.clock.advance(4 * 60_000);
    const at = new Date(world.clock.now().getTime() + 60_000).toISOString();
    assert.match(await world.type('/plumbline drift scan'), new RegExp(`asked for less than five minutes ago[^]*from ${at.slice(0, 10)} ${at.slice(11, 16)} UTC on`));
    world.clock.advance(60_000);
    await world.type('/plumbline drift scan');
    assert.equal((await world.auditEvents()).filter((event) => event === 'scan.concluded').length, 2);
  });

  it('told twice is one scan', async () => {
    const world = await aDriftWorld();
    const comment = world.write('/plumbline drift scan');
    for (let time = 0; time < 3; time += 1) await world.deliver(comment);
    assert.equal((await world.auditEvents()).filter((event) => event === 'scan.concluded').length, 1);
  });

  it('is refused to whoever may not write', async () => {
    const world = await aDriftWorld();
    assert.match(await world.type('/plumbline drift scan', { author: { login: 'mona', id: 13, type: 'User' } }), /It needs write permission/);
    assert.deepEqual((await world.auditEvents()).filter((event) => event === 'scan.concluded'), []);
  });
});

describe('a wish that waits', () => {
  async function aWaiting() {
    const world = await aDriftWorld();
    const comment = world.write(`/plumbline remediate ${behavior}`);
    world.github.before = (method) => {
      if (method === 'remediation.read') throw new Failure('GITHUB_UNAVAILABLE', 'down');
    };
    await world.deliver(comment);
    return { ...world, comment };
  }

  it('is told once the job that should grant it was buried', async () => {
    const world = await aWaiting();
    const job = remediateJob(world.github.ref, behavior);
    assert.match(world.replyTo(world.comment), /remediation asked for/);
    await concludeBuried(world.ports, { ...job, generation: 1, attempt: 5, lostRuns: 0, token: 't' }, world.github.ref, new Failure('GITHUB_REFUSED', 'no'));
    await world.settle();
    assert.match(world.replyTo(world.comment), /tried in vain too often \(`GITHUB_REFUSED`\)/);
    assert.deepEqual(world.reactions(), ['eyes', 'confused']);
  });

  it('is found by the sweep when its job was lost, and granted', async () => {
    const world = await aWaiting();
    world.github.before = null;
    const [job] = await world.store.queue.lease({ owner: 'test', now: new Date(world.clock.now().getTime() + 3_600_000), until: new Date(world.clock.now().getTime() + 7_200_000), limit: 1 });
    await world.store.queue.complete(job ?? assert.fail(), world.clock.now());
    world.clock.advance(3_700_000);
    await sweepStalledEffects({ store: world.store, clock: world.clock, log: world.log }, 60_000);
    await world.settle();
    assert.match(world.replyTo(world.comment), /it is #900/);
  });
});

describe('what a scan that was asked for found', () => {
  const asked = (world: Awaited<ReturnType<typeof aDriftWorld>>, comment: number) => ({ repository: world.github.ref, pullRequest: 1, comment, login: 'dev' });

  async function concluded(outcome: 'measured' | 'failed', others = 0): Promise<string> {
    const world = await aDriftWorld({ remediation: 'propose' });
    const { store, github } = world;
    const [drift] = await store.transaction((transaction) => transaction.driftsOf(github.ref.id));
    await store.transaction(async (transaction) => {
      for (let other = 0; other < others; other += 1) await transaction.saveDrift(1, { ...(drift ?? assert.fail()), record: { ...(drift ?? assert.fail()).record, repositoryId: 200 + other } });
      await transaction.beginScan({ id: 'scan', accountId: 1, begunAt: world.clock.now().toISOString(), trigger: 'command', asked: asked(world, 41) }, [github.ref.id]);
      await transaction.noteMeasured(github.ref.id, ['scan']);
      await settleRepository(transaction, github.ref, { from: 'confirming', outcome, now: world.clock.now() });
    });
    await world.settle();
    return world.replyTo(41);
  }

  it('is told behaviour by behaviour', async () => {
    assert.match(await concluded('measured'), /scanned[^]*- `managed-files`: \*\*drifted\*\*\. It is not as its template\.[^]*looked at for a remediation now/);
  });

  it('says that nothing is opened where more drifted than one scan may remediate in', async () => {
    assert.match(await concluded('measured', 4), /More repositories drifted than one scan may remediate in \(3\): \*\*nothing is opened\*\*/);
  });

  it('says so where the repository could not be measured', async () => {
    assert.match(await concluded('failed'), /Nothing was changed\. The repository could not be measured to the end/);
  });

  it('is told as failed when the job that concludes it was buried', async () => {
    const world = await aDriftWorld();
    await world.store.transaction((transaction) => transaction.beginScan({ id: 'scan', accountId: 1, begunAt: world.clock.now().toISOString(), trigger: 'command', asked: asked(world, 41) }, []));
    await concludeBuried(world.ports, { ...concludeScanJob(world.github.ref, 'scan', world.clock.now()), generation: 1, attempt: 5, lostRuns: 0, token: 't' }, world.github.ref, new Failure('STORE_UNAVAILABLE', 'down'));
    await world.settle();
    assert.match(world.replyTo(41), /`STORE_UNAVAILABLE`/);
  });
});

describe('a drift that comes and goes', () => {
  const flips = (world: Awaited<ReturnType<typeof aDriftWorld>>, days: readonly number[]) => days.map((day) => new Date(world.clock.now().getTime() - day * 86_400_000).toISOString());

  it('three times within a week opens nothing, also where somebody asks, until a week is over', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    await world.measured('drift', { flips: flips(world, [6, 3, 0]) });
    await world.look();
    assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [[], 'remediation.error flapping']);
    assert.match(await world.type(`/plumbline remediate ${behavior}`), /Nothing was changed\. .*came and went/);
    world.clock.advance(86_400_000 + 1_000);
    await world.look();
    assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  });

  it('twice within a week is remediated', async () => {
    const world = await aDriftWorld({ remediation: 'propose' });
    await world.measured('drift', { flips: flips(world, [8, 3, 0]) });
    await world.look();
    assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  });
});

describe('what the configuration says by now', () => {
  for (const [what, words] of Object.entries({ 'a pause window': 'pauseWindows: [{from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", reason: freeze}]', 'a no to remediations': 'remediation: report' })) {
    it(`counts where ${what} was merged since the scan`, async () => {
      const world = await aDriftWorld({ remediation: 'propose' });
      world.github.commit('main', { '.github/plumbline.yml': `version: 1\ndrift: {behaviors: ["behaviors/*.yaml"], ${words}}\n` });
      await world.look();
      assert.deepEqual([world.pulls(), world.failures], [[], []]);
    });
  }
});
