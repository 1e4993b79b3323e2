import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import type { ContractInput } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { blobOf } from '../../builders/content.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const schema: JsonObject = {
  properties: {
    spec: {
      'x-plumbline-change': 'breaking',
      properties: { note: { 'x-plumbline-change': 'cosmetic' }, labels: { 'x-plumbline-change': 'additive' } },
    },
  },
};
const spec = { limit: 1, note: 'a', labels: { team: 'x' } };
const one: ContractInput = { version: '1.0.0', spec };
const small = ['deny contract/version_bump_too_small contracts/checkout.yaml:2'];

interface Step {
  readonly from?: ContractInput;
  readonly version: string;
  readonly spec?: JsonValue;
  readonly more?: JsonObject;
  /** The schema at the base; null: none is configured. */
  readonly by?: JsonValue;
  readonly headSchema?: JsonValue;
}

function step({ from = one, version, spec: next = spec, more, by = schema, headSchema }: Step): ChangeInput {
  const head = aContract({ version, previous: hashOf(from), spec: next, ...(more === undefined ? {} : { more }) });
  const schemaFile = { base: JSON.stringify(by), ...(headSchema === undefined ? {} : { head: JSON.stringify(headSchema) }), roles: ['own'] as const };
  return {
    files: { [path]: { base: aContract(from), head }, ...(by === null ? {} : { 'schemas/contract.json': schemaFile }) },
    configured: { contracts: [aContractSet({ schema: by === null ? null : 'schemas/contract.json' })] },
  };
}

const steps: readonly (readonly [title: string, step: Step, told: readonly string[]])[] = [
  ['passes a cosmetic change under a patch', { version: '1.0.1', spec: { ...spec, note: 'b' } }, []],
  ['fails an additive change under a patch', { version: '1.0.1', spec: { ...spec, labels: { team: 'y' } } }, small],
  ['passes an additive change under a minor version', { version: '1.1.0', spec: { ...spec, labels: { team: 'y' } } }, []],
  ['fails a breaking change under a minor version', { version: '1.1.0', spec: { ...spec, limit: 2 } }, small],
  ['passes a breaking change under a major version', { version: '2.0.0', spec: { ...spec, limit: 2 } }, []],
  ['passes a breaking change under a pre-release of a major version', { version: '2.0.0-rc.1', spec: { ...spec, limit: 2 } }, []],
  ['passes a version that changes nothing', { version: '1.0.1' }, []],
  ['does not count the contract\'s own fields', { version: '1.0.1', more: { policyBundleChecksum: null, kmsKeyRef: 'local:other' } }, []],
  ['counts a member that no schema mentions as breaking', { version: '1.1.0', more: { owner: 'team:x' } }, small],
  ['fails the removal of the whole promise under a minor version', { version: '1.9.0', spec: 'gone' }, small],
  ['takes the minor part for breaking before 1.0.0', { from: { ...one, version: '0.1.0' }, version: '0.2.0', spec: 2 }, []],
  ['fails a breaking change under a patch before 1.0.0', { from: { ...one, version: '0.1.0' }, version: '0.1.1', spec: 2 }, small],
  ['fails a breaking change that a pre-release of a patch should hide', { from: { ...one, version: '1.0.1-rc.1' }, version: '1.0.1', spec: 2 }, small],
  ['judges by the schema of the base, whatever the change makes of it', { version: '1.0.1', spec: 2, headSchema: { 'x-plumbline-change': 'cosmetic' } }, small],
  ['counts everything as breaking where the schema annotates nothing', { version: '1.1.0', spec: { ...spec, note: 'b' }, by: { type: 'object' } }, small],
  ['leaves a contract without a schema alone', { version: '1.0.1', spec: 2, by: null }, []],
];

for (const [title, change, expected] of steps) test(`the contract gate ${title}`, () => assert.deepEqual(told(judgeChange(step(change))), expected));

test('a version that says too little is told with the changes that ask for more, their lines, and the command that mends it', () => {
  const [finding] = judgeChange(step({ version: '1.0.1', spec: { limit: 2, note: 'b', extra: 1, labels: { team: 'y' } } })).findings;
  assert.deepEqual(
    [finding?.message, finding?.expected, finding?.found, finding?.next],
    [
      'Version 1.0.1 of checkout follows 1.0.0 and says too little of what changes: "/spec/limit" is changed at line 5 (breaking); "/spec/extra" is added at line 5 (breaking); "/spec/labels/team" is changed at line 5 (additive).',
      '2.0.0 or a greater version, for a breaking change',
      '1.0.1',
      'Run `plumbline contract bump contracts/checkout.yaml --level major` and commit the result.',
    ],
  );
});

test('a waiver of a small version holds for the same changes under another version, and not for one more', () => {
  const fingerprintOf = (change: Step) => judgeChange(step(change)).findings[0]?.fingerprint;
  const waived = fingerprintOf({ version: '1.0.1', spec: { ...spec, limit: 2 } });
  assert.equal(fingerprintOf({ version: '1.1.0', spec: { ...spec, limit: 3 } }), waived);
  assert.notEqual(fingerprintOf({ version: '1.1.0', spec: { ...spec, limit: 3, extra: 1 } }), waived);
});

test('a schema that can not be used never lets a small version pass', () => {
  const change = step({ version: '1.0.1', spec: 2 });
  const missing = judgeChange({ ...change, files: { ...change.files, 'schemas/contract.json': { base: null, roles: ['own'] } } });
  assert.deepEqual([missing.verdict, told(missing)], ['fail', ['deny contract/schema_unknown schemas/contract.json']]);
  const lost = judgeChange({ ...change, world: { contents: [aContract(one), aContract({ version: '1.0.1', previous: hashOf(one), spec: 2 })] } });
  assert.deepEqual([lost.verdict, told(lost)], ['inconclusive', ['unknown snapshot/unreadable schemas/contract.json']]);
});

const two: ContractInput = { version: '2.0.0', previous: hashOf(one), spec: 2, lifecycle: 'retired' };
const gone: ChangeInput = {
  files: { 'contracts/v1.yaml': { base: aContract(one) }, 'contracts/v3.yaml': { head: aContract({ version: '2.0.1', previous: hashOf(two), spec: 3 }) }, 'schemas/contract.json': { base: JSON.stringify(schema), roles: ['own'] } },
  configured: { contracts: [aContractSet({ schema: 'schemas/contract.json', layout: 'versioned' })] },
  released: [['contracts/v1.yaml', aContract(one)], ['contracts/v2.yaml', aContract(two)]],
};
const contents = [aContract(one), aContract({ version: '2.0.1', previous: hashOf(two), spec: 3 }), JSON.stringify(schema)];

test('a new version is compared with a retired one that was removed, by the blob that was released', () => {
  assert.deepEqual(told(judgeChange({ ...gone, world: { contents: [...contents, aContract(two)] } })), ['deny contract/version_bump_too_small contracts/v3.yaml:2']);
});

test('a new version is inconclusive when the one before it stands nowhere and can not be read', () => {
  const verdict = judgeChange({ ...gone, world: { contents, unavailable: (request) => request.kind === 'blob' && request.blob === blobOf(aContract(two)) } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', ['unknown snapshot/unreadable contracts/v3.yaml']]);
});

test('a contract without a schema is told as not judged for what its change means', () => {
  const { skipped } = judgeChange(step({ version: '1.0.1', spec: 2, by: null }));
  assert.deepEqual(skipped.filter((one) => one.rule === 'contract/version_bump_too_small').map((one) => one.why).at(-1), '1 new versions have no schema, which would say what a change of them means');
});
