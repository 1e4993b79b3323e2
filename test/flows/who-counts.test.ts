import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { aDeliveredWorld, someone } from './a-delivered-world.ts';

const configuration = (count = 1, from = '"team:governance"') => `version: 1
governance:
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  approvals: {tier2: {count: ${count}, from: [${from}]}, tier3: {count: 2, from: ["team:governance"]}}
`;

/** A pull request of mona, and what comes of it after each delivery. */
function aWatchedChange() {
  // Whether claims hold is another thing than who may release what.
  const world = aDeliveredWorld({}, undefined, requiredGates.filter((gate) => gate !== 'hallucination'));
  const after = async (...deliveries: readonly VerifiedDelivery[]): Promise<string> => {
    await world.receive(...deliveries);
    await world.settle();
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.cause, ...(decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [])].join(' ');
  };
  const say = (login: string, word: 'approve' | 'reject', scope = 'all') => after(world.comments(1, login, `/plumbline ${word} ${scope} ${world.headOf(1).slice(0, 12)} because`));
  const told = async () => (await world.decisionOn(1))?.decision.verdicts.flatMap(({ findings }) => findings.map(({ code, next }) => `${code}: ${next}`)) ?? [];
  return { ...world, after, say, told, newestReply: () => world.github.comments.at(-1)?.body ?? '' };
}

/** It changes what somebody of the team, ann or bob, may release. */
async function aChangeThatWaits(text = configuration(), author = 'mona') {
  const world = aWatchedChange();
  world.github.commit('main', { '.github/plumbline.yml': text, 'README.md': 'shop\n' });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  await world.after(world.opens(1, author, { 'infra/a.tf': 'one\n' }));
  return { ...world, approve: (login: string) => world.say(login, 'approve') };
}

test('an approver counts although another team of the list is one that GitHub does not show', async () => {
  const world = await aChangeThatWaits(configuration(2, '"team:renamed", "team:governance"'));
  assert.equal(await world.approve('ann'), 'hold hold governance/approvals_missing');
  assert.equal(await world.approve('bob'), 'pass');
});

const unknown = 'hold notice governance/contributors_unknown hold governance/approvals_missing';
const reopen = 'Let its author, or somebody who does not approve it, close the pull request and open it again: whoever opens it has a hand in it.';
const squash = 'Squash its commits, or split it: of one pull request 1,000 commits are read, with 50 authors each.';

test('an approval of a head that was not seen to arrive counts once its author opened the pull request again, as check and reply say', async () => {
  const world = await aChangeThatWaits();
  world.pushes(1, 'mona', { 'infra/a.tf': 'two\n' }); // Its delivery is lost.
  await world.evaluate(1);
  assert.equal(await world.approve('ann'), unknown);
  assert.deepEqual(await world.told(), [`governance/contributors_unknown: ${reopen}`, `governance/approvals_missing: ${reopen}`]);
  assert.ok(world.newestReply().includes(`nobody's yes counts yet. ${reopen} Then what you said counts.`), world.newestReply());
  assert.equal(await world.after(world.reopens(1, 'mona')), 'pass');
});

test('an approval of more commits than can be listed counts once they are squashed, as check and reply say', async () => {
  const world = await aChangeThatWaits();
  world.github.unreadable.add(1);
  await world.evaluate(1);
  assert.equal(await world.approve('ann'), unknown);
  assert.deepEqual(await world.told(), [`governance/contributors_unknown: ${squash}`, `governance/approvals_missing: ${squash}`]);
  assert.ok(world.newestReply().includes(`${squash} Then what you said counts.`), world.newestReply());
  assert.equal(await world.after(world.reopens(1, 'mona')), unknown);
  world.github.unreadable.delete(1);
  assert.equal(await world.after(world.pushes(1, 'mona', { 'infra/a.tf': 'one\n' })), 'pass');
});

test('a reply to an approval says nothing of hands where all are known', async () => {
  const world = await aChangeThatWaits(configuration(2));
  await world.approve('ann');
  assert.doesNotMatch(world.newestReply(), /hands|counts yet/);
});

