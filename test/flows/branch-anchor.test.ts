import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { branchAnchor } from '../../src/flows/branch-anchor.ts';
import type { CheckpointToAnchor } from '../../src/flows/ports/anchor.ts';
import { account, aLog, aLogKey, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { anAnchoredLog } from '../builders/anchored-log.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';

const branch = 'plumbline-anchors';
const path = `${account}/checkpoint`;

function aBranch(everyMs = 0, github = new FakeGitHub()) {
  if (!github.branches.has('main')) github.commit('main', { 'README.md': 'hello' });
  const repositories = async function* () {
    yield { repository: github.ref, defaultBranch: 'main', isArchived: false };
  };
  const on = (log?: TestLog) => anAnchoredLog(branchAnchor({ repository: () => github.repository, repositories }, { repository: 'Acme/shop', branch, everyMs }), log);
  return { github, on, texts: async () => await textsOf(github) };
}

/** What the file of the log held in each commit of the branch, the newest first. */
async function textsOf({ repository, branches }: FakeGitHub): Promise<readonly string[]> {
  const { commits } = await repository.history(branches.get(branch) ?? '', { limit: 100 });
  const names = await repository.namesAt(commits.map(({ sha }) => ({ commit: sha, path })));
  const blobs = names.flatMap((name) => (name === null ? [] : [name.name]));
  const contents = await repository.blobs(blobs.map((blob) => ({ blob, size: null })));
  return blobs.map((blob) => {
    const content = contents.get(blob);
    return content?.kind === 'bytes' ? Buffer.from(content.bytes).toString() : '';
  });
}

suite('a log with a branch as its anchor', () => {
  test('gets a commit for each checkpoint, on exactly what was read, and its history holds all', async () => {
    const { github, on, texts } = aBranch();
    const anchored = on();
    for (let round = 0; round < 3; round += 1) {
      await anchored.grow(3);
      await anchored.run();
      await anchored.run();
    }
    assert.deepEqual([anchored.sizes(), github.made.length, anchored.told()], [[4, 8, 12], 3, []]);
    const notes = new Map(anchored.log.checkpointsOf.map(({ size, note }) => [size, note]));
    assert.deepEqual(await texts(), [12, 8, 4].map((size) => notes.get(size)));
  });

  test('is committed to no more often than is said', async () => {
    const { github, on } = aBranch(3_600_000);
    const anchored = on();
    for (let round = 0; round < 4; round += 1) {
      await anchored.grow(1);
      await anchored.run();
      anchored.clock.advance(1_200_000);
    }
    assert.deepEqual([github.made.length, anchored.sizes()], [2, [2, 8]]);
  });

  test('is committed to at once when the clock was set back to before the last commit', async () => {
    const { github, on } = aBranch(3_600_000);
    const anchored = on();
    await anchored.grow(1);
    await anchored.run();
    anchored.clock.advance(-86_400_000);
    await anchored.grow(1);
    await anchored.run();
    assert.equal(github.made.length, 2);
  });

  test('a commit whose answer got lost is adopted, not made twice', async () => {
    const { github, on } = aBranch();
    const anchored = on();
    await anchored.grow(3);
    github.trouble.set('commit', [new Failure('GITHUB_AMBIGUOUS', 'lost')]);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), github.made.length], [[], 1]);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), github.made.length], [[4], 1]);
  });

  test('waits for the next run when somebody else committed meanwhile', async () => {
    const { github, on } = aBranch();
    const anchored = on();
    await anchored.grow(3);
    await anchored.run();
    await anchored.grow(3);
    github.before = (method) => {
      if (method === 'commit') github.commit(branch, { other: String(github.calls.length) });
    };
    await anchored.run();
    github.before = null;
    assert.deepEqual(anchored.sizes(), [4]);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), anchored.told()], [[4, 8], ['error checkpoint not anchored', 'info checkpoint anchored again']]);
  });

  test('trouble with GitHub never stops appending', async () => {
    const { github, on } = aBranch();
    for (const trouble of ['branchTip', 'namesAt', 'commit']) {
      const anchored = on();
      await anchored.grow(3);
      github.trouble.set(trouble, [new Failure('GITHUB_UNAVAILABLE', 'away')]);
      await anchored.run();
      anchored.log.append();
      assert.deepEqual([anchored.sizes(), anchored.told()], [[], ['error checkpoint not anchored']], trouble);
    }
    for (const noCommit of [{ kind: 'ungranted' }, { kind: 'refused', why: 'a rule' }] as const) {
      const { github: closed, on: closedOn } = aBranch();
      closed.branches.set(branch, closed.branches.get('main') ?? '');
      closed.noCommit = noCommit;
      const anchored = closedOn();
      await anchored.grow(3);
      await anchored.run();
      assert.deepEqual(anchored.sizes(), []);
    }
  });

  test('attack: a log of which nothing can be told keeps no other one from the branch', async () => {
    const { github } = aBranch();
    const repositories = async function* () {
      yield { repository: github.ref, defaultBranch: 'main', isArchived: false };
    };
    const anchor = branchAnchor({ repository: () => github.repository, repositories }, { repository: 'acme/shop', branch, everyMs: 0 });
    const of = (one: number, judge: CheckpointToAnchor['judge']): CheckpointToAnchor => ({ account: one, size: 3, note: `note of ${one} ${github.made.length}\n`, known: 0, consistencyFrom: async () => [], judge });
    const earlier = async () => ({ kind: 'earlier' }) as const;
    await anchor.publish([of(1, earlier), of(2, earlier)]);
    const answers = await anchor.publish([of(1, () => Promise.reject(new Failure('AUDIT_TAMPERED', 'its leaves are gone'))), of(2, earlier)]);
    assert.deepEqual([...answers].map(([one, answer]) => [one, answer.kind === 'failed' ? answer.failure.code : answer.kind]), [[1, 'AUDIT_TAMPERED'], [2, 'anchored']]);
    assert.equal(github.made.length, 2);
  });

  test('a branch that is gone is told and not begun anew', async () => {
    const { github, on } = aBranch();
    const anchored = on();
    await anchored.grow(3);
    await anchored.run();
    github.branches.delete(branch);
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), github.branches.has(branch)], [[4], false]);
    assert.match(anchored.failures().join(), /the branch plumbline-anchors is gone/);
  });

  test('attack: a file that was taken off the branch is told and not begun anew', async () => {
    const { github, on } = aBranch();
    const anchored = on();
    await anchored.grow(3);
    await anchored.run();
    github.commit(branch, { 'README.md': 'hello' }, [github.branches.get('main') ?? '']);
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), github.made.length], [[4], 1]);
    assert.match(anchored.failures().join(), /is gone, where one of size 4 stood/);
  });

  test('attack: a branch that was set back to an earlier checkpoint is told and not gone on with', async () => {
    const { github, on } = aBranch();
    const anchored = on();
    await anchored.grow(3);
    await anchored.run();
    const before = github.branches.get(branch) ?? '';
    await anchored.grow(3);
    await anchored.run();
    github.branches.set(branch, before);
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), github.branches.get(branch)], [[4, 8], before]);
    assert.match(anchored.failures().join(), /size 4 where one of size 8 stood/);
  });

  test('attack: a log that was cut back, or a second history, is blocked by what stands at the tip', async () => {
    const { github, on } = aBranch();
    const real = on();
    await real.grow(9);
    await real.run();
    for (const log of [await sealed(await aLog({ entries: 5 })), await sealed(await aLog({ entries: 9, subject: 'other' })), await sealed(await aLog({ entries: 20, subject: 'other' }))]) {
      const attacked = on(log);
      await attacked.run();
      assert.deepEqual([attacked.sizes(), attacked.told(), typeof (await log.blocked(account))], [[], ['error audit log contradicts its anchor'], 'string']);
    }
    assert.equal(github.made.length, 1);
  });

  test('what others wrote there is not written over, and blocks nothing', async () => {
    const { github, on } = aBranch();
    const eve = await sealed(await aLog({ entries: 30, key: aLogKey('eve') }), aLogKey('eve'));
    for (const text of ['hello', eve.checkpointsOf.at(-1)?.note ?? '']) {
      github.commit(branch, { [path]: text }, [github.branches.get('main') ?? '']);
      const anchored = on();
      await anchored.grow(3);
      await anchored.run();
      assert.deepEqual([anchored.sizes(), anchored.told(), await anchored.log.blocked(account), github.made.length], [[], ['error checkpoint not anchored'], null, 0]);
    }
  });

  test('attack: a folder in the place of a checkpoint is not written over', async () => {
    const { github, on } = aBranch();
    github.commit(branch, { [`${path}/inside`]: 'hello' }, [github.branches.get('main') ?? '']);
    const anchored = on();
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), anchored.told(), github.made.length], [[], ['error checkpoint not anchored'], 0]);
  });

  test('a repository where the App is not is told', async () => {
    const repositories = async function* () {};
    const anchored = anAnchoredLog(branchAnchor({ repository: () => new FakeGitHub().repository, repositories }, { repository: 'acme/gone', branch, everyMs: 0 }));
    await anchored.grow(3);
    await anchored.run();
    assert.match(anchored.failures().join(), /the App is not installed there/);
  });
});
