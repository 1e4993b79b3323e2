import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { firstParentLine } from '../../src/flows/first-parent-line.ts';
import { isFailure } from '../builders/is-failure.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';

/** A branch of that many commits, oldest first. */
function aBranch(commits: number, github = new FakeGitHub(), from?: string) {
  const line: string[] = from === undefined ? [] : [from];
  for (let number = 0; number < commits; number += 1) line.push(github.commit('main', { 'README.md': `${number}\n` }, line.slice(-1)));
  return { github, line: from === undefined ? line : line.slice(1), tip: line.at(-1) ?? '' };
}

async function lineOf({ github, tip }: ReturnType<typeof aBranch>, after: string | null) {
  const { commits, ...rest } = await firstParentLine(github.repository, tip, after);
  return { commits: commits.map((commit) => commit.sha), ...rest };
}

test('firstParentLine() goes to the root where nothing was reached before', async () => {
  const branch = aBranch(230);
  assert.deepEqual(await lineOf(branch, null), { commits: branch.line, resumed: null, isRewritten: false });
});

test('firstParentLine() asks nothing where the tip was reached before', async () => {
  const branch = aBranch(3);
  assert.deepEqual(await lineOf(branch, branch.tip), { commits: [], resumed: branch.tip, isRewritten: false });
  assert.deepEqual(branch.github.calls, []);
});

for (const depth of [1, 99, 100, 205]) {
  test(`firstParentLine() ends at what was reached ${depth} commits before the tip`, async () => {
    const branch = aBranch(210);
    const after = branch.line.at(-1 - depth) ?? '';
    assert.deepEqual(await lineOf(branch, after), { commits: branch.line.slice(-depth), resumed: after, isRewritten: false });
  });

  test(`firstParentLine() ends at the fork when ${depth} commits were rewritten`, async () => {
    const old = aBranch(210);
    const fork = old.line.at(-1 - depth) ?? '';
    const branch = aBranch(130, old.github, fork);
    assert.deepEqual(await lineOf(branch, old.tip), { commits: branch.line, resumed: fork, isRewritten: true });
  });

  test(`firstParentLine() ends where the lines met when a merge brought ${depth} recorded commits in by its second parent`, async () => {
    const recorded = aBranch(120);
    const fork = recorded.tip;
    const theirs = aBranch(depth, recorded.github, fork);
    const ours = aBranch(140, recorded.github, fork);
    const merge = recorded.github.commit('main', { 'README.md': 'both\n' }, [ours.tip, theirs.tip]);
    assert.deepEqual(await lineOf({ ...ours, tip: merge }, theirs.tip), { commits: [...ours.line, merge], resumed: fork, isRewritten: false });
  });
}

test('firstParentLine() gives the whole line as rewritten when nothing is shared with what was reached', async () => {
  const old = aBranch(3);
  const branch = aBranch(4, old.github);
  assert.deepEqual(await lineOf(branch, old.tip), { commits: branch.line, resumed: null, isRewritten: true });
});

test('firstParentLine() refuses to guess when GitHub does not answer', async () => {
  const old = aBranch(3);
  const branch = aBranch(4, old.github);
  branch.github.trouble.set('mergeBase', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
  await assert.rejects(lineOf(branch, old.tip), isFailure('GITHUB_UNAVAILABLE'));
});
