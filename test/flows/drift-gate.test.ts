import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BehaviorQuestion } from '../../src/domain/behavior/behavior-question.ts';
import type { DriftState } from '../../src/domain/behavior/drift-state.ts';
import type { SourceReading } from '../../src/domain/behavior/source-reading.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { builtinEngine } from '../builders/builtin-answer.ts';
import { aDocument } from '../domain/behavior/a-behavior.ts';
import { ofChange } from '../gates/drift/a-behavior-change.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const path = 'behaviors/checkout.yaml';
const configured = ['version: 1', 'drift: {behaviors: ["behaviors/*.yaml"]}', 'governance: {approvals: {tier3: {count: 2, from: ["team:a"]}}, whitelist: [{action: "*.change", actors: ["user:mona"], maxTier: 3, until: 2026-12-10, owner: "team:a", reason: "owns it"}]}', ''].join('\n');
const score = { name: 'score', pointer: '/score', baseline: 0.847, absolute: 0.001 };

interface Proposed {
  readonly behavior?: JsonObject;
  /** What else stands at the base. */
  readonly base?: Readonly<Record<string, string>>;
  /** What came onto the base since, past all gates. */
  readonly since?: readonly Readonly<Record<string, string>>[];
  readonly files?: Readonly<Record<string, string>>;
  readonly reading: SourceReading | (() => never);
  readonly state?: DriftState;
}

/** Pull request 1, judged by the whole App; what its checks say, and what was asked of the source. */
async function judged({ behavior = ofChange(), base = {}, since = [], files = { 'src/a.ts': 'new' }, reading, state }: Proposed) {
  const asked: BehaviorQuestion[] = [];
  const answer = async (question: BehaviorQuestion): Promise<SourceReading> => {
    asked.push(question);
    return await Promise.resolve(typeof reading === 'function' ? reading() : reading);
  };
  const drifts = { driftStates: async () => await Promise.resolve(new Map(state === undefined ? [] : [['checkout', state]])) };
  const world = aWorld({}, requiredGates, builtinEngine, { behaviors: { read: answer }, drifts });
  const { github } = world;
  github.teams.set('a', new Set(['ann', 'bob']));
  github.commit('main', { '.github/plumbline.yml': configured, [path]: JSON.stringify(behavior), 'src/a.ts': 'old', ...base });
  const valid = github.branches.get('main') ?? '';
  for (const later of since) github.commit('main', later);
  await pushed(world);
  github.branch('a', 'main');
  const head = github.commit('a', files);
  github.openPull(1, 'a');
  await world.store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z' }));
  await world.evaluate(1);
  const conclusionOf = (name: string) => github.check(name, head)?.state.conclusion;
  return { asked, head, valid, tip: github.branches.get('main') ?? '', gate: github.check('plumbline / drift', head)?.state, conclusions: [conclusionOf('plumbline'), conclusionOf('plumbline / drift')], world };
}

/** 60 values from 100 on. */
const values = (shift: number): string => JSON.stringify(Array.from({ length: 60 }, (_, index) => 100 + ((index * 37) % 60) / 6 + shift));
const sampled = ofChange({ metrics: [{ name: 'latency', samples: '/latency', baselineSamples: 'baselines/latency.json', tolerance: { absolute: 5 } }] });
const sampling = (shift: number): SourceReading => ({ kind: 'answered', value: { latency: JSON.parse(values(shift)) }, observedAt: '2026-11-20T12:00:00.000Z', generator: null });
const measuring = (value: number): SourceReading => ({ kind: 'answered', value: { score: value }, observedAt: '2026-11-20T12:00:00.000Z', generator: null });

test('a change that keeps what was agreed is allowed, and the source was asked about its head', async () => {
  const { conclusions, asked, head, world } = await judged({ reading: measuring(0.847) });
  assert.deepEqual(conclusions, ['success', 'success']);
  assert.deepEqual(asked.map((question) => [question.name, question.head, question.source.kind]), [['checkout', head, 'github-actions']]);
  const record = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  assert.equal(record?.decision.validUntil, '2026-11-21T12:00:00.000Z');
});

test('a change that drifts is denied, and its check says by how much', async () => {
  const { conclusions, gate } = await judged({ reading: measuring(0.9) });
  assert.deepEqual(conclusions, ['failure', 'failure']);
  assert.match(gate?.summary ?? '', /drift\/detected.*0\.9 in place of 0\.847/s);
});

test('a change that brings its own baseline is held for people', async () => {
  const files = { 'src/a.ts': 'new', [path]: JSON.stringify(ofChange({ metrics: [{ ...score, baseline: 0.9 }] })) };
  const { conclusions, gate } = await judged({ reading: measuring(0.9), files });
  assert.deepEqual(conclusions, ['action_required', 'action_required']);
  assert.match(gate?.summary ?? '', /By the baseline that this change brings it passes/);
});