test('whoever rejected all takes that back by approving all, and nothing of what another one rejected', async () => {
  const world = await aChangeThatWaits();
  assert.equal(await world.say('ann', 'reject'), 'fail deny governance/rejected');
  assert.equal(await world.approve('bob'), 'fail deny governance/rejected');
  assert.match(world.newestReply(), /nothing that waits for people/);
  assert.equal(await world.approve('ann'), 'pass');
});

const noAnswer = new Failure('GITHUB_UNAVAILABLE', 'no answer');

describe('somebody whom GitHub renamed', () => {
  const idOf = (login: string) => someone(login).id;

  /** bob approved it, and ann, who is `ann-new` since, rejected it. */
  async function aRejectedChange(from?: string, count = 1) {
    const world = await aChangeThatWaits(configuration(count, from));
    assert.equal(await world.approve('bob'), count === 1 ? 'pass' : 'hold hold governance/approvals_missing');
    assert.equal(await world.say('ann', 'reject', 'infra.change'), 'fail deny governance/rejected');
    world.github.teams.set('governance', new Set(['ann-new', 'bob']));
    world.github.renamed.set(idOf('ann'), 'ann-new');
    return world;
  }

  const later = async (world: Awaited<ReturnType<typeof aChangeThatWaits>>): Promise<string> => {
    await world.evaluate(1);
    return world.after();
  };

  test('still rejects what they rejected, and is told by the login they have now', async () => {
    const world = await aRejectedChange();
    assert.equal(await later(world), 'fail deny governance/rejected');
    assert.match((await world.told()).join(' '), /ask ann-new to take it back/);
    world.github.teams.set('governance', new Set(['bob']));
    assert.equal(await later(world), 'pass');
  });

  test('still approves what they approved', async () => {
    const world = await aChangeThatWaits(configuration(2));
    await world.approve('bob');
    assert.equal(await world.approve('ann'), 'pass');
    world.github.teams.set('governance', new Set(['ann-new', 'bob']));
    world.github.renamed.set(idOf('ann'), 'ann-new');
    assert.equal(await later(world), 'pass');
    assert.deepEqual((await world.decisionOn(1))?.decision.held.map(({ approvedBy }) => approvedBy), [['ann-new', 'bob']]);
  });

  test('attack: whoever takes over a login neither speaks with the votes of its former owner, nor silences them', async () => {
    const world = await aRejectedChange();
    // The one who has the login now is no member, then one, then has a hand in the change: by name alone, and by number.
    assert.equal(await world.after(world.comments(1, 'ann', `/plumbline unapprove all ${world.headOf(1).slice(0, 12)}`, 66)), 'fail deny governance/rejected');
    world.github.teams.set('governance', new Set(['ann', 'ann-new', 'bob']));
    assert.equal(await later(world), 'fail deny governance/rejected');
    const facts = world.github.pulls.get(1);
    assert.ok(facts);
    world.github.pulls.set(1, { ...facts, author: 'ann' });
    assert.equal(await later(world), 'fail deny governance/rejected');
    world.github.people.set(1, [{ sha: world.headOf(1), people: [{ login: 'ann', id: 66 }] }]);
    assert.equal(await later(world), 'fail deny governance/rejected');
  });

  test('is another one than whoever took over their login and votes too', async () => {
    const world = await aRejectedChange();
    world.github.teams.set('governance', new Set(['ann', 'ann-new']));
    const byAnother = world.comments(1, 'ann', `/plumbline approve infra.change ${world.headOf(1).slice(0, 12)}`, 66);
    assert.equal(await world.after(byAnother), 'fail deny governance/rejected');
    world.github.teams.set('governance', new Set(['ann']));
    assert.equal(await later(world), 'pass');
  });

  test('attack: a hand that was told under a former login bars the yes of its owner', async () => {
    const world = await aChangeThatWaits();
    assert.equal(await world.approve('ann'), 'pass');
    assert.equal(await world.after(world.pushes(1, 'ann', { 'docs/a.md': 'beside\n' })), 'hold hold governance/approvals_missing');
    world.github.teams.set('governance', new Set(['ann-new', 'bob']));
    world.github.renamed.set(idOf('ann'), 'ann-new');
    assert.equal(await later(world), 'hold hold governance/approvals_missing');
  });

  test('attack: what somebody approved does not count for another one who has their login now', async () => {
    const world = await aChangeThatWaits();
    assert.equal(await world.approve('ann'), 'pass');
    world.github.renamed.set(idOf('ann'), 'somebody-else');
    assert.equal(await later(world), 'hold hold governance/approvals_missing');
  });

  test('attack: one person under a name that is given up and taken again counts once', async () => {
    const world = await aChangeThatWaits(configuration(2, '"user:ann", "user:bob"'));
    await world.approve('ann');
    world.github.renamed.set(idOf('ann'), 'ann-new');
    const again = world.comments(1, 'ann', `/plumbline approve all ${world.headOf(1).slice(0, 12)} because`, 66);
    assert.equal(await world.after(again), 'hold hold governance/approvals_missing');
    assert.equal(await world.approve('bob'), 'pass');
  });

  test('leaves undecided what they rejected where the configuration names them by their old login, and says how to go on', async () => {
    const world = await aRejectedChange('"user:ann", "user:bob"');
    world.github.teams.set('governance', new Set());
    assert.equal(await later(world), 'inconclusive unknown policy/no_answer');
    assert.match((await world.told()).join(' '), /Name ann-new in place of user:ann in the configuration/);
  });

  test('leaves undecided what they rejected while GitHub can not tell who they are, and is no yes meanwhile', async () => {
    const world = await aRejectedChange();
    world.github.trouble.set('loginOf', [noAnswer]);
    assert.equal(await later(world), 'inconclusive unknown policy/no_answer');
    assert.equal(await later(world), 'fail deny governance/rejected');
    const other = await aChangeThatWaits();
    await other.approve('ann');
    other.github.renamed.set(idOf('ann'), 'ann-new');
    other.github.trouble.set('loginOf', [noAnswer]);
    assert.equal(await later(other), 'inconclusive unknown policy/no_answer hold governance/approvals_missing');
  });

  test('leaves undecided what they rejected once their account is gone, and is no yes any more', async () => {
    const world = await aRejectedChange();
    world.github.renamed.set(idOf('ann'), null);
    assert.equal(await later(world), 'inconclusive unknown policy/no_answer');
    assert.match((await world.told()).join(' '), /Change what ann rejected/);
    assert.equal(await world.after(world.pushes(1, 'mona', { 'infra/a.tf': 'two\n' })), 'hold hold governance/approvals_missing');
    const other = await aChangeThatWaits();
    assert.equal(await other.approve('ann'), 'pass');
    other.github.renamed.set(idOf('ann'), null);
    assert.equal(await later(other), 'hold hold governance/approvals_missing');
    assert.equal(await other.approve('bob'), 'pass');
  });

  test('leaves nothing undecided by what they rejected and then had a hand in, once their account is gone', async () => {
    const world = await aRejectedChange();
    world.github.renamed.delete(idOf('ann'));
    assert.equal(await world.after(world.pushes(1, 'ann', { 'docs/a.md': 'beside\n' })), 'pass');
    world.github.renamed.set(idOf('ann'), null);
    assert.equal(await later(world), 'pass');
  });

  test('attack: an agent that is renamed after it had its hand in a change does not free its operator to release that', async () => {
    const world = await aChangeThatWaits(`${configuration()}hallucination: {agents: [{login: robot, operator: "user:ann"}]}\n`, 'robot');
    world.github.people.set(1, [{ sha: world.headOf(1), people: [{ login: 'robot-new', id: idOf('robot') }] }]);
    world.github.openPull(1, 'topic-1', { author: 'robot-new' });
    world.github.renamed.set(idOf('robot'), 'robot-new');
    assert.equal(await world.approve('ann'), 'hold hold governance/approvals_missing');
    assert.equal(await world.approve('bob'), 'pass');
  });

  describe('an operator whom the configuration names by login', () => {
    async function aChangeOfAnAgent() {
      const world = await aChangeThatWaits(`${configuration()}hallucination: {agents: [{login: robot, operator: "user:ann"}]}\n`, 'robot');
      world.github.teams.get('governance')?.add('ann-new');
      return world;
    }

    test('attack: does not release what the agent did by having another login by now', async () => {
      const world = await aChangeOfAnAgent();
      world.github.free.add('ann');
      assert.equal(await world.approve('ann-new'), 'hold notice governance/contributors_unknown hold governance/approvals_missing');
    });

    test('bars nobody else while the login is theirs, at no further read', async () => {
      const world = await aChangeOfAnAgent();
      world.github.calls = [];
      assert.equal(await world.approve('ann'), 'hold hold governance/approvals_missing');
      assert.equal(await world.approve('bob'), 'pass');
      assert.ok(!world.github.calls.includes('hasAccount'));
    });

    test('bars everybody while GitHub does not tell whether anybody is called so', async () => {
      const world = await aChangeOfAnAgent();
      world.github.free.add('ann');
      world.github.trouble.set('hasAccount', Array.from({ length: 5 }, () => new Failure('GITHUB_UNAVAILABLE', 'later')));
      assert.equal(await world.approve('bob'), 'inconclusive unknown policy/no_answer hold governance/approvals_missing');
    });
  });

  test('is asked about again only where they are not called as before', async () => {
    const world = await aChangeThatWaits();
    await world.approve('ann');
    world.github.calls = [];
    await later(world);
    assert.deepEqual(['people', 'loginOf'].map((call) => world.github.calls.filter((one) => one === call).length), [1, 0]);
    world.github.renamed.set(idOf('ann'), 'ann-new');
    world.github.calls = [];
    await later(world);
    assert.deepEqual(['people', 'loginOf'].map((call) => world.github.calls.filter((one) => one === call).length), [2, 1]);
  });
});

