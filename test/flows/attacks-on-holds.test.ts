import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOfFinding } from '../../src/domain/approval/finding-item.ts';
import { builtinAnswer } from '../builders/builtin-answer.ts';
import { aVote, govern } from '../gates/governance/a-governed-change.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';
import { commandJob } from '../../src/flows/job-requests.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';

const approvals = { tier2: { count: 1, from: ['team:junior'] }, tier3: { count: 1, from: ['team:governance'] } };
const groups = { 'team:governance': ['ann', 'bob', 'cid'], 'team:junior': ['jim'] };

for (const tier of [1, 2]) {
  test(`what a policy holds (policy/held, tier ${tier}) is among what people may release`, () => {
    const verdict = govern({
      tier, governance: { approvals }, groups, votes: [aVote('ann')], contents: ['one', 'two', 'rego'],
      files: { 'infra/a.tf': { base: 'one', head: 'two' }, 'policies/x.rego': { base: 'rego', head: 'rego', roles: ['own'] } },
      snapshot: { configured: { policyPaths: ['policies/**'], document: { version: 1, governance: { actions: [{ action: 'infra.change', tier, paths: ['infra/**'] }], approvals } } } },
      policies: (request) => (request.policies === null ? builtinAnswer(request) : ({ kind: 'report', report: { results: request.subjects.map((subject) => ({ rule: 'deploy/window', subject, outcome: 'hold', facts: {} })) } } as never)),
    });
    const held = verdict.findings.filter(({ severity }) => severity === 'hold');
    assert.ok(held.length > 0);
    const ends = (verdict.held ?? []).flatMap((one) => one.ends);
    assert.deepEqual(held.filter((one) => !ends.includes(keyOfFinding(one))).map(({ code }) => code), []);
  });
}

async function world() {
  const w = aWorld({}, requiredGates);
  w.github.commit('main', { '.github/plumbline.yml': `version: 1\ncontracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"], signatures: optional}\nwaivers: [".plumbline/waivers.yaml"]\ngovernance:\n  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]\n  approvals: {tier2: {count: 1, from: ["team:junior"]}, tier3: {count: 1, from: ["team:governance"]}}\n`, 'infra/a.tf': 'one', 'README.md': 'x' });
  w.github.teams.set('governance', new Set(['ann', 'bob']));
  w.github.teams.set('junior', new Set(['jim']));
  await pushed(w);
  let comments = 40;
  return {
    ...w,
    async arrive(number: number, login = 'mona', id = 13) {
      const { head } = w.github.pulls.get(number)!;
      await w.store.transaction((t) => t.recordArrival({ repositoryId: 100, pullRequest: number, head, person: { login, id, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z' }));
    },
    async type(number: number, body: string, author: { login: string; id: number }): Promise<string> {
      comments += 1;
      w.github.written.set(comments, { id: comments, issue: number, body, author: { ...author, type: 'User' }, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: false });
      await w.enqueue(commandJob(w.github.ref, { pullRequest: number, comment: comments, waits: 0 }));
      await w.settle();
      return w.github.comments.filter(({ body: b }) => b.includes(`<!-- plumbline:command-${comments} -->`)).map(({ body: b }) => b).join('\n');
    },
  };
}

test('files too large to be scanned for secrets may be released by people', async () => {
  const w = await world();
  w.github.branch('work', 'main');
  const head = w.github.commit('work', { 'data.bin': 'x'.repeat(1_200_000) });
  w.github.openPull(1, 'work');
  await w.arrive(1);
  await w.evaluate(1);
  await w.type(1, `/plumbline approve all ${head.slice(0, 12)}`, { login: 'ann', id: 21 });
  assert.equal(w.github.check('plumbline', head)?.state.conclusion, 'success');
});

test('a rejection of a hold by an admin, who alone releases a first configuration, denies it', async () => {
  const w = aWorld({}, requiredGates);
  w.github.commit('main', { 'README.md': 'x' });
  w.github.required.add('main');
  w.github.required.add('plumbline');
  w.github.admins.add('boss');
  w.github.branch('work', 'main');
  const head = w.github.commit('work', { '.github/plumbline.yml': 'version: 1\n' });
  w.github.openPull(1, 'work');
  await w.store.transaction((t) => t.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T12:00:00Z' }));
  await w.evaluate(1);
  w.github.written.set(50, { id: 50, issue: 1, body: `/plumbline reject config/missing ${head.slice(0, 12)} not now`, author: { login: 'boss', id: 5, type: 'User' }, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: false });
  await w.enqueue(commandJob(w.github.ref, { pullRequest: 1, comment: 50, waits: 0 }));
  await w.settle();
  const check = w.github.check('plumbline', head);
  assert.equal(check?.state.conclusion, 'failure');
});
