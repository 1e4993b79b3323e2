import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuditDraft } from '../../src/audit/entry.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { DecisionRecord } from '../../src/flows/ports/decision-store.ts';
import type { StoreTransaction } from '../../src/flows/ports/store.ts';
import { aContract, aGovernedWorld, aWorld, configuration } from './a-world.ts';
import { landedOf, conclusionOf, pushed, rebase, released } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const one = released('one');

/** A pull request that was judged green, and its head. */
async function allowed(world: World, number: number, files: Readonly<Record<string, string | null>>, from = 'main'): Promise<string> {
  world.github.branch(`p${number}`, from);
  const head = world.github.commit(`p${number}`, files);
  world.github.openPull(number, `p${number}`);
  await world.evaluate(number);
  assert.equal(conclusionOf(world, head), 'success');
  return head;
}

/** GitHub names the commit as the merge of the pull request, whoever made it and whatever it holds. */
function merged(world: World, number: number, head: string, files: Readonly<Record<string, string | null>>): string {
  const merge = world.github.commit('main', files, [world.github.branches.get('main') ?? '', head]);
  for (const commit of [merge, head]) world.github.broughtBy.set(commit, [number]);
  world.github.openPull(number, `p${number}`, { head, state: 'merged', mergeCommit: merge });
  return merge;
}

/** Contract id, version and whether a decision is named for it. */
async function releasesOf(world: World): Promise<readonly unknown[]> {
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
  return releases.filter((one) => !one.adopted).map((one) => [one.contractId, one.version, one.decisionId !== null]);
}

/** What is appended to the log from now on, as it is before the payload is sealed. */
function draftsOf(world: World): readonly AuditDraft[] {
  const store = { ...world.store };
  const drafts: AuditDraft[] = [];
  const seen = (kept: StoreTransaction): StoreTransaction => ({ ...kept, append: (draft) => (drafts.push(draft), kept.append(draft)) });
  Object.assign(world.store, { transaction: (work: (kept: StoreTransaction) => Promise<unknown>) => store.transaction((kept) => work(seen(kept))) });
  return drafts;
}

/** From now on decisions stand as changed. */
function withDecisions(world: World, change: (record: DecisionRecord) => DecisionRecord): void {
  const store = { ...world.store };
  Object.assign(world.store, {
    transaction: (work: (reads: StoreTransaction) => Promise<unknown>) => store.transaction((reads) => work({ ...reads, standingDecisions: async (...asked) => (await reads.standingDecisions(...asked)).map(change) })),
  });
}

async function aRecordedWorld(): Promise<World> {
  const world = aGovernedWorld();
  await pushed(world);
  return world;
}

