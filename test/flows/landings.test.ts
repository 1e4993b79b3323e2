import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { landings } from '../../src/flows/landings.ts';
import { mergedPullRequests } from '../../src/flows/merged-pull-requests.ts';
import type { PullRequestOfCommit } from '../../src/flows/ports/pull-request-facts.ts';
import { aContract, aGovernedWorld, aWorld, configuration } from './a-world.ts';
import { landedOf, conclusionOf, pushed, versionsOf } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const path = 'contracts/checkout.yaml';
const next = (limit: number) => ({ [path]: aContract({ contractVersion: '1.1.0', spec: `{limit: ${limit}}` }) });

/** Commits as one pull request brings them that is merged by rebase: each stands on main, and none but the last was judged. */
function landTogether(world: World, number: number, steps: readonly Readonly<Record<string, string | null>>[]): void {
  const commits = steps.map((files) => world.github.commit('main', files));
  for (const commit of commits) world.github.broughtBy.set(commit, [number]);
  world.github.openPull(number, 'main', { state: 'merged', mergeCommit: commits.at(-1) ?? null });
}

const lineOf = (commits: readonly string[]) => ({ commits: commits.map((sha) => ({ sha, parent: null, tree: '' })) });

/** Version, whether it was released at the tip, and whether it was adopted, of everything recorded. */
async function releasesOf(world: World): Promise<readonly unknown[]> {
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
  return releases.map((one) => [one.version, one.commit === world.github.branches.get('main'), one.adopted]);
}

describe('what a rebase merge or a fast-forward puts on the branch in between', () => {
  test('attack: another content of the version in an unjudged commit is not recorded as its release', async () => {
    for (const isBackfill of [false, true]) {
      const world = aGovernedWorld();
      if (!isBackfill) await pushed(world);
      landTogether(world, 1, [next(666), next(2)]);
      await pushed(world);
      assert.deepEqual(await releasesOf(world), [['1.0.0', false, true], ['1.1.0', true, false]]);
    }
  });

  test('attack: a version that only stood in an unjudged commit was never released', async () => {
    const world = aGovernedWorld();
    landTogether(world, 1, [{ [path]: aContract({ contractVersion: '9.0.0' }) }, { [path]: aContract() }, { 'README.md': 'more\n' }]);
    await pushed(world);
    assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true]]);
  });

  test('attack: a state that a version had only in an unjudged commit was never reached', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    landTogether(world, 1, [{ [path]: aContract({ lifecycle: 'retired' }) }, { [path]: aContract({ emergencyFlags: '{halted: true}' }) }]);
    await pushed(world);
    const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
    assert.deepEqual(releases.map((one) => one.lifecycle), ['active']);
    assert.deepEqual((await world.auditEvents()).filter((event) => event === 'release.state_changed').length, 1);
  });

  test('is adopted as one: what the last commit has beside the first configuration', async () => {
    const world = aWorld();
    landTogether(world, 1, [{ '.github/plumbline.yml': configuration, [path]: aContract() }, { [path]: aContract({ spec: '{limit: 2}' }) }, { 'contracts/two.yaml': aContract({ contractId: 'two' }) }]);
    await pushed(world);
    assert.deepEqual(await releasesOf(world), [['1.0.0', true, true], ['1.0.0', true, true]]);
    world.github.branch('a', 'main');
    const head = world.github.commit('a', { [path]: aContract({ spec: '{limit: 2}', lifecycle: 'deprecated' }) });
    world.github.openPull(2, 'a');
    await world.evaluate(2);
    assert.equal(conclusionOf(world, head), 'success');
  });

  test('of two pull requests one after the other is told apart', async () => {
    const world = aGovernedWorld();
    landTogether(world, 1, [next(666), next(2)]);
    const first = world.github.branches.get('main');
    landTogether(world, 2, [{ 'README.md': 'more\n' }, { [path]: aContract({ contractVersion: '1.2.0' }) }]);
    await pushed(world);
    assert.deepEqual(await releasesOf(world), [['1.0.0', false, true], ['1.1.0', false, false], ['1.2.0', true, false]]);
    const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
    assert.equal(releases[1]?.commit, first);
  });

  test('is asked for once, also where the merge is described', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    world.github.calls = [];
    landTogether(world, 1, [next(3), next(4), next(2)]);
    await pushed(world);
    assert.deepEqual([world.github.calls.filter((call) => call === 'pullRequestsOf').length, world.github.calls.filter((call) => call === 'pullRequest').length], [3, 0]);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });
});

