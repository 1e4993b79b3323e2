import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfiguration } from '../../../src/domain/configuration/default-configuration.ts';
import { effectiveReport } from '../../../src/domain/configuration/effective-report.ts';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import { validDocument } from './read-text.ts';

test('the report says of every key what counts and who set it', () => {
  const report = effectiveReport({
    organization: validDocument('version: 1\ncontracts: [{name: a, paths: [x], signatures: required}]\nwaivers: [w1]\n'),
    repository: validDocument('version: 1\ncontracts: [{name: a, paths: [y], layout: in-place}]\nwaivers: [w2]\nhallucination: {minConfidence: 0.9}\n'),
    defaultBranch: 'main',
  });
  const found = Object.fromEntries(report.map(({ key, value, setBy }) => [key, [value, setBy]]));
  assert.deepEqual(found['contracts.a.signatures'], ['required', 'organisation']);
  assert.deepEqual(found['contracts.a.paths.0'], ['x', 'organisation']);
  assert.deepEqual(found['contracts.a+1.paths.0'], ['y', 'repository']);
  assert.deepEqual([found['waivers.0'], found['waivers.1']], [['w1', 'organisation'], ['w2', 'repository']]);
  assert.deepEqual(found['hallucination.minConfidence'], [0.9, 'repository']);
  assert.deepEqual(found['drift.strict'], [true, 'default']);
  assert.deepEqual(found['governance.approvals.tier3.count'], [2, 'default']);
});

test('a loosened key is reported as the organisation has it', () => {
  const report = effectiveReport({ organization: validDocument('version: 1\nrules: {"*": enforce}\n'), repository: validDocument('version: 1\nrules: {"*": observe}\n'), defaultBranch: 'main' });
  assert.deepEqual(report.find(({ key }) => key === 'rules.*'), { key: 'rules.*', value: 'enforce', setBy: 'organisation' });
});

test('the default branch is reported where no configuration names branches', () => {
  const report = effectiveReport({ organization: null, repository: null, defaultBranch: 'trunk' });
  assert.deepEqual(report.find(({ key }) => key === 'branches.trunk.entry')?.value, 'trunk');
});

test('what init writes is valid, governs contracts and only observes', () => {
  const { configuration } = mergeConfiguration({ organization: null, repository: validDocument(defaultConfiguration()), defaultBranch: 'main' });
  assert.deepEqual(configuration.rules, { '*': { kind: 'observe' } });
  assert.equal(configuration.contracts.length, 1);
  assert.match(defaultConfiguration(), /^# yaml-language-server: \$schema=\S+\n/);
});

test('every example that init comments out is valid once it is uncommented', () => {
  const lines = defaultConfiguration().split('\n').map((line) => line.replace(/^(\s*)# (?=(schema|signatures|branches|schemas):|  - \{)/, '$1'));
  validDocument(lines.join('\n'));
});