describe('a decision', () => {
  test('is named for what it saw and what landed so', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { ...released('two'), 'README.md': 'two\n' });
    world.github.commit('main', { 'docs/on.md': 'the base has moved on\n' });
    merged(world, 1, head, { ...released('two'), 'README.md': 'two\n' });
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', true]], [['push', 'governance/bypassed'], ['pull-request:1', 'allowed']]]);
  });

  test('attack: does not cover what somebody put into the merge by hand', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { 'README.md': 'done\n' });
    const merge = merged(world, 1, head, { 'README.md': 'done\n', ...released('evil') });
    const drafts = draftsOf(world);
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['evil', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
    assert.deepEqual(drafts.flatMap(({ event, payload }) => (event === 'change.merged' ? [payload] : [])), [{ sha: merge, decision: null }]);
    const [told] = world.log.lines.filter((entry) => entry.message === 'merged without a valid allow');
    assert.match(String(told?.fields?.['rationale']), new RegExp(`^${merge} left something else than decision \\S+ saw at contracts/evil.yaml$`));
  });

  test('attack: for another base branch of the entry does not count for a merge into this one', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches: [{entry: main, names: [main, dev]}]\n'), 'contracts/checkout.yaml': aContract() });
    world.github.branch('dev', 'main');
    for (const branch of ['main', 'dev']) await pushed(world, branch);
    world.github.branch('p1', 'dev');
    const head = world.github.commit('p1', released('two'));
    world.github.openPull(1, 'p1', { baseBranch: 'dev' });
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
    merged(world, 1, head, released('two'));
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
  });

  test('attack: does not cover another content under the path that it saw', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    merged(world, 1, head, released('two', { spec: '{limit: 666}' }));
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
  });

  test('attack: does not cover a merge that takes the file of the head, which the change had not touched, over that of the base', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { 'README.md': 'old\n' });
    const before = merged(world, 2, await allowed(world, 2, one), one);
    await pushed(world);
    merged(world, 1, head, { 'README.md': 'old\n', 'contracts/one.yaml': null });
    await pushed(world);
    assert.deepEqual((await landedOf(world)).slice(1), [['pull-request:1', 'governance/bypassed']], before);
  });

  test('attack: does not cover a configuration that the merge loosens', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { 'README.md': 'done\n' });
    merged(world, 1, head, { 'README.md': 'done\n', '.github/plumbline.yml': 'version: 1\n' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });

  test('attack: does not cover what an earlier commit of the pull request left, where the last one is as it was judged', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { 'README.md': 'done\n' });
    const evil = world.github.commit('main', released('evil'));
    const last = world.github.commit('main', { 'README.md': 'done\n' });
    for (const commit of [evil, last]) world.github.broughtBy.set(commit, [1]);
    world.github.openPull(1, 'p1', { head, state: 'merged', mergeCommit: last });
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['evil', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
  });

  test('attack: allows nothing where what it saw, or what landed, can not be read any more', async () => {
    for (const gone of ['head', 'base'] as const) {
      const world = await aRecordedWorld();
      const base = world.github.branches.get('main') ?? '';
      const head = await allowed(world, 1, { 'README.md': 'done\n' });
      merged(world, 1, head, { 'README.md': 'done\n' });
      const trees = { ...world.github.repository };
      let reads = 0;
      const isGone = (commit: string): boolean => (gone === 'head' ? commit === head : commit === base && (reads += 1) > 1);
      Object.assign(world.github.repository, { tree: async (commit: string) => ({ ...(await trees.tree(commit)), complete: !isGone(commit) }) });
      await pushed(world);
      const told = world.log.lines.filter((entry) => entry.message === 'merged without a valid allow').map(({ fields }) => String(fields?.['rationale']));
      assert.match(told.join(), /can not be compared with what decision \S+ saw: a tree can not be read any more$/);
    }
  });

  test('is named for nothing where what it saw can not be read any more', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    merged(world, 1, head, released('two'));
    const trees = { ...world.github.repository };
    Object.assign(world.github.repository, { tree: async (commit: string) => (commit === head ? Promise.reject(new Failure('SNAPSHOT_UNREADABLE', 'gone')) : trees.tree(commit)) });
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
  });
});

