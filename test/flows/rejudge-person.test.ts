import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../src/domain/decision.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { commandJob, rejudgePersonJob } from '../../src/flows/job-requests.ts';
import type { ChangedPerson } from '../../src/flows/job-requests.ts';
import { aDecision, aJudgedAction, aVerdict } from '../builders/decision-builder.ts';
import { aVoteRecord } from '../builders/vote-builder.ts';
import { aWorld } from './a-world.ts';

const head = 'a'.repeat(40);
const repositories = [100, 200];

function anItem(overrides: Partial<HeldItem> = {}): HeldItem {
  return { scope: 'infra.change', name: 'infra.change infra/a.tf', binding: `sha256:${'1'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: false, ...overrides };
}

/** An account with pull request 1 of each of two repositories, and one of another account. */
async function anAccount(decided: Partial<Decision> = {}) {
  const world = aWorld();
  const { store, clock, github } = world;
  const facts = { number: 1, state: 'open', title: 't', author: 'mona', authorId: 13, draft: false, head, headRepositoryId: 1, baseBranch: 'main', base: head, createdAt: '2026-11-20T11:00:00Z', mergeCommit: null } as const;
  await store.transaction(async (transaction) => {
    for (const id of [...repositories, 300]) {
      const repository = { ...github.ref, id, account: id === 300 ? { ...github.ref.account, id: 2 } : github.ref.account };
      await transaction.savePullRequest({ repository, facts, authorCanWrite: true });
      await transaction.saveDecision({ id: `d${id}`, repository, subject: 'pull-request:1', entry: 'main', baseBranch: 'main', decision: aDecision({ head, ...decided }), decidedAt: clock.now() });
    }
  });
  return {
    ...world,
    /** Repositories whose pull request is judged again. */
    async rejudged(person: Partial<ChangedPerson> = {}): Promise<readonly string[]> {
      await world.enqueue(rejudgePersonJob({ account: github.ref.account.id, repository: null, login: 'Alice', id: 21, mayGain: false, ...person }));
      const lease = (owner: string) => store.queue.lease({ owner, now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 10 });
      for (const job of await lease('first')) await world.run(job);
      return (await lease('then')).map(({ key }) => key).toSorted();
    },
  };
}

const both = repositories.map((id) => `evaluate:${id}:1`);

const counted: Readonly<Record<string, Partial<Decision>>> = {
  'an approval of theirs released what was held': { held: [anItem({ approvedBy: ['alice'] })] },
  'an approval of theirs let an action pass': { verdicts: [aVerdict('governance', [], { judged: [aJudgedAction({ release: { from: 'tier2', names: ['team:governance'], count: 1, approvedBy: ['alice'] } })] })] },
  'they have a hand in the change': { verdicts: [aVerdict('governance', [], { contributors: ['alice'] })] },
};

describe('rejudgePerson()', () => {
  for (const [title, decided] of Object.entries(counted)) {
    it(`judges again, in every repository of the account and in no other, where ${title}`, async () => {
      assert.deepEqual(await (await anAccount(decided)).rejudged(), both);
    });
  }

  it('judges again where they voted, whether or not that counted', async () => {
    const world = await anAccount();
    await world.store.transaction((transaction) => transaction.recordVote(aVoteRecord({ repositoryId: 200, pullRequest: 1, person: { login: 'alice', id: 21, kind: 'human' } })));
    assert.deepEqual(await world.rejudged(), ['evaluate:200:1']);
  });

  it('judges again where they voted under another login, and not where somebody else did under theirs', async () => {
    const world = await anAccount();
    await world.store.transaction(async (transaction) => {
      await transaction.recordVote(aVoteRecord({ repositoryId: 100, pullRequest: 1, person: { login: 'alice', id: 66, kind: 'human' } }));
      await transaction.recordVote(aVoteRecord({ repositoryId: 200, pullRequest: 1, person: { login: 'alice-before', id: 21, kind: 'human' } }));
    });
    assert.deepEqual(await world.rejudged(), ['evaluate:200:1']);
  });

  it('judges again where they have a hand in the change that was told under another login', async () => {
    const world = await anAccount({ verdicts: [aVerdict('governance', [], { contributors: ['alice-before'] })] });
    const person = { login: 'alice-before', id: 21, kind: 'human' } as const;
    await world.store.transaction((transaction) => transaction.recordArrival({ repositoryId: 200, pullRequest: 1, head, person, action: 'opened', at: '2026-11-20T11:00:00Z' }));
    await world.store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { ...person, id: 66 }, action: 'opened', at: '2026-11-20T11:00:00Z' }));
    assert.deepEqual(await world.rejudged(), ['evaluate:200:1']);
  });

  it('judges again where a commit of theirs was told under another login, and not where somebody else has theirs', async () => {
    const before = await anAccount({ verdicts: [aVerdict('governance', [], { contributors: ['alice-before', 'bob'], accounts: [21, null] })] });
    const other = await anAccount({ verdicts: [aVerdict('governance', [], { contributors: ['alice'], accounts: [66] })] });
    assert.deepEqual([await before.rejudged(), await other.rejudged()], [both, []]);
  });

  it('judges again what was approved in a review: whose account that was nobody kept', async () => {
    const world = await anAccount({ held: [anItem({ approvedBy: ['alice-before'] })] });
    await world.store.transaction((transaction) => transaction.recordVote(aVoteRecord({ repositoryId: 200, pullRequest: 1, person: { login: 'alice-before', id: 66, kind: 'human' } })));
    assert.deepEqual(await world.rejudged(), ['evaluate:100:1']);
  });

  it('leaves alone what does not know them, and what waits for people where they may do less', async () => {
    const world = await anAccount({ held: [anItem({ waits: true, approvedBy: ['bob'] })] });
    for (const repositoryId of repositories) await world.store.transaction((transaction) => transaction.recordVote(aVoteRecord({ repositoryId, pullRequest: 1, person: { login: 'bob', id: 22, kind: 'human' } })));
    assert.deepEqual(await world.rejudged(), []);
  });

  it('judges again what waits for people where they may do more: reviews are not kept', async () => {
    assert.deepEqual(await (await anAccount({ held: [anItem({ waits: true })] })).rejudged({ mayGain: true }), both);
  });

  it('looks at one repository alone where the event is about that', async () => {
    assert.deepEqual(await (await anAccount({ held: [anItem({ approvedBy: ['alice'] })] })).rejudged({ repository: 200 }), ['evaluate:200:1']);
  });

  it('judges again what is being judged right now: it may have been told what was true before', async () => {
    const world = await anAccount();
    const repository = { ...world.github.ref, id: 200 };
    await world.store.transaction((transaction) => transaction.openEvaluation({ id: 'e1', repository, subject: 'pull-request:1', head, rollUp: 'plumbline', startedAt: world.clock.now() }));
    assert.deepEqual(await world.rejudged(), ['evaluate:200:1']);
  });

  it('enqueues many in pages, the later ones later', async () => {
    const world = await anAccount();
    const repository = { ...world.github.ref, id: 201 };
    await world.store.transaction(async (transaction) => {
      for (let number = 1; number <= 502; number += 1) {
        const record = await transaction.pullRequestRecord(100, 1);
        if (record !== null) await transaction.savePullRequest({ ...record, repository, facts: { ...record.facts, number } });
        await transaction.recordVote(aVoteRecord({ repositoryId: 201, pullRequest: number, source: `comment:${number}`, person: { login: 'alice', id: 21, kind: 'human' } }));
        await transaction.saveDecision({ id: `m${number}`, repository, subject: `pull-request:${number}`, entry: 'main', baseBranch: 'main', decision: aDecision({ head }), decidedAt: world.clock.now() });
      }
    });
    await world.enqueue(rejudgePersonJob({ account: world.github.ref.account.id, repository: null, login: 'alice', id: 21, mayGain: false }));
    const due = () => world.store.queue.lease({ owner: 'test', now: world.clock.now(), until: new Date(world.clock.now().getTime() + 3_600_000), limit: 1_000 });
    for (const job of await due()) await world.run(job);
    const first = (await due()).length;
    world.clock.advance(60_000);
    assert.deepEqual([first, (await due()).length], [500, 2]);
  });
});

describe('an approval by a member of a team', () => {
  const configured = ['version: 1', 'governance:', '  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]', '  approvals: {tier2: {count: 1, from: ["team:governance"]}}', ''].join('\n');

  /** A pull request of mona that alice, of the team, approved. */
  async function anApproved() {
    const world = aWorld({}, requiredGates);
    const { github, store } = world;
    github.commit('main', { '.github/plumbline.yml': configured, 'infra/a.tf': 'a' });
    github.branch('work', 'main');
    const at = github.commit('work', { 'infra/a.tf': 'b' });
    github.openPull(1, 'work');
    github.people.set(1, [{ sha: at, people: [{ login: 'mona', id: 13 }] }]);
    github.teams.set('governance', new Set(['alice']));
    await store.transaction((transaction) => transaction.recordArrival({ repositoryId: github.ref.id, pullRequest: 1, head: at, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T11:00:00Z' }));
    await world.evaluate(1);
    github.written.set(41, { id: 41, issue: 1, body: `/plumbline approve infra.change ${at}`, author: { login: 'alice', id: 21, type: 'User' }, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: false });
    await world.enqueue(commandJob(github.ref, { pullRequest: 1, comment: 41, waits: 0 }));
    await world.settle();
    const standing = async (): Promise<string | undefined> => (await store.transaction((transaction) => transaction.newestDecision(github.ref.id, 'pull-request:1')))?.decision.decision;
    const tell = async (mayGain: boolean): Promise<void> => {
      await world.enqueue(rejudgePersonJob({ account: github.ref.account.id, repository: null, login: 'alice', id: 21, mayGain }));
      await world.settle();
    };
    return { ...world, standing, tell };
  }

  it('no longer counts once GitHub tells that they left it, and counts again once they are back', async () => {
    const world = await anApproved();
    const before = await world.standing();
    world.github.teams.set('governance', new Set());
    await world.tell(false);
    const left = await world.standing();
    world.github.teams.set('governance', new Set(['alice']));
    await world.tell(true);
    assert.deepEqual([before, left, await world.standing(), world.failures], ['allow', 'hold', 'allow', []]);
  });

  it('counts as GitHub has it now, whatever an event that comes late says', async () => {
    const world = await anApproved();
    await world.tell(false);
    assert.equal(await world.standing(), 'allow');
  });
});
