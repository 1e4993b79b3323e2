import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { changeGate } from '../../../src/gates/change/change-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { aDocument, ofMetric } from '../../domain/behavior/a-behavior.ts';

const configured = configurationOf({ version: 1, drift: { behaviors: ['behaviors/*.yaml'] } }, 'main');
const path = 'behaviors/checkout.yaml';
const latency = { name: 'latency', samples: '/latency', baselineSamples: 'baselines/latency.json', tolerance: { relative: 0.1 } };
const sampled = text(ofMetric(latency));
const body = text(ofMetric({ name: 'response', body: '/', schema: 'schemas/checkout.json' }));
const values = '[1, 2, 3, 4]';

function text(document: JsonObject): string {
  return JSON.stringify(document);
}

/** What is told of these files: code, path and place. */
function told(files: readonly FileInput[], world: World = {}): readonly string[] {
  const inputs = files.map((file) => ({ roles: ['own'] as const, ...file }));
  const contents = inputs.flatMap(({ base, head }) => [base, head]).filter((side) => typeof side === 'string');
  const { findings } = judgeWith(changeGate, aSnapshot({ configured, files: inputs.map((file) => aFile(file)) }), { contents, ...world });
  return findings.map((one) => `${one.code} ${one.path}${one.line === null ? '' : `:${one.line}:${one.column}`}`);
}

test('a valid behaviour with the files that it names may be added', () => {
  assert.deepEqual(told([{ path, head: sampled }, { path: 'baselines/latency.json', head: values }]), []);
  assert.deepEqual(told([{ path, head: sampled }, { path: 'baselines/latency.json', base: values }]), []);
});

test('a behaviour that is none is refused, with line and column', () => {
  assert.deepEqual(told([{ path, head: 'kind: Behavior\nname: Checkout\nscope: environment\nowner: team:a\nsource: {type: http-json, url: "https://a.example/"}\nmetrics: [{name: a, pointer: /a, baseline: 1}]\n' }]), [`config/invalid ${path}:2:1`]);
});

test('a second behaviour of one name is refused, whether the other one changes or not', () => {
  const other = { path: 'behaviors/other.yaml', base: text(aDocument({ owner: 'team:other' })) };
  assert.deepEqual(told([{ path, head: text(aDocument()) }, other]), [`config/invalid ${path}:1:20`]);
  assert.deepEqual(told([{ path, head: text(aDocument()) }, { ...other, base: null, head: other.base }]).length, 2);
  assert.deepEqual(told([{ path, head: text(aDocument()) }, { ...other, head: null }]), []);
});

test('a behaviour that names what is not there is refused, and so is who takes it away', () => {
  assert.deepEqual(told([{ path, head: sampled }]), [`config/invalid ${path}:1:185`]);
  assert.deepEqual(told([{ path, base: sampled }, { path: 'baselines/latency.json', base: values, head: null }]), ['config/invalid baselines/latency.json']);
});

test('a baseline without values is refused, and so is a schema that does not compile', () => {
  for (const head of ['{}', '[]', '{"values": "x"}', '[', '{"values": []}']) assert.deepEqual(told([{ path, base: sampled }, { path: 'baselines/latency.json', base: values, head }]), ['config/invalid baselines/latency.json']);
  const schema = { path: 'schemas/checkout.json', base: '{}', head: '{"type": 1}' };
  assert.deepEqual(told([{ path, base: body }, schema], { validate: () => ({ kind: 'unusable', why: 'type is no type' }) }), ['schema/invalid schemas/checkout.json:1:1']);
  assert.deepEqual(told([{ path, base: body }, schema]), []);
});

test('a baseline that was not read is not known to be one', () => {
  assert.deepEqual(told([{ path, base: sampled }, { path: 'baselines/latency.json', base: values, head: '[5, 6, 7, 8]' }], { contents: [sampled] }), ['snapshot/unreadable baselines/latency.json']);
});

test('a change that touches neither a behaviour nor what one names asks for none of them', () => {
  const files = [aFile({ path, base: sampled, roles: ['own'] }), aFile({ path: 'src/a.ts', base: 'a', head: 'b', roles: [] })];
  assert.deepEqual(changeGate.plan(aSnapshot({ configured, files }), new Evidence()), []);
});