describe('a merge that takes a part of what was allowed', () => {
  const moved = { 'contracts/checkout.yaml': null, 'contracts/moved.yaml': aContract() };

  for (const [title, files] of [
    ['only the deletion of a move', { 'contracts/checkout.yaml': null }],
    ['only the addition of a move', { 'contracts/moved.yaml': aContract() }],
    ['nothing', {}],
  ] as const) {
    test(`attack: ${title} is bypassed`, async () => {
      const world = await aRecordedWorld();
      const head = await allowed(world, 1, moved);
      merged(world, 1, head, files);
      await pushed(world);
      assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
    });
  }

  test('is allowed where the line has the rest already', async () => {
    const world = await aRecordedWorld();
    const [first, second] = [await allowed(world, 1, released('two')), await allowed(world, 2, { ...released('two'), 'README.md': 'second\n' })];
    merged(world, 1, first, released('two'));
    await pushed(world);
    rebase(world, 2);
    await world.evaluate(2);
    merged(world, 2, second, { 'README.md': 'second\n' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed'], ['pull-request:2', 'allowed']]);
  });

  test('and leaves a file out that is not governed is allowed', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, { ...released('two'), 'README.md': 'mine\n' });
    merged(world, 1, head, { ...released('two'), 'README.md': 'mine and theirs\n' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed']]);
  });
});

describe('several pull requests in one commit', () => {
  /** Both landed with a commit that GitHub names for each. */
  async function together(world: World, heads: readonly [string, string], files: Readonly<Record<string, string | null>>): Promise<void> {
    const merge = world.github.commit('main', files, [world.github.branches.get('main') ?? '', ...heads]);
    for (const commit of [merge, ...heads]) world.github.broughtBy.set(commit, [1, 2]);
    for (const [index, head] of heads.entries()) world.github.openPull(index + 1, `p${index + 1}`, { head, state: 'merged', mergeCommit: merge });
    await pushed(world);
  }

  test('attack: are bypassed where no one decision saw all of it, though each saw its own', async () => {
    const world = await aRecordedWorld();
    const files = (name: string, limit: number) => ({ [`contracts/${name}.yaml`]: aContract({ contractId: 'two', spec: `{limit: ${limit}}` }) });
    await together(world, [await allowed(world, 1, files('a', 1)), await allowed(world, 2, files('b', 2))], { ...files('a', 1), ...files('b', 2) });
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed'], ['pull-request:2', 'governance/bypassed']]);
    assert.ok((await releasesOf(world)).every((one) => String(one).endsWith('false')));
  });

  test('attack: are bypassed where a stack was merged by hand and its lower text kept', async () => {
    const world = await aRecordedWorld();
    const [lower, upper] = [released('two'), { ...released('two', { spec: '{limit: 2}' }), ...released('three') }];
    await together(world, [await allowed(world, 1, lower), await allowed(world, 2, upper, 'p1')], { ...upper, ...lower });
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed'], ['pull-request:2', 'governance/bypassed']]);
  });

  test('are allowed where the upper one of a stack takes back a file of the lower one, or mends it', async () => {
    const world = await aRecordedWorld();
    await together(world, [await allowed(world, 1, { ...released('two'), ...released('gone', { lifecycle: 'draft' }) }), await allowed(world, 2, { 'contracts/gone.yaml': null, ...released('three') }, 'p1')], { ...released('two'), ...released('three') });
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed'], ['pull-request:2', 'allowed']]);
    const other = await aRecordedWorld();
    other.github.branch('p1', 'main');
    const broken = other.github.commit('p1', { 'contracts/two.yaml': 'contractId: two\n' });
    other.github.openPull(1, 'p1');
    await other.evaluate(1);
    assert.equal(conclusionOf(other, broken), 'failure');
    await together(other, [broken, await allowed(other, 2, released('two'), 'p1')], released('two'));
    assert.deepEqual([await landedOf(other), await releasesOf(other)], [[['pull-request:1', 'allowed'], ['pull-request:2', 'allowed']], [['two', '1.0.0', true]]]);
  });

  test('attack: one that nothing outran does not excuse another that was outrun', async () => {
    const world = await aRecordedWorld();
    const [readme, contract] = [await allowed(world, 1, { 'README.md': 'x\n' }), await allowed(world, 2, released('two'), 'p1')];
    merged(world, 3, await allowed(world, 3, released('three')), released('three'));
    await together(world, [readme, contract], { 'README.md': 'x\n', ...released('two') });
    assert.deepEqual((await landedOf(world)).slice(1), [['pull-request:1', 'governance/bypassed'], ['pull-request:2', 'governance/bypassed']]);
    assert.deepEqual((await releasesOf(world)).at(-1), ['two', '1.0.0', false]);
  });
});

describe('a fast-forward', () => {
  test('is allowed with the commit that was judged, whatever its own earlier ones changed', async () => {
    const world = await aRecordedWorld();
    world.github.branch('p1', 'main');
    world.github.commit('p1', released('one'));
    const head = await allowed(world, 1, released('two'), 'p1');
    world.github.branches.set('main', head);
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['one', '1.0.0', false], ['two', '1.0.0', true]], [['push', 'governance/bypassed'], ['push', 'allowed']]]);
  });
});

