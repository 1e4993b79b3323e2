import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { commandJob, evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { takeSamples } from '../../src/flows/take-samples.ts';
import { githubActionsAdapter } from '../../src/probes/behavior-sources/adapters/github-actions-adapter.ts';
import { anOrigin } from '../builders/a-sample.ts';
import { builtinEngine } from '../builders/builtin-answer.ts';
import { ofChange } from '../gates/drift/a-behavior-change.ts';
import { aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';

const caller = '.github/workflows/ci.yml';
const whitelist = '[{action: "*.change", actors: ["user:mona"], maxTier: 3, until: 2026-12-10, owner: "team:a", reason: "owns it"}]';
const configured = `version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\ngovernance: {approvals: {tier3: {count: 2, from: ["team:a"]}}, whitelist: ${whitelist}}\n`;
const edited = { 'src/a.ts': 'new', [caller]: 'on: pull_request\n# measures otherwise\n' };
const headRef = 'refs/heads/gh-readonly-queue/main/pr-1';

/** Pull request 1 changes code and the workflow that sends samples of it; ann and bob approve tier 3. */
async function aChange(files: Readonly<Record<string, string>> = edited) {
  const world = aWorld({}, requiredGates, builtinEngine, {
    behaviors: {
      read: async ({ source, ...asked }) => {
        assert.ok(source.kind === 'github-actions');
        return await githubActionsAdapter({ github: world.github.repository, sampleOf: (name, head) => world.store.transaction((transaction) => transaction.sampleOf(100, name, { head, baseBranch: 'main' })) })(source, { source, ...asked });
      },
    },
  });
  const { github, store } = world;
  github.teams.set('a', new Set(['ann', 'bob']));
  const base = github.commit('main', { '.github/plumbline.yml': configured, 'behaviors/checkout.yaml': JSON.stringify(ofChange()), [caller]: 'on: pull_request\n', 'src/a.ts': 'old' });
  await pushed(world);
  github.branch('a', 'main');
  const head = github.commit('a', files);
  github.openPull(1, 'a');
  await store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z' }));
  await world.evaluate(1);
  let comments = 40;
  return {
    world, github, base, head,
    send: async (value: JsonObject = { score: 0.847 }, of = head): Promise<void> => {
      const origin = anOrigin({ repositoryId: 100, commit: of, workflow: `acme/shop/${caller}@refs/pull/1/merge`, token: `token-${of}` });
      assert.equal((await takeSamples(world.ports, { samples: { behavior: 'checkout', head: of, value, generator: null }, origin, issuer: 'https://issuer.example.com', expiresAt: new Date('2026-11-20T23:00:00Z') })).kind, 'taken');
      await world.settle();
    },
    say: async (body: string, login: string): Promise<string> => {
      comments += 1;
      github.written.set(comments, { id: comments, issue: 1, body: `/plumbline ${body}`, author: { login, id: login === 'ann' ? 21 : 22, type: 'User' }, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: false });
      await world.enqueue(commandJob(github.ref, { pullRequest: 1, comment: comments, waits: 0 }));
      await world.settle();
      return github.comments.filter((one) => one.body.includes(`<!-- plumbline:command-${comments} -->`)).map((one) => one.body).join('');
    },
    shown: (of = head) => ['plumbline', 'plumbline / drift', 'plumbline / governance'].map((name) => github.check(name, of)?.state.conclusion),
    drift: () => github.check('plumbline / drift', head)?.state.summary ?? '',
  };
}

test('samples of a workflow that the change edits hold it, and count once the people who approve that workflow did', async () => {
  const { world, head, send, say, shown, drift } = await aChange();
  await send();
  assert.deepEqual(shown().slice(0, 2), ['action_required', 'action_required']);
  const record = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  assert.deepEqual(record?.decision.held?.map(({ name, waits }) => [name, waits]), [[`workflow.change ${caller}`, true]], 'the finding and the action are one to people');
  assert.match(drift(), new RegExp(`drift/own_workflow[^]*/plumbline approve workflow\\.change ${head.slice(0, 12)}`));
  await say(`approve workflow.change ${head.slice(0, 12)}`, 'ann');
  assert.deepEqual(shown().slice(0, 2), ['action_required', 'action_required'], 'two are needed');
  await say(`approve workflow.change ${head.slice(0, 12)}`, 'bob');
  assert.deepEqual(shown(), ['success', 'success', 'success']);
});

test('a yes to the workflow that was given before samples came counts for them too', async () => {
  const { head, send, say, shown } = await aChange();
  for (const login of ['ann', 'bob']) await say(`approve workflow.change ${head.slice(0, 12)}`, login);
  assert.notEqual(shown()[0], 'success');
  await send();
  assert.deepEqual(shown(), ['success', 'success', 'success']);
});

test('attack: a yes to the workflow makes nothing pass that drifts, and a no to it blocks', async () => {
  const drifting = await aChange();
  for (const login of ['ann', 'bob']) await drifting.say(`approve workflow.change ${drifting.head.slice(0, 12)}`, login);
  await drifting.send({ score: 0.9 });
  assert.deepEqual(drifting.shown().slice(0, 2), ['failure', 'failure']);
  const rejected = await aChange();
  await rejected.send();
  await rejected.say(`reject workflow.change ${rejected.head.slice(0, 12)} it sends what it likes`, 'ann');
  assert.equal(rejected.shown()[0], 'failure');
});

test('attack: a yes to the workflow is void once the workflow is another one', async () => {
  const { world, github, head, say } = await aChange();
  for (const login of ['ann', 'bob']) await say(`approve workflow.change ${head.slice(0, 12)}`, login);
  const other = github.commit('a', { [caller]: 'on: pull_request\n# sends what it likes\n' });
  github.push('a', other);
  await world.store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: 1, head: other, person: { login: 'mona', id: 13, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:10:00Z' }));
  await world.evaluate(1);
  const origin = anOrigin({ repositoryId: 100, commit: other, workflow: `acme/shop/${caller}@refs/pull/1/merge`, token: 'later' });
  await takeSamples(world.ports, { samples: { behavior: 'checkout', head: other, value: { score: 0.847 }, generator: null }, origin, issuer: 'https://issuer.example.com', expiresAt: new Date('2026-11-20T23:00:00Z') });
  await world.settle();
  assert.equal(github.check('plumbline', other)?.state.conclusion, 'action_required');
});

test('a merge group is measured by the workflow that was approved in its pull request', async () => {
  const { world, github, base, head, send, say, shown } = await aChange();
  await send();
  for (const login of ['ann', 'bob']) await say(`approve workflow.change ${head.slice(0, 12)}`, login);
  github.branch('queue', 'main');
  const group = github.commit('queue', edited, [base, head]);
  await world.enqueue(evaluateGroupJob(github.ref, { headSha: group, headRef, baseSha: base, baseRef: 'refs/heads/main' }));
  await world.settle();
  await send({ score: 0.847 }, group);
  assert.deepEqual(shown(group).slice(0, 2), ['success', 'success']);
});

test('samples of a workflow that is behind the base are no signal, since the change does not bring it', async () => {
  const { world, github, send, shown, drift } = await aChange({ 'src/a.ts': 'new' });
  github.commit('main', { [caller]: 'on: pull_request\n# newer\n' });
  rebase(world, 1);
  await pushed(world);
  await send();
  assert.deepEqual(shown().slice(0, 2), ['failure', 'failure']);
  assert.match(drift(), /drift\/no_signal[^]*bring the base into the branch/);
});