test('a change whose baseline stands in a file of its own is held for people, who look at that file', async () => {
  const { conclusions, world } = await judged({ behavior: sampled, reading: sampling(40), base: { 'baselines/latency.json': values(0) }, files: { 'baselines/latency.json': values(40) } });
  assert.deepEqual(conclusions, ['action_required', 'action_required']);
  const record = await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  assert.deepEqual(record?.decision.verdicts.flatMap(({ judged = [] }) => judged).map(({ action, subject }) => [action, subject.path]), [['baseline.change', 'baselines/latency.json']]);
});

test('a change of which nothing could be measured is blocked, whether the source was silent or broke who asked it', async () => {
  const breaking = (): never => {
    throw new Error('Bearer hush');
  };
  for (const reading of [{ kind: 'no-signal', why: 'status 500' } as const, breaking]) {
    const { conclusions, gate } = await judged({ reading });
    assert.deepEqual(conclusions, ['failure', 'failure']);
    assert.match(gate?.summary ?? '', /drift\/no_signal/);
    assert.doesNotMatch(JSON.stringify(gate), /hush/);
  }
});

test('a behaviour of the environment blocks nothing: it is not measured for a change, and has a check only where it drifted', async () => {
  const state = { state: 'drift', since: '2026-11-20T10:00:00Z', scannedAt: '2026-11-20T11:00:00Z', why: 'score is 0.9 in place of 0.847.' } as const;
  const [drifted, unscanned] = [await judged({ behavior: aDocument(), reading: measuring(0.9), state }), await judged({ behavior: aDocument(), reading: measuring(0.9) })];
  assert.deepEqual([drifted.conclusions, unscanned.conclusions], [['success', 'success'], ['success', undefined]]);
  assert.deepEqual([...drifted.asked, ...unscanned.asked], []);
  assert.match(drifted.gate?.summary ?? '', /decides nothing about the change/);
});

test('attack: whatever a change makes of the behaviour, the base is asked', async () => {
  const files = { [path]: JSON.stringify(aDocument({ strict: false, source: { type: 'http-json', url: 'https://attacker.example/' } })) };
  const { asked, conclusions } = await judged({ reading: measuring(0.9), files });
  assert.deepEqual([asked.map(({ source }) => source.kind), conclusions], [['github-actions'], ['failure', 'failure']]);
});

test('a push that changes a baseline re-judges who was judged by it, and one that does not re-judges nobody', async () => {
  const { world, head } = await judged({ behavior: sampled, base: { 'baselines/latency.json': values(0) }, reading: sampling(0) });
  const runs = () => world.github.checks.filter((one) => one.head === head && one.name === 'plumbline').length;
  const before = runs();
  world.github.commit('main', { 'README.md': 'more' });
  await pushed(world);
  assert.equal(runs(), before);
  world.github.commit('main', { 'baselines/latency.json': values(1) });
  await pushed(world);
  assert.equal(runs(), before + 1);
});

test('a behaviour that is not valid at the base is judged as it was when it last was, with a notice that names both commits', async () => {
  const since = [{ [path]: 'kind: [' }, { 'README.md': 'more' }, { [path]: 'kind: Behavior' }];
  const [good, bad] = [await judged({ since, reading: measuring(0.847) }), await judged({ since, reading: measuring(0.9) })];
  assert.deepEqual([good.conclusions, bad.conclusions], [['success', 'success'], ['failure', 'failure']]);
  assert.match(good.gate?.summary ?? '', new RegExp(`config/base_invalid[^]*at ${good.tip}[^]*The newest valid one, of ${good.valid}, judges`));
  assert.match(bad.gate?.summary ?? '', /drift\/detected.*0\.9 in place of 0\.847/s);
});

test('an older behaviour is measured by the baselines of its own commit, which changed since', async () => {
  const since = [{ [path]: 'kind: [', 'baselines/latency.json': values(40) }];
  const base = { 'baselines/latency.json': values(0) };
  const conclusions = await Promise.all([0, 40].map(async (shift) => (await judged({ behavior: sampled, base, since, reading: sampling(shift) })).conclusions[0]));
  assert.deepEqual(conclusions, ['success', 'failure']);
});

test('a behaviour that never was valid leaves no verdict, and a change that mends one is held, whatever an older one says', async () => {
  const never = await judged({ behavior: { kind: 'Behavior' }, since: [{ [path]: 'kind: [' }], reading: measuring(0.847) });
  assert.deepEqual(never.conclusions, ['failure', 'failure']);
  assert.match(never.gate?.summary ?? '', /drift\/no_signal/);
  const mended = await judged({ since: [{ [path]: 'kind: [' }], files: { [path]: JSON.stringify(ofChange()) }, reading: measuring(0.847) });
  assert.deepEqual(mended.conclusions, ['action_required', 'action_required']);
});

test('attack: the change itself can not choose which older behaviour judges', async () => {
  const { conclusions } = await judged({ since: [{ [path]: 'kind: [' }], files: { [path]: JSON.stringify(ofChange({ metrics: [{ ...score, absolute: 1 }] })), 'src/a.ts': 'new' }, reading: measuring(0.9) });
  assert.equal(conclusions[1], 'failure');
});