describe('what a decision can not have seen', () => {
  test('attack: is a twin of a governed path that the merge adds', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    merged(world, 1, head, { ...released('two'), 'Contracts/checkout.yaml': aContract({ spec: '{limit: 666}' }) });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });

  test('attack: is a change to what was governed until the very merge', async () => {
    const world = aWorld();
    const wider = `${configuration}  - {name: b, paths: ["b/**/*.yaml"], signatures: optional}\n`;
    world.github.commit('main', { '.github/plumbline.yml': wider, 'contracts/checkout.yaml': aContract(), 'b/one.yaml': aContract({ contractId: 'one' }) });
    await pushed(world);
    const head = await allowed(world, 1, { '.github/plumbline.yml': configuration });
    merged(world, 1, head, { '.github/plumbline.yml': configuration, 'b/one.yaml': aContract({ contractId: 'one', spec: '{limit: 666}' }) });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });

  test('attack: is what another pull request brought right before it', async () => {
    const world = await aRecordedWorld();
    const [first, second] = [await allowed(world, 1, released('two')), await allowed(world, 2, released('three'))];
    merged(world, 1, first, released('two'));
    const merge = merged(world, 2, second, released('three'));
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed'], ['pull-request:2', 'governance/bypassed']]);
    assert.deepEqual(await releasesOf(world), [['two', '1.0.0', true], ['three', '1.0.0', false]]);
    const [told] = world.log.lines.filter((entry) => entry.message === 'merged without a valid allow');
    assert.match(String(told?.fields?.['rationale']), new RegExp(`^${merge} arrived before what came onto the branch after decision \\S+ could be judged with it$`));
  });

  test('is nothing where what came before concerns nobody', async () => {
    const world = await aRecordedWorld();
    const [first, second] = [await allowed(world, 1, released('two')), await allowed(world, 2, { 'README.md': 'second\n' })];
    merged(world, 1, first, released('two'));
    merged(world, 2, second, { 'README.md': 'second\n' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed'], ['pull-request:2', 'allowed']]);
  });

  test('attack: is what came between its own first commit, which was put forward, and its merge', async () => {
    const world = await aRecordedWorld();
    world.github.branch('p1', 'main');
    const early = world.github.commit('p1', { 'README.md': 'early\n' });
    const head = await allowed(world, 1, released('two'), 'p1');
    world.github.branches.set('main', early);
    merged(world, 2, await allowed(world, 2, released('three')), released('three'));
    merged(world, 1, head, released('two'));
    for (const commit of [early, world.github.branches.get('main') ?? '']) world.github.broughtBy.set(commit, [1]);
    await pushed(world);
    assert.ok((await landedOf(world)).map(String).includes('pull-request:1,governance/bypassed'));
  });

  test('is nothing of an ungoverned twin that it has seen', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': `${configuration}rules: {"*": observe}\n`, 'contracts/checkout.yaml': aContract() });
    await pushed(world);
    const files = { 'Contracts/checkout.yaml': 'x\n' };
    merged(world, 1, await allowed(world, 1, files), files);
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed']]);
  });

  test('attack: is another mode of the file that it saw', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    const merge = merged(world, 1, head, released('two'));
    const trees = { ...world.github.repository };
    Object.assign(world.github.repository, {
      tree: async (commit: string) => {
        const tree = await trees.tree(commit);
        return commit === merge ? { ...tree, entries: tree.entries.map((entry) => (entry.path === 'contracts/two.yaml' ? { ...entry, mode: '100755' } : entry)) } : tree;
      },
    });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });

  test('is nothing that came and went within the merge', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    const commits = [{ 'contracts/draft.yaml': 'x\n' }, { 'contracts/draft.yaml': null, ...released('two') }].map((files) => world.github.commit('main', files));
    for (const commit of commits) world.github.broughtBy.set(commit, [1]);
    world.github.openPull(1, 'p1', { head, state: 'merged', mergeCommit: commits[1] ?? null });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed']]);
  });

  test('is nothing of a commit that came between those of the merge', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    const first = world.github.commit('main', { 'README.md': 'first\n' });
    world.github.commit('main', { 'docs/between.md': 'x\n' });
    const last = world.github.commit('main', released('two'));
    for (const commit of [first, last]) world.github.broughtBy.set(commit, [1]);
    world.github.openPull(1, 'p1', { head, state: 'merged', mergeCommit: last });
    await pushed(world);
    assert.deepEqual(new Map((await landedOf(world)).map((one) => [String(one), true])).size, 2);
    assert.ok((await landedOf(world)).map(String).includes('pull-request:1,allowed'));
  });

  test('attack: is anything once it has expired', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    withDecisions(world, (record) => ({ ...record, decision: { ...record.decision, validUntil: new Date(world.clock.now().getTime() - 1).toISOString() } }));
    merged(world, 1, head, released('two'));
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', false]], [['pull-request:1', 'governance/bypassed']]]);
  });
});