describe('a first configuration', () => {
  async function aFirstConfiguration() {
    const world = aWatchedChange();
    world.github.commit('main', { 'README.md': 'shop\n' });
    for (const required of ['main', 'plumbline']) world.github.required.add(required);
    for (const admin of ['root', 'boss']) world.github.admins.add(admin);
    assert.equal(await world.after(world.opens(1, 'mona', { '.github/plumbline.yml': 'version: 1\n' })), 'hold hold config/missing');
    const again = async (...troubles: readonly Failure[]) => {
      // The query of all people says nothing of them: they are asked about one by one.
      world.github.hidesCollaborators = troubles.length > 0;
      world.github.trouble.set('permission', [...troubles]);
      await world.evaluate(1);
      return world.after();
    };
    return { ...world, again };
  }

  test('attack: that an admin rejected is not released while GitHub can not tell that they are one', async () => {
    const world = await aFirstConfiguration();
    await world.say('boss', 'reject', 'config/missing');
    assert.equal(await world.say('root', 'approve', 'config/missing'), 'fail notice config/missing deny governance/rejected');
    assert.equal(await world.again(noAnswer), 'inconclusive notice config/missing unknown policy/no_answer');
    assert.equal(await world.again(), 'fail notice config/missing deny governance/rejected');
  });

  test('that an admin approved is tried again, and not left waiting, where GitHub can not tell that they are one', async () => {
    const world = await aFirstConfiguration();
    assert.equal(await world.say('root', 'approve'), 'pass notice config/missing');
    assert.equal(await world.again(noAnswer), 'inconclusive hold config/missing unknown policy/no_answer');
    assert.equal(await world.again(), 'pass notice config/missing');
  });

  test('that an admin approved passes, though GitHub can not tell of another who did', async () => {
    const world = await aFirstConfiguration();
    await world.say('boss', 'approve');
    await world.say('root', 'approve', 'config/missing');
    assert.equal(await world.again(noAnswer), 'pass notice config/missing');
  });
});
