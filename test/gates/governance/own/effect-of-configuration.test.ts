import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectOfConfiguration } from '../../../../src/gates/governance/own/effect-of-configuration.ts';
import { ownFileDeriver } from '../../../../src/gates/governance/own/own-file-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aChangeToDerive } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

const path = '.github/plumbline.yml';

function effect(file: Partial<FileInput>, rest: Partial<Deriving> = {}): readonly string[] {
  const { snapshot, evidence } = aChangeToDerive({ files: [{ path, ...file }], ...rest }, (change) => ownFileDeriver.plan(change));
  return effectOfConfiguration(snapshot, evidence).flatMap((one) => (one.kind === 'gone' ? ['gone'] : one.changes.map(({ key, from, to, setBy }) => `${one.reach}: ${key} ${JSON.stringify(from)} ${JSON.stringify(to)} ${setBy}`)));
}

test('a change of the configuration tells what comes into force and by whom', () => {
  assert.deepEqual(effect({ base: 'version: 1\nkeys: [a, b]\n', head: 'version: 1\nkeys: [b, c]\ngovernance: {approvals: {tier3: {count: 3}}}\n' }), [
    'repository: keys "a" null repository',
    'repository: governance.approvals.tier3.count 2 3 repository',
    'repository: keys null "c" repository',
  ]);
});

test('a change that the organisation overrides has no effect', () => {
  const state = { organizationText: 'version: 1\ngovernance: {approvals: {tier3: {count: 5}}}\n' };
  assert.deepEqual(effect({ base: 'version: 1\n', head: 'version: 1\ngovernance: {approvals: {tier3: {count: 3}}}\n' }, { snapshot: { configuration: state } }), []);
});

test('the first configuration of a repository is compared with none', () => {
  assert.deepEqual(effect({ head: 'version: 1\nwaivers: [w.yaml]\n' }), ['repository: waivers null "w.yaml" repository']);
});

test('at the root a change of the organisation tells what comes into force for all', () => {
  assert.deepEqual(effect({ path: 'plumbline.yml', base: 'version: 1\n', head: 'version: 1\nkeys: [k]\n' }, { isRoot: true }), ['organisation: keys null "k" organisation']);
  assert.deepEqual(effect({ path: 'plumbline.yml', base: 'version: 1\n', head: 'version: 1\nkeys: [k]\n' }), []);
});

test('a configuration that goes is told, and one that can not be read is left to its finding', () => {
  assert.deepEqual(effect({ base: 'version: 1\n', head: null }), ['gone']);
  assert.deepEqual(effect({ base: 'version: 1\n', head: 'version: 2\n' }), []);
  assert.deepEqual(effect({ base: 'version: 1\n', head: 'version: 1\nkeys: [k]\n' }, { world: { unavailable: () => true } }), []);
});