describe('of two pull requests with one head', () => {
  async function landed(world: World, isMerge: boolean, isJudged: boolean): Promise<void> {
    const head = await allowed(world, 1, released('two'));
    const stranger = { head, headRepositoryId: 999, author: 'stranger' };
    world.github.openPull(2, 'p1', stranger);
    if (isJudged) await world.evaluate(2);
    if (isMerge) merged(world, 1, head, released('two'));
    else world.github.branches.set('main', head);
    const mergeCommit = world.github.branches.get('main') ?? '';
    for (const commit of [mergeCommit, head]) world.github.broughtBy.set(commit, [2, 1]);
    world.github.openPull(1, 'p1', { head, state: 'merged', mergeCommit });
    world.github.openPull(2, 'p1', { ...stranger, state: 'merged', mergeCommit });
    await pushed(world);
  }

  test('attack: one that nobody judged takes away nothing of what was allowed to the other', async () => {
    for (const isMerge of [true, false]) {
      const world = await aRecordedWorld();
      await landed(world, isMerge, false);
      assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', true]], [['pull-request:2', 'allowed'], ['pull-request:1', 'allowed']]]);
    }
  });

  test('both count where both were allowed', async () => {
    const world = await aRecordedWorld();
    await landed(world, true, true);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', true]], [['pull-request:2', 'allowed'], ['pull-request:1', 'allowed']]]);
  });

  test('each counts for what it saw where one stands on the other and GitHub names both', async () => {
    for (const order of [[1, 2], [2, 1]]) {
      const world = await aRecordedWorld();
      const one = await allowed(world, 1, released('one'));
      const two = await allowed(world, 2, released('two'), 'p1');
      const merge = merged(world, 2, two, { ...released('one'), ...released('two') });
      world.github.broughtBy.set(merge, order);
      world.github.openPull(1, 'p1', { head: one, state: 'merged', mergeCommit: merge });
      await pushed(world);
      assert.deepEqual([await releasesOf(world), new Set((await landedOf(world)).map(String))], [[['one', '1.0.0', true], ['two', '1.0.0', true]], new Set(['pull-request:1,allowed', 'pull-request:2,allowed'])]);
    }
  });

  test('attack: none counts for what landed with one that was refused', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    world.github.openPull(2, 'p1', { head });
    await world.evaluate(2);
    withDecisions(world, (record) => (record.subject === 'pull-request:2' ? { ...record, decision: { ...record.decision, decision: 'deny' } } : record));
    world.github.openPull(3, 'p1', { head });
    const merge = merged(world, 1, head, released('two'));
    for (const number of [2, 3]) world.github.openPull(number, 'p1', { head, state: 'merged', mergeCommit: merge });
    world.github.broughtBy.set(merge, [1, 2, 3]);
    await pushed(world);
    assert.deepEqual([await releasesOf(world), await landedOf(world)], [[['two', '1.0.0', false]], [['pull-request:1', 'allowed'], ['pull-request:2', 'governance/bypassed'], ['pull-request:3', 'governance/bypassed']]]);
  });

  test('attack: one with more on top is not covered by what was allowed to the other', async () => {
    const world = await aRecordedWorld();
    const head = await allowed(world, 1, released('two'));
    world.github.branch('p2', 'p1');
    const more = world.github.commit('p2', released('evil'));
    world.github.openPull(2, 'p2');
    const merge = merged(world, 2, more, { ...released('two'), ...released('evil') });
    world.github.broughtBy.set(merge, [1, 2]);
    world.github.openPull(1, 'p1', { head, state: 'merged', mergeCommit: merge });
    await pushed(world);
    assert.deepEqual(await releasesOf(world), [['evil', '1.0.0', false], ['two', '1.0.0', false]]);
    assert.deepEqual(new Set((await landedOf(world)).map(String)), new Set(['pull-request:1,governance/bypassed', 'pull-request:2,governance/bypassed']));
  });
});
