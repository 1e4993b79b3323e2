import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { sweepStaleEvaluations } from '../../src/flows/sweep-stale-evaluations.ts';
import { takeSamples } from '../../src/flows/take-samples.ts';
import { githubActionsAdapter } from '../../src/probes/behavior-sources/adapters/github-actions-adapter.ts';
import { anOrigin } from '../builders/a-sample.ts';
import { builtinEngine } from '../builders/builtin-answer.ts';
import { ofChange, sampled } from '../gates/drift/a-behavior-change.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const path = 'behaviors/checkout.yaml';
const caller = '.github/workflows/ci.yml';
const configured = ['version: 1', 'drift: {behaviors: ["behaviors/*.yaml"]}', 'governance: {approvals: {tier3: {count: 2, from: ["team:a"]}}, whitelist: [{action: "*.change", actors: ["user:mona"], maxTier: 3, until: 2026-12-10, owner: "team:a", reason: "owns it"}]}', ''].join('\n');
const minute = 60_000;
const headRef = 'refs/heads/gh-readonly-queue/main/pr-1';

/** A repository of which a workflow sends samples of changes; pull request 1 is open, and nothing came of it yet. */
async function aSampledChange({ behavior = ofChange(), files = { 'src/a.ts': 'new' } }: { readonly behavior?: JsonObject; readonly files?: Readonly<Record<string, string>> } = {}) {
  const world = aWorld({}, requiredGates, builtinEngine, {
    behaviors: {
      read: async ({ source, ...asked }) => {
        assert.ok(source.kind === 'github-actions');
        return await githubActionsAdapter({ github: world.github.repository, sampleOf: (name, head) => world.store.transaction((transaction) => transaction.sampleOf(100, name, { head, baseBranch: 'main' })) })(source, { source, ...asked });
      },
    },
  });
  const { github } = world;
  github.teams.set('a', new Set(['ann', 'bob']));
  github.commit('main', { '.github/plumbline.yml': configured, [path]: JSON.stringify(behavior), [caller]: 'on: [pull_request, merge_group]', 'src/a.ts': 'old' });
  await pushed(world);
  github.branch('a', 'main');
  const head = github.commit('a', files);
  github.openPull(1, 'a');
  await brought(1, head);
  await world.evaluate(1);
  async function brought(pullRequest: number, by: string): Promise<void> {
    await world.store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest, head: by, person: { login: 'mona', id: 13, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z' }));
  }
  const shown = (of = head) => ['plumbline', 'plumbline / drift'].map((name) => {
    const state = github.check(name, of)?.state;
    return `${state?.status} ${state?.conclusion} ${state?.title}`;
  });
  return {
    world, github, head, shown, brought,
    /** Until then everything that is due is done. */
    pass: async (minutes: number): Promise<void> => {
      world.clock.advance(minutes * minute);
      await world.settle();
    },
    send: async (of = head, value: JsonObject = { score: 0.847 }) => {
      const origin = anOrigin({ repositoryId: 100, commit: of, workflow: `acme/shop/${caller}@refs/pull/1/merge`, token: `token-${of}` });
      const outcome = await takeSamples(world.ports, { samples: { behavior: 'checkout', head: of, value, generator: null }, origin, issuer: 'https://issuer.example.com', expiresAt: new Date('2026-11-20T23:00:00Z') });
      await world.settle();
      return outcome;
    },
    runs: (of = head) => github.checks.filter((one) => one.head === of).map(({ name, state }) => `${name}: ${state.status}`).toSorted(),
  };
}

const waiting = ['in_progress null Waiting for samples of checkout until 2026-11-20 12:30 UTC', 'in_progress null Waiting for samples of checkout until 2026-11-20 12:30 UTC'];
const passed = ['completed success Allowed', 'completed success Passed'];
const blocked = ['completed failure Blocked: no verdict yet', 'completed failure Blocked: no verdict yet: 1 finding'];

test('a change without samples waits for them, says for which and until when, and is judged by them as soon as they come', async () => {
  const { shown, send, runs, github, head, pass } = await aSampledChange();
  assert.deepEqual(shown(), waiting);
  assert.match(github.check('plumbline', head)?.state.summary ?? '', /^This change waits for samples of `checkout`\. When they come it is judged by them; without them it is blocked from 2026-11-20 12:30 UTC on\./);
  const calls = github.calls.length;
  await pass(20);
  assert.deepEqual([shown(), github.calls.length], [waiting, calls], 'nothing is asked while it waits');
  assert.deepEqual(await send(), { kind: 'taken', pullRequests: [1], mergeGroups: [] });
  assert.deepEqual(shown(), passed);
  assert.deepEqual(runs(), ['plumbline / drift: completed', 'plumbline: completed']);
});

test('samples that show a drift deny the change as soon as they come', async () => {
  const { shown, send, head } = await aSampledChange();
  await send(head, { score: 0.9 });
  assert.deepEqual(shown(), ['completed failure Denied: 1 finding to mend', 'completed failure Failed: 1 finding']);
});

test('a change of which no samples came in time is blocked, and no retry makes it wait again', async () => {
  const { shown, pass, send } = await aSampledChange();
  await pass(29);
  assert.deepEqual(shown(), waiting);
  await pass(1);
  assert.deepEqual(shown(), blocked);
  await pass(90);
  assert.deepEqual(shown(), blocked);
  await send();
  assert.deepEqual(shown(), passed, 'late samples count all the same');
});

test('the wait is as long as the behaviour says, from the first judgement on: judging again prolongs nothing', async () => {
  const { shown, pass, world } = await aSampledChange({ behavior: ofChange({ source: { ...sampled, waitFor: '10m' } }) });
  const until = ['plumbline', 'plumbline / drift'].map(() => 'in_progress null Waiting for samples of checkout until 2026-11-20 12:10 UTC');
  await pass(8);
  await world.evaluate(1);
  assert.deepEqual(shown(), until);
  await pass(2);
  assert.deepEqual(shown(), blocked);
});

test('attack: a change of code waits for its samples, though a behaviour that it adds names that code', async () => {
  const names = JSON.stringify({ kind: 'Behavior', name: 'new', scope: 'environment', source: { type: 'repository-files', files: [{ path: 'copy', template: 'src/a.ts' }] }, owner: 'team:x', playbook: 'restore-managed-file' });
  const { shown } = await aSampledChange({ files: { 'src/a.ts': 'new', 'behaviors/new.yaml': names } });
  assert.deepEqual(shown(), waiting);
});

test('attack: a change that is denied for something else is denied at once, and does not hide behind its missing samples', async () => {
  const { shown } = await aSampledChange({ files: { 'src/a.ts': 'new', [path]: 'kind: [' } });
  assert.match(shown().join('\n'), /^completed failure Denied: .+\ncompleted failure Blocked: no verdict yet: 1 finding$/);
});

test('what people may release meanwhile is kept while samples are awaited', async () => {
  const { world, shown, github, head } = await aSampledChange({ files: { 'src/a.ts': 'new', '.github/workflows/other.yml': 'on: push' } });
  assert.deepEqual(shown(), waiting);
  assert.equal(github.check('plumbline / governance', head)?.state.status, 'completed');
  const record = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  assert.deepEqual([record?.decision.cause, record?.decision.held.map(({ name, waits }) => [name, waits]), (await world.auditEvents()).includes('decision.made')], ['inconclusive', [['workflow.change .github/workflows/other.yml', true]], true]);
});

test('a newer head ends the wait of the older one, with nothing left open there', async () => {
  const { github, head, world, runs, brought } = await aSampledChange();
  const next = github.commit('a', { 'src/a.ts': 'newer' });
  github.push('a', next);
  await brought(1, next);
  await world.evaluate(1);
  assert.deepEqual([runs().filter((one) => one.endsWith('in_progress')), github.check('plumbline', head)?.state.conclusion, github.check('plumbline / drift', head)?.state.conclusion], [[], 'cancelled', 'cancelled']);
  assert.equal(github.check('plumbline', next)?.state.status, 'in_progress');
});

test('a closed pull request leaves no check open', async () => {
  const { github, world, runs } = await aSampledChange();
  const facts = github.pulls.get(1);
  assert.ok(facts);
  github.pulls.set(1, { ...facts, state: 'closed' });
  await world.evaluate(1);
  assert.deepEqual(runs().filter((one) => one.endsWith('in_progress')), []);
});

test('the watchdog leaves a wait alone, and concludes one whose end nobody judged', async () => {
  const { world, shown } = await aSampledChange();
  world.clock.advance(29 * minute);
  assert.equal(await sweepStaleEvaluations(world.ports, 5 * minute), 0);
  world.clock.advance(7 * minute);
  assert.equal(await sweepStaleEvaluations(world.ports, 5 * minute), 1);
  const [job] = await world.store.queue.lease({ owner: 'test', now: world.clock.now(), until: new Date(world.clock.now().getTime() + minute), limit: 1 });
  assert.equal(job?.kind, 'evaluate');
  await world.settle();
  assert.deepEqual(shown(), ['completed failure Blocked: no verdict in time', 'completed failure Blocked: no verdict in time']);
});

test('two pull requests with one head are both open until their samples come, and neither is green before', async () => {
  const { world, github, head, shown, send, runs, brought } = await aSampledChange();
  github.openPull(2, 'a');
  await brought(2, head);
  await world.evaluate(2);
  assert.deepEqual(shown(), waiting);
  assert.equal(github.checks.some(({ state }) => state.conclusion === 'success' && state.title === 'Allowed'), false);
  await send();
  assert.deepEqual([shown(), runs().filter((one) => one.endsWith('in_progress'))], [passed, []]);
});

test('a merge group waits for samples of its own commit, and is judged by them', async () => {
  const { world, github, head, shown, send, pass } = await aSampledChange();
  await send();
  const base = github.branches.get('main') ?? '';
  github.branch('queue', 'main');
  const group = github.commit('queue', { 'src/a.ts': 'new' }, [base, head]);
  await world.enqueue(evaluateGroupJob(github.ref, { headSha: group, headRef, baseSha: base, baseRef: 'refs/heads/main' }));
  await world.settle();
  assert.deepEqual(shown(group), waiting);
  await pass(5);
  assert.deepEqual(await send(group), { kind: 'taken', pullRequests: [], mergeGroups: [headRef] });
  assert.deepEqual(shown(group), passed);
});

test('a merge group of which no samples came in time is blocked', async () => {
  const { world, github, head, shown, send, pass } = await aSampledChange();
  await send();
  const base = github.branches.get('main') ?? '';
  github.branch('queue', 'main');
  const group = github.commit('queue', { 'src/a.ts': 'new' }, [base, head]);
  await world.enqueue(evaluateGroupJob(github.ref, { headSha: group, headRef, baseSha: base, baseRef: 'refs/heads/main' }));
  await world.settle();
  await pass(30);
  assert.deepEqual(shown(group), blocked);
});
