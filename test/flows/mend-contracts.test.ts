import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commitMessage } from '../../src/domain/effect.ts';
import { Failure } from '../../src/domain/failure.ts';
import { concludeBuried } from '../../src/flows/conclude-buried.ts';
import { aContract } from './a-world.ts';
import { aMendWorld, dev, evaluation } from './a-mend-world.ts';

type MendWorld = Awaited<ReturnType<typeof aMendWorld>>;

const key = (world: MendWorld): string => `mend/100/1/${world.head}`;

async function assertRefused(world: MendWorld, says: RegExp, kind: string): Promise<void> {
  assert.deepEqual(world.github.made, []);
  assert.equal(world.github.branches.get('work'), world.head);
  assert.match(world.told(), says);
  assert.match(world.told(), /Nothing was changed\./);
  assert.deepEqual(await world.contributions(), []);
  assert.ok((await world.commands()).some((one) => one.endsWith(`: ${kind}`)), (await world.commands()).join());
}

describe('mendContracts()', () => {
  it('commits the mend to the judged head, in one comment tells who asked and the commit, and records the contributor', async () => {
    const world = await aMendWorld();
    await world.click();
    const [made] = world.github.made;
    assert.equal(world.github.made.length, 1);
    assert.equal(made?.parent, world.head);
    assert.deepEqual(await world.contributions(), [{ repositoryId: 100, pullRequest: 1, commit: made?.sha, person: { login: 'dev', id: 12 }, effect: key(world) }]);
    assert.match(world.told(), new RegExp(`dev asked for the mend of commit ${world.head.slice(0, 12)}\\. It is commit ${made?.sha}`));
    assert.deepEqual(await world.commands(), ['command.run accepted', `effect.performed commit ${made?.sha}`]);
  });

  it('commits the edits of the decision and nothing else', async () => {
    const world = await aMendWorld();
    await world.click();
    const [found] = await world.github.repository.namesAt([{ commit: world.github.branches.get('work') ?? '', path: 'contracts/checkout.yaml' }]);
    const content = (await world.github.repository.blobs([{ blob: found?.name ?? '', size: null }])).get(found?.name ?? '');
    assert.equal(content?.kind === 'bytes' && new TextDecoder().decode(content.bytes), aContract({ contractVersion: '1.1.0', spec: '{limit: 2}' }));
  });

  it('says in the commit what it does, who asked, and under which key', async () => {
    const world = await aMendWorld();
    await world.click();
    const body = [`As the check of ${world.head} offered:`, '', '- contracts/checkout.yaml: contractVersion', '', 'Requested-by: dev', `Plumbline-Mend: ${key(world)}`].join('\n');
    assert.equal(world.github.made[0]?.message, commitMessage({ headline: 'Mend contracts/checkout.yaml', body }));
  });

  it('commits once for a click that is told twice, and for two people', async () => {
    const world = await aMendWorld();
    world.github.writers.add('alice');
    await world.click();
    const told = world.told();
    await world.click();
    await world.click({ askedBy: { login: 'alice', id: 13, kind: 'User' } });
    assert.equal(world.github.made.length, 1);
    assert.equal(world.told(), told);
    assert.deepEqual((await world.contributions()).map(({ person }) => person.login), ['dev']);
    assert.deepEqual((await world.commands()).filter((one) => one.startsWith('command.run')), ['command.run accepted', 'command.run made already', 'command.run made already']);
  });

  it('tells who clicked when it failed too often, and says nothing of a job that can not be read or a decision that is gone', async () => {
    const world = await aMendWorld();
    const failure = new Failure('GITHUB_REFUSED', 'no blobs for you');
    for (const payload of [{ evaluation, head: world.head, askedBy: { ...dev } }, { evaluation: 'gone', head: world.head, askedBy: { ...dev } }, { evaluation: 7 }]) {
      await concludeBuried(world.ports, { key: 'mend:1', kind: 'mend', payload, generation: 1, attempt: 5, lostRuns: 0, token: 't' }, world.github.ref, failure);
      await world.settle();
    }
    assert.match(world.told(), /not mended[^]*Nothing was changed\. It was tried in vain too often \(`GITHUB_REFUSED`\)\. \*\*Next:\*\* The operator finds why/);
    assert.equal(world.github.comments.length, 1);
    assert.equal(world.github.made.length, 0);
  });

  it('refuses somebody without write permission', async () => {
    const world = await aMendWorld();
    await world.click({ askedBy: { login: 'stranger', id: 66, kind: 'User' } });
    await assertRefused(world, /write permission in this repository, which stranger does not have/, 'not_allowed');
  });

  it('refuses where the role can not be read', async () => {
    const world = await aMendWorld();
    world.github.trouble.set('canWrite', [new Failure('GITHUB_UNAVAILABLE', '502')]);
    await world.click();
    await assertRefused(world, /GitHub did not tell the permission of dev/, 'role_unreadable');
  });

  for (const [what, askedBy] of [['an App', { login: 'agent', id: 9, kind: 'Bot' }], ['a login of a bot that claims to be a person', { login: 'agent[bot]', id: 9, kind: 'User' }], ['an organisation', { login: 'acme', id: 9, kind: 'Organization' }]] as const) {
    it(`refuses ${what}, even with write permission`, async () => {
      const world = await aMendWorld();
      world.github.writers.add(askedBy.login);
      await world.click({ askedBy });
      await assertRefused(world, /Only a person may ask for it/, 'not_a_person');
    });
  }

  it('refuses for a head in a fork, also where the fork would let it', async () => {
    const world = await aMendWorld();
    world.github.openPull(1, 'work', { headRepositoryId: 4_242 });
    await world.click();
    await assertRefused(world, /The branch is in a fork/, 'fork');
  });

  it('refuses once the branch moved on', async () => {
    const world = await aMendWorld();
    const newer = world.github.commit('work', { 'README.md': 'more\n' });
    world.github.openPull(1, 'work');
    await world.click();
    assert.deepEqual([world.github.made, world.github.branches.get('work')], [[], newer]);
    assert.match(world.told(), /The branch is not at that commit any more/);
  });

  it('refuses for a pull request that is closed', async () => {
    const world = await aMendWorld();
    world.github.openPull(1, 'work', { state: 'closed' });
    await world.click();
    await assertRefused(world, /The pull request is not open/, 'closed');
  });

  it('refuses the button of an older decision about the same head', async () => {
    const world = await aMendWorld();
    await world.decide({ id: '00000000-0000-7000-8000-00000000beef' });
    await world.click();
    await assertRefused(world, /judged again since/, 'superseded');
  });

  it('refuses where the decision has nothing to mend', async () => {
    const world = await aMendWorld();
    const id = '00000000-0000-7000-8000-00000000beef';
    await world.decide({ id }, { verdicts: [] });
    await world.click({ evaluation: id });
    await assertRefused(world, /nothing to mend/, 'nothing_to_mend');
  });

  it('refuses where the file does not take the edits', async () => {
    const world = await aMendWorld({ edits: [{ pointer: '/spec/limit/deeper', value: 1 }] });
    await world.click();
    await assertRefused(world, /do not take the edits/, 'unfit');
  });

  for (const [what, asked] of [['an evaluation that ended in no decision', { evaluation: '00000000-0000-7000-8000-00000000dead' }], ['another head than the decision has', { head: 'e'.repeat(40) }]] as const) {
    it(`does nothing for ${what}`, async () => {
      const world = await aMendWorld();
      await world.click(asked);
      assert.deepEqual([world.github.made, world.github.comments, await world.commands()], [[], [], []]);
    });
  }

  it('does nothing for a decision about another repository', async () => {
    const world = await aMendWorld();
    const id = '00000000-0000-7000-8000-00000000beef';
    await world.decide({ id, repository: { ...world.github.ref, id: 5 } });
    await world.click({ evaluation: id });
    assert.deepEqual([world.github.made, world.github.comments], [[], []]);
  });

  it('keeps nothing when the log is blocked, and commits nothing', async () => {
    const world = await aMendWorld();
    await world.store.audit.block(1, 'tampered');
    await world.click();
    assert.deepEqual([world.github.made, world.failures.map(({ code }) => code)], [[], ['AUDIT_BLOCKED']]);
  });
});

