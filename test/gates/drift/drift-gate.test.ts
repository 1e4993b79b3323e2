import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driftGate } from '../../../src/gates/drift/drift-gate.ts';
import type { SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { blobOf } from '../../builders/content.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { aDocument } from '../../domain/behavior/a-behavior.ts';
import { values } from './statistics/some-metrics.ts';
import { aBehaviorSnapshot, answering, judgeBehaviorChange, now, ofChange, path, sampled, told } from './a-behavior-change.ts';

const same = answering({ score: 0.847 });
const other = answering({ score: 0.9 });
const silent = { kind: 'no-signal', why: 'status 500' } as const;
const unsent = { kind: 'no-samples', why: 'nothing was sent for it' } as const;
const latency = { name: 'latency', samples: '/latency', baselineSamples: 'baselines/latency.json', tolerance: { relative: 0.1 } };
const fork = { subject: { kind: 'pull-request', number: 7 }, author: 'mona', title: 'Change', draft: false, fork: true, baseBranch: 'main' } as const;

test('a change that keeps what was agreed passes, and one that does not fails at the metric', () => {
  const [good, bad] = [judgeBehaviorChange({ reading: same }), judgeBehaviorChange({ reading: other })];
  assert.deepEqual([good.verdict, good.applies, told(good), good.evaluated], ['pass', true, [], [{ rule: 'the behaviour checkout', subjects: 1 }]]);
  assert.deepEqual([bad.verdict, told(bad), bad.findings[0]?.path], ['fail', ['drift/detected deny'], path]);
});

test('what was measured, its interval and what is tolerated are told of a drift', () => {
  const behavior = ofChange({ metrics: [latency] });
  const verdict = judgeBehaviorChange({ behavior, files: [{ path: 'baselines/latency.json', base: JSON.stringify(values(60)) }], reading: answering({ latency: values(60, 30) }) });
  const [finding] = verdict.findings;
  assert.match(`${finding?.found} | ${finding?.expected}`, /^a difference of 30 \(.+ to .+ at 98\.75 % for each bound\) \| a difference of -.+ to .+$/);
  assert.match(finding?.message ?? '', /^"latency" of the behaviour "checkout" is no longer as agreed: All of .+ lies beyond the tolerated/);
});

test('a behaviour is what the base says, whatever the change makes of it', () => {
  const looser = ofChange({ metrics: [{ name: 'score', pointer: '/score', baseline: 0.847, absolute: 1 }] });
  assert.deepEqual(told(judgeBehaviorChange({ after: looser, reading: other })), ['drift/detected deny']);
  assert.deepEqual(told(judgeBehaviorChange({ after: null, reading: other })), ['drift/detected deny']);
  assert.deepEqual(told(judgeBehaviorChange({ after: 'kind: [', reading: other })), ['drift/detected deny']);
});

test('no answer, an old one, too few samples and another generator are inconclusive, each with its code', () => {
  const made = { generator: 'k6', version: '2' };
  const few = { behavior: ofChange({ minSamples: 50, metrics: [{ name: 'latency', samples: '/latency', baseline: values(60), tolerance: { relative: 0.1 } }] }), reading: answering({ latency: values(20) }) };
  const cases = [{ reading: silent }, { reading: unsent }, { reading: answering({ score: 0.847 }, '2026-11-18T12:00:00.000Z') }, few, { behavior: ofChange({ reproducibility: made }), reading: same }];
  assert.deepEqual(cases.map((one) => judgeBehaviorChange(one)).map((verdict) => [verdict.verdict, ...told(verdict)]), ['no_signal', 'no_signal', 'stale', 'too_few_samples', 'generator_changed'].map((code) => ['inconclusive', `drift/${code} unknown`]));
});

test('that no samples came is told in a sentence', () => {
  const [finding] = judgeBehaviorChange({ reading: unsent }).findings;
  assert.equal(finding?.message, 'The behaviour "checkout" could not be measured: found no samples: nothing was sent for it, expected samples.');
});

test('an answer that did not come is inconclusive, whether nobody could be asked or a file was not read', () => {
  const behavior = ofChange({ metrics: [latency] });
  const baseline = { path: 'baselines/latency.json', base: JSON.stringify(values(60)) };
  for (const kind of ['behavior-reading', 'blob'] as const) {
    const verdict = judgeBehaviorChange({ behavior, files: [baseline], reading: answering({ latency: values(60) }), world: { unavailable: (request) => request.kind === kind } });
    assert.deepEqual([verdict.verdict, ...told(verdict)], ['inconclusive', 'drift/no_signal unknown']);
  }
});

test('a metric that more samples could decide lacks samples, and one that is stuck lacks a signal', () => {
  const behavior = ofChange({ metrics: [{ name: 'latency', samples: '/latency', baseline: values(60), tolerance: { relative: 0.1 } }] });
  const verdicts = [values(20, 10), Array.from({ length: 60 }, () => 100)].map((latency) => judgeBehaviorChange({ behavior, reading: answering({ latency }) }));
  assert.deepEqual(verdicts.map((verdict) => told(verdict)), [['drift/too_few_samples unknown'], ['drift/no_signal unknown']]);
});

test('a change that brings its own baseline is held where it drifts from the one of the base and passes by its own', () => {
  const after = ofChange({ metrics: [{ name: 'score', pointer: '/score', baseline: 0.9, absolute: 0.001 }] });
  const verdict = judgeBehaviorChange({ after, reading: other });
  assert.deepEqual([verdict.verdict, told(verdict), verdict.findings[0]?.restsOn], ['hold', ['drift/detected hold'], []]);
  assert.deepEqual(told(judgeBehaviorChange({ after, reading: answering({ score: 0.95 }) })), ['drift/detected deny']);
});

test('a baseline that stands in a file of its own is the change\'s too, and a looser tolerance beside it counts nothing', () => {
  const [behavior, baseline] = [ofChange({ metrics: [latency] }), { path: 'baselines/latency.json', base: JSON.stringify(values(60)), head: JSON.stringify(values(60, 30)) }];
  const judge = (shift: number, after = behavior) => told(judgeBehaviorChange({ behavior, after, files: [baseline], reading: answering({ latency: values(60, shift, 2) }) }));
  assert.deepEqual([judge(30), judge(0), judge(90)], [['drift/detected hold'], [], ['drift/detected deny']]);
  assert.deepEqual(judge(90, ofChange({ metrics: [{ ...latency, tolerance: { relative: 100 } }] })), ['drift/detected deny']);
});

test('a change that measures with another generator and brings its baseline is held', () => {
  const behavior = ofChange({ reproducibility: { generator: 'k6', version: '1' } });
  const after = ofChange({ reproducibility: { generator: 'k6', version: '2' }, metrics: [{ name: 'score', pointer: '/score', baseline: 0.9, absolute: 0.001 }] });
  const reading = { kind: 'answered', value: { score: 0.9 }, observedAt: now, generator: { generator: 'k6', version: '2', seed: null, iterations: null } } as const;
  assert.deepEqual([told(judgeBehaviorChange({ behavior, after, reading })), told(judgeBehaviorChange({ behavior, reading }))], [['drift/generator_changed hold'], ['drift/generator_changed unknown']]);
});

const workflow = '.github/workflows/ci.yml';
const editing = (head: string): FileInput => ({ path: workflow, base: 'agreed', head, roles: [] });
const madeBy = (reading: SourceReading, content: string): SourceReading => (reading.kind === 'answered' ? { ...reading, madeBy: { path: workflow, blob: blobOf(content) } } : reading);

test('what a workflow of the change measured is held where it is as agreed, and denied where it is not', () => {
  const [good, bad] = [same, other].map((reading) => judgeBehaviorChange({ reading: madeBy(reading, 'edited'), files: [editing('edited')] }));
  assert.deepEqual([good, bad].map((one) => one && [one.verdict, ...told(one)]), [['hold', 'drift/own_workflow hold'], ['fail', 'drift/own_workflow hold', 'drift/detected deny']]);
  assert.deepEqual([good?.findings[0]?.path, good?.findings[0]?.next.includes('/plumbline approve workflow.change ')], [workflow, true]);
});

test('attack: a workflow of the change is told beside a drift that its own baseline explains', () => {
  const after = ofChange({ metrics: [{ name: 'score', pointer: '/score', baseline: 0.9, absolute: 0.001 }] });
  assert.deepEqual(told(judgeBehaviorChange({ after, reading: madeBy(other, 'edited'), files: [editing('edited')] })), ['drift/own_workflow hold', 'drift/detected hold']);
});

test('what a workflow measured that is neither of the base nor of the change is no signal', () => {
  for (const files of [[], [editing('edited')], [{ path: workflow, base: 'agreed', head: 'other', changed: false, roles: [] }]]) {
    assert.deepEqual(told(judgeBehaviorChange({ reading: madeBy(same, 'other'), files })), ['drift/no_signal unknown']);
  }
});

test('a change of nothing but own files and the workflow that samples is held, any other workflow is awaited', () => {
  const plan = { type: 'terraform-plan', workflow: '.github/workflows/plan.yml', artifact: 'plan' };
  const here = { ...sampled, workflow: 'Acme/Shop/.github/workflows/plan.yml' };
  const of = (source: JsonObject, path: string) => told(judgeBehaviorChange({ behavior: ofChange({ source }), code: null, reading: unsent, files: [{ path, base: 'agreed', head: 'edited', roles: [] }] }));
  const [held, open] = [['drift/samples_missing hold'], ['drift/no_signal unknown']];
  assert.deepEqual([of(plan, '.github/workflows/plan.yml'), of(here, '.github/workflows/plan.yml')], [held, held]);
  assert.deepEqual([of(plan, workflow), of(here, workflow), of(sampled, '.github/workflows/sample.yml')], [open, open, open]);
});

test('a fork without samples is held for people', () => {
  assert.deepEqual(told(judgeBehaviorChange({ reading: unsent, change: fork })), ['drift/samples_missing hold']);
  assert.deepEqual(told(judgeBehaviorChange({ reading: silent, change: fork })), ['drift/no_signal unknown']);
  assert.deepEqual(told(judgeBehaviorChange({ reading: other, change: fork })), ['drift/detected deny']);
});

test('in observe mode nothing decides, and the fixture is read and said so', () => {
  const observed = ofChange({ strict: false, fixture: 'behaviors/fixtures/checkout.json' });
  const judge = (reading: typeof silent | typeof other, fixture = '{"score": 0.9}', organization = 'version: 1\n') => judgeBehaviorChange({ behavior: observed, reading, organization, files: [{ path: 'behaviors/fixtures/checkout.json', base: fixture }] });
  assert.deepEqual([told(judge(other)), told(judge(silent)), judge(silent).verdict], [['drift/detected notice'], ['drift/fixture_used notice', 'drift/detected notice'], 'pass']);
  assert.deepEqual(told(judge(silent, '{"score": 0.847}')), ['drift/fixture_used notice']);
  assert.deepEqual(told(judge(silent, '{"score": 0.847}', 'version: 1\ndrift: {strict: true}\n')), ['drift/no_signal unknown']);
});

test('a fixture is never asked for in strict', () => {
  const snapshot = aBehaviorSnapshot({ behavior: ofChange({ fixture: 'behaviors/fixtures/checkout.json' }), files: [{ path: 'behaviors/fixtures/checkout.json', base: '{"score": 0.847}' }] });
  const evidence = collectEvidence(driftGate, snapshot, { contents: [JSON.stringify(ofChange({ fixture: 'behaviors/fixtures/checkout.json' })), '{"score": 0.847}'] });
  assert.equal(evidence.entries().filter(([key]) => key.startsWith('blob:')).length, 1);
});

test('a behaviour of the environment decides nothing: a drift is told, all else is listed', () => {
  const since = '2026-11-19T03:17:00.000Z';
  const state = (kind: 'pass' | 'drift') => ({ states: { checkout: { state: kind, since, scannedAt: now, why: 'score is 0.9.' } } });
  const [drifted, agreed, unscanned] = [state('drift'), state('pass'), {}].map((world) => judgeBehaviorChange({ behavior: aDocument(), world }));
  assert.deepEqual([drifted?.verdict, drifted === undefined ? [] : told(drifted)], ['pass', ['drift/detected notice']]);
  assert.deepEqual([agreed, unscanned].map((verdict) => [verdict?.verdict, verdict?.applies, verdict?.findings.length, verdict?.skipped[0]?.why.replace(/.*: /, '')]), [['pass', false, 0, 'as agreed since 2026-11-19 03:17 UTC, last scanned 2026-11-20 12:00 UTC'], ['pass', false, 0, 'it was not scanned yet']]);
});

test('a behaviour that can not be read at the base blocks, and a change that mends it is held', () => {
  assert.deepEqual(told(judgeBehaviorChange({ behavior: 'kind: Behavior\n' })), ['drift/no_signal unknown']);
  assert.deepEqual(told(judgeBehaviorChange({ behavior: 'kind: Behavior\n', after: ofChange(), reading: other })), ['drift/no_signal hold']);
});

test('two behaviours of one name are none', () => {
  const verdict = judgeBehaviorChange({ files: [{ path: 'behaviors/twin.yaml', base: JSON.stringify(ofChange({ owner: 'team:twin' })) }], reading: same });
  assert.deepEqual(told(verdict), ['drift/no_signal unknown', 'drift/no_signal unknown']);
});

test('without a behaviour the gate does not apply, and says what it looked for', () => {
  const verdict = judgeBehaviorChange({ drift: { behaviors: ['elsewhere/*.yaml'] } });
  assert.deepEqual([verdict.verdict, verdict.applies, verdict.skipped[0]?.rule], ['pass', false, 'drift/*']);
});

test('a pass ends when its answer is stale', () => {
  const snapshot = aBehaviorSnapshot({ behavior: ofChange({ maxAge: '2h' }) });
  const evidence = collectEvidence(driftGate, snapshot, { contents: [JSON.stringify(ofChange({ maxAge: '2h' }))], readings: () => same });
  assert.deepEqual(driftGate.expiries?.(snapshot, evidence), ['2026-11-20T14:00:00.000Z']);
});

test('samples that are on their way are awaited for as long as the behaviour says; what only observes, and what people may release, is not waited for', () => {
  const coming = { kind: 'no-samples', awaited: true, why: 'none came yet' } as const;
  const behavior = ofChange({ source: { ...sampled, waitFor: '10m' } });
  const awaited = (wanted: Parameters<typeof judgeBehaviorChange>[0]) => judgeBehaviorChange({ behavior, reading: coming, ...wanted }).awaits;
  assert.deepEqual(awaited({}), [{ behavior: 'checkout', path, waitFor: 600_000 }]);
  assert.deepEqual([awaited({ behavior: ofChange() })?.[0]?.waitFor, awaited({ reading: unsent }), awaited({ reading: same }), awaited({ change: fork }), awaited({ drift: { strict: false } })], [1_800_000, undefined, undefined, undefined, undefined]);
});
