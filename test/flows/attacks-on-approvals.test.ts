import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';
import { commandJob, evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';

const config = `version: 1\nwaivers: [".plumbline/waivers.yaml"]\ngovernance:\n  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}, {action: deep.change, tier: 3, paths: ["deep/**"]}]\n  whitelist: [{action: "deep.change", actors: ["user:mona"], until: 2027-03-31, owner: "user:boss", reason: "x"}]\n  approvals: {tier2: {count: 1, from: ["team:junior"]}, tier3: {count: 1, from: ["team:governance"]}, reviews: REVIEWS}\n`;

async function world(reviews = false) {
  const w = aWorld({}, requiredGates);
  w.github.commit('main', { '.github/plumbline.yml': config.replace('REVIEWS', String(reviews)), 'infra/a.tf': 'one', 'infra/b.tf': 'one', 'deep/a': 'one', 'README.md': 'x' });
  w.github.teams.set('governance', new Set(['ann', 'bob', 'cid']));
  w.github.teams.set('junior', new Set(['jim', 'joe', 'cid']));
  await pushed(w);
  let comments = 40;
  const open = async (number: number, files: Record<string, string>, author = 'mona', id = 13) => {
    w.github.branch(`w${number}`, 'main');
    const head = w.github.commit(`w${number}`, files);
    w.github.openPull(number, `w${number}`, { author });
    await arrive(number, author, id);
    await w.evaluate(number);
    return head;
  };
  const arrive = async (number: number, login: string, id: number) => {
    const { head } = w.github.pulls.get(number)!;
    await w.store.transaction((t) => t.recordArrival({ repositoryId: 100, pullRequest: number, head, person: { login, id, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z' }));
  };
  const state = (head: string) => w.github.check('plumbline', head)?.state;
  return {
    ...w, open, arrive, state,
    async type(number: number, body: string, login: string, id: number): Promise<string> {
      comments += 1;
      w.github.written.set(comments, { id: comments, issue: number, body, author: { login, id, type: 'User' }, isByApp: false, createdAt: `2026-11-20T12:00:${comments - 30}Z`, isEdited: false });
      await w.enqueue(commandJob(w.github.ref, { pullRequest: number, comment: comments, waits: 0 }));
      await w.settle();
      return w.github.comments.filter(({ body: b }) => b.includes(`<!-- plumbline:command-${comments} -->`)).map(({ body: b }) => b).join('\n');
    },
    async group(name: string, files: Record<string, string>, numbers: readonly number[]) {
      const base = w.github.branches.get('main')!;
      w.github.branch(name, 'main');
      let head = base;
      for (const n of numbers) head = w.github.commit(name, files, [head, w.github.pulls.get(n)!.head]);
      await w.enqueue(evaluateGroupJob(w.github.ref, { headSha: head, headRef: `refs/heads/gh-readonly-queue/main/pr-${numbers.at(-1)}`, baseSha: base, baseRef: 'refs/heads/main' }));
      await w.settle();
      return state(head);
    },
  };
}

test('an approval of a pull request counts in its merge group, on a base that moved', async () => {
  const w = await world();
  const head = await w.open(1, { 'infra/a.tf': 'two' });
  await w.type(1, `/plumbline approve infra.change ${head.slice(0, 12)}`, 'jim', 31);
  assert.equal(w.state(head)?.conclusion, 'success');
  w.github.commit('main', { 'README.md': 'moved' });
  await pushed(w);
  const s = await w.group('q', { 'infra/a.tf': 'two' }, [1]);
  assert.equal(s?.conclusion, 'success', s?.summary);
});

test('an approving review counts in the merge group too', async () => {
  const w = await world(true);
  const head = await w.open(1, { 'infra/a.tf': 'two' });
  w.github.reviews.set(1, [{ person: { login: 'jim', id: 31, kind: 'human' }, commit: head, association: 'MEMBER', at: '2026-11-20T12:00:00Z' }]);
  await w.evaluate(1);
  assert.equal(w.state(head)?.conclusion, 'success');
  const s = await w.group('q', { 'infra/a.tf': 'two' }, [1]);
  assert.equal(s?.conclusion, 'success', s?.title);
});

test('whoever may approve no more has no standing rejection, or can take it back', async () => {
  const w = await world();
  const head = await w.open(1, { 'deep/a': 'two' });
  await w.type(1, `/plumbline approve all ${head.slice(0, 12)}`, 'ann', 21);
  assert.equal(w.state(head)?.conclusion, 'success', w.state(head)?.summary);
  await w.type(1, `/plumbline reject deep.change ${head.slice(0, 12)} no`, 'cid', 23);
  assert.equal(w.state(head)?.conclusion, 'failure');
  w.github.teams.get('governance')!.delete('cid');
  await w.evaluate(1);
  assert.equal(w.state(head)?.conclusion, 'success');
});

test('an approval that can not count because of a hand in a commit is refused', async () => {
  const w = await world();
  const head = await w.open(1, { 'infra/a.tf': 'two' });
  w.github.people.set(1, [{ sha: head, people: [{ login: 'jim', id: 31 }] }]);
  await w.evaluate(1);
  assert.doesNotMatch(await w.type(1, `/plumbline approve all ${head.slice(0, 12)}`, 'jim', 31), /approved/);
});

test('attack: a forged author lifts no rejection', async () => {
  const w = await world();
  const head = await w.open(1, { 'infra/a.tf': 'two' });
  await w.type(1, `/plumbline approve all ${head.slice(0, 12)}`, 'jim', 31);
  await w.type(1, `/plumbline reject infra.change ${head.slice(0, 12)} dangerous`, 'ann', 21);
  assert.equal(w.state(head)?.conclusion, 'failure');
  const next = w.github.commit('w1', { 'docs/x.md': 'typo' });
  w.github.openPull(1, 'w1');
  await w.arrive(1, 'mona', 13);
  w.github.people.set(1, [{ sha: head, people: [{ login: 'mona', id: 13 }] }, { sha: next, people: [{ login: 'ann', id: 21 }] }]);
  await w.evaluate(1);
  assert.equal(w.state(next)?.conclusion, 'failure');
});

test('the pull request of a waiver is judged again once it is known who asked for it', async () => {
  const w = await world();
  const head = await w.open(1, { '.github/workflows/a.yml': 'on: push\njobs: {a: {runs-on: x, steps: [{uses: "foo/bar@v1"}]}}\n' });
  w.github.writers.add('dev');
  await w.type(1, '/plumbline waive governance/action_unpinned .github/workflows/a.yml until 2026-12-20 later', 'dev', 12);
  const own = w.github.opened[0]!.number;
  const ownHead = w.github.pulls.get(own)!.head;
  assert.ok(w.state(ownHead), 'no judgement was asked for when it became known who asked');
  void head;
});

test('what was taken back by name does not come back with the old content', async () => {
  const w = await world();
  const head = await w.open(1, { 'infra/a.tf': 'two' });
  await w.type(1, `/plumbline approve infra.change ${head.slice(0, 12)}`, 'jim', 31);
  const next = w.github.commit('w1', { 'infra/a.tf': 'three' });
  w.github.openPull(1, 'w1'); await w.arrive(1, 'mona', 13); await w.evaluate(1);
  await w.type(1, `/plumbline unapprove infra.change ${next.slice(0, 12)}`, 'jim', 31);
  const back = w.github.commit('w1', { 'infra/a.tf': 'two', 'z': 'z' });
  w.github.openPull(1, 'w1'); await w.arrive(1, 'mona', 13); await w.evaluate(1);
  assert.equal(w.state(back)?.conclusion, 'action_required');
});

test('attack: a head that nobody saw arrive is not covered by the next one', async () => {
  const w = await world();
  w.github.branch('w1', 'main');
  // By jim, forged as mona, while the App was down.
  const unseen = w.github.commit('w1', { 'infra/a.tf': 'two' });
  const head = w.github.commit('w1', { 'docs/x': 'x' });
  w.github.openPull(1, 'w1');
  await w.store.transaction((kept) => kept.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'synchronize', before: unseen, at: '2026-11-20T12:00:00Z' }));
  await w.evaluate(1);
  await w.type(1, `/plumbline approve all ${head.slice(0, 12)}`, 'jim', 31);
  const contributors = (await w.store.transaction((t) => t.decisionAbout(100, 'pull-request:1', head)))?.decision.verdicts.flatMap((v) => v.contributors ?? []);
  assert.ok(contributors?.includes('unknown'));
});