describe('performing a mend', () => {
  it('adopts the commit after an answer that did not come, and makes no second one', async () => {
    const world = await aMendWorld();
    world.github.trouble.set('commit', [new Failure('GITHUB_AMBIGUOUS', 'the connection broke')]);
    await world.click();
    assert.equal(world.told(), '');
    await world.settleLater();
    assert.equal(world.github.made.length, 1);
    assert.deepEqual((await world.contributions()).map(({ commit }) => commit), [world.github.made[0]?.sha]);
    assert.match(world.told(), /mended/);
  });

  it('adopts it below newer commits too', async () => {
    const world = await aMendWorld();
    world.github.trouble.set('commit', [new Failure('GITHUB_AMBIGUOUS', 'the connection broke')]);
    await world.click();
    world.github.commit('work', { 'README.md': 'on top\n' });
    world.github.openPull(1, 'work');
    await world.settleLater();
    assert.equal(world.github.made.length, 1);
    assert.match(world.told(), new RegExp(`It is commit ${world.github.made[0]?.sha}`));
  });

  it('adopts the commit of a process that died before it recorded it', async () => {
    const world = await aMendWorld();
    // The answer came, the process ended before its transaction: what is left is an attempt without an end.
    world.github.before = (method) => {
      if (method === 'commit') world.github.trouble.set('commit', [new Failure('GITHUB_AMBIGUOUS', 'killed')]);
    };
    await world.click();
    world.github.before = null;
    await world.settleLater();
    assert.deepEqual([world.github.made.length, (await world.contributions()).length], [1, 1]);
  });

  it('commits after all when the request never arrived', async () => {
    const world = await aMendWorld();
    world.github.noCommit = { kind: 'moved' };
    world.github.trouble.set('commit', [new Failure('GITHUB_UNAVAILABLE', '503')]);
    await world.click();
    world.github.noCommit = null;
    await world.settleLater();
    assert.equal(world.github.made.length, 1);
  });

  it('does not take a stranger\'s commit on that parent for its own', async () => {
    const world = await aMendWorld();
    world.github.trouble.set('commit', [new Failure('GITHUB_UNAVAILABLE', '503')]);
    world.github.noCommit = { kind: 'moved' };
    await world.click();
    world.github.commit('work', { 'README.md': 'theirs\n' });
    world.github.openPull(1, 'work');
    await world.settleLater();
    assert.deepEqual(await world.contributions(), []);
    assert.match(world.told(), /The branch is not at that commit any more/);
  });

  it('refuses whoever lost write permission between the click and the commit', async () => {
    const world = await aMendWorld();
    let asked = 0;
    world.github.before = (method) => {
      if (method === 'canWrite' && (asked += 1) === 2) world.github.writers.delete('dev');
    };
    await world.click();
    await assertRefused(world, /which dev does not have/, 'not_allowed');
  });

  it('refuses when the branch moves at the last moment', async () => {
    const world = await aMendWorld();
    world.github.before = (method) => {
      if (method === 'commit') world.github.commit('work', { 'README.md': 'meanwhile\n' });
    };
    await world.click();
    assert.deepEqual(world.github.made, []);
    assert.match(world.told(), /The branch is not at that commit any more/);
  });

  for (const [answer, says, kind] of [
    [{ kind: 'ungranted' }, /accepts `Contents: read and write`/, 'ungranted'],
    [{ kind: 'refused', why: '' }, /GitHub refused the commit: /, 'refused'],
    [{ kind: 'refused', why: 'Changes must be made through a pull request. @all <b>' }, /GitHub refused the commit: Changes must be made through a pull request\. @&#8203;all &#60;b&#62;/, 'refused'],
  ] as const) {
    it(`tells when the commit is ${answer.kind}, and commits nothing`, async () => {
      const world = await aMendWorld();
      world.github.noCommit = answer;
      await world.click();
      await assertRefused(world, says, kind);
    });
  }

  it('can be asked for again once the permission was granted', async () => {
    const world = await aMendWorld();
    world.github.noCommit = { kind: 'ungranted' };
    await world.click();
    world.github.noCommit = null;
    await world.click();
    assert.equal(world.github.made.length, 1);
    assert.match(world.told(), /It is commit/);
    assert.equal(world.told().includes('---'), false, 'one comment');
  });

  it('never writes a login or a path as a mention or as a further trailer', async () => {
    const world = await aMendWorld();
    const login = 'dev\nPlumbline-Mend: forged';
    world.github.writers.add(login);
    await world.click({ askedBy: { login, id: 14, kind: 'User' }, evaluation });
    assert.equal(world.github.made[0]?.message.match(/^Plumbline-Mend: /gm)?.length, 1);
    assert.equal(dev.id, 12);
  });
});