describe('a pull request into another branch', () => {
  const branches = 'branches:\n  - {entry: main, names: [main], require: false}\n  - {entry: rel, names: ["rel/*"], require: false}\n';

  test('attack: a branch made of one with a rebase merge has no release of its unjudged commits', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', `version: 1\n${branches}`), [path]: aContract() });
    await pushed(world);
    landTogether(world, 1, [next(666), next(2)]);
    await pushed(world);
    world.github.branch('rel/1', 'main');
    world.github.commit('rel/1', { 'README.md': 'branched\n' });
    await pushed(world, 'rel/1');
    const [own, other] = await Promise.all(['main', 'rel'].map((entry) => world.store.transaction((transaction) => transaction.allReleases(100, entry))));
    assert.deepEqual(other?.map((one) => one.contentHash), own?.map((one) => one.contentHash));
  });

  test('attack: counts only where none into this branch brought the commit', async () => {
    const [develop, main] = [{ number: 1, state: 'merged', baseBranch: 'develop', head: 'b', mergeCommit: 'b' }, { number: 2, state: 'merged', baseBranch: 'main', head: 'd', mergeCommit: null }] as const;
    const brought: Readonly<Record<string, readonly PullRequestOfCommit[]>> = { a: [develop, main], b: [develop, main], c: [main], d: [main] };
    const commits = ['a', 'b', 'c', 'd', 'e'];
    const landingOf = (branch: string) => landings({ line: lineOf(commits), merged: mergedPullRequests({ pullRequestsOf: async (sha) => brought[sha] ?? [] }, branch) });
    assert.deepEqual([await landingOf('main')('a'), await landingOf('rel/1')('a')], ['d', 'b']);
  });
});

describe('the decision of a pull request', () => {
  test('attack: is about the commit that landed, not about those that came along and are taken for themselves', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    world.github.branch('a', 'main');
    const middle = world.github.commit('a', { 'contracts/evil.yaml': aContract({ contractId: 'evil' }) });
    world.github.commit('a', { 'contracts/evil.yaml': null });
    world.github.commit('a', { 'README.md': 'between\n' });
    const head = world.github.commit('a', { 'README.md': 'harmless\n' });
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
    world.github.branches.set('main', head);
    // GitHub does not name the pull request for one of them: they can not have landed together.
    for (const commit of [middle, head]) world.github.broughtBy.set(commit, [1]);
    world.github.openPull(1, 'a', { state: 'merged', mergeCommit: head });
    await pushed(world);
    const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
    assert.deepEqual(releases.map((one) => [one.contractId, one.decisionId]), [['checkout', null], ['evil', null]]);
  });
});

describe('a commit that landed by itself', () => {
  const line = ['a', 'b', 'c', 'd'];
  const facts = (number: number, mergeCommit: string | null, head = ''): PullRequestOfCommit => ({ number, state: 'merged', head, baseBranch: 'main', mergeCommit });
  const landingOf = (commit: string, brought: Readonly<Record<string, readonly PullRequestOfCommit[]>>, commits: readonly string[] = line) => landings({ line: lineOf(commits), merged: async (sha) => brought[sha] ?? [] })(commit);

  test('is one that no pull request brought', async () => {
    assert.equal(await landingOf('b', {}), 'b');
  });

  test('attack: is one that a later pull request also claims, where others stand in between', async () => {
    const [early, late] = [facts(1, 'a'), facts(2, 'd')];
    assert.equal(await landingOf('a', { a: [late, early], d: [late] }), 'a');
    assert.equal(await landingOf('b', { b: [late], d: [late] }), 'b');
  });

  test('is one whose pull request was merged at a commit that is not on the line, or is older', async () => {
    assert.equal(await landingOf('b', { b: [facts(1, 'gone')], c: [facts(1, 'gone')] }), 'b');
    assert.equal(await landingOf('b', { a: [facts(1, 'a')], b: [facts(1, 'a')] }), 'b');
  });

  test('attack: is none of a long pull request, whose commits are not all looked at', async () => {
    const long = Array.from({ length: 400 }, (_, place) => `${place}`);
    const all = Object.fromEntries(long.map((sha) => [sha, [facts(1, '399')]]));
    assert.equal(await landingOf('0', all, long), '399');
    assert.equal(await landingOf('0', { ...all, 250: [] }, long), '0');
  });

  test('is not one that landed with the head of its pull request, where GitHub names no merge', async () => {
    const pushedDirectly = facts(1, null, 'c');
    assert.equal(await landingOf('a', { a: [pushedDirectly], b: [pushedDirectly], c: [pushedDirectly] }), 'c');
  });
});
