import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfiguration } from '../../../src/domain/configuration/default-configuration.ts';
import { effectiveReport } from '../../../src/domain/configuration/effective-report.ts';
import { member } from '../../../src/domain/configuration/member.ts';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';
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

test('a bundle is reported by its name, and is the organisation\'s', () => {
  const report = effectiveReport({ organization: validDocument('version: 1\ngovernance: {bundles: [{name: team, path: policies/team.tar.gz}]}\n'), repository: validDocument('version: 1\n'), defaultBranch: 'main' });
  assert.deepEqual(report.filter(({ key }) => key.startsWith('governance.bundles')), [{ key: 'governance.bundles.team.name', value: 'team', setBy: 'organisation' }, { key: 'governance.bundles.team.path', value: 'policies/team.tar.gz', setBy: 'organisation' }]);
});

test('a loosened key is reported as the organisation has it', () => {
  const report = effectiveReport({ organization: validDocument('version: 1\nrules: {"*": enforce}\n'), repository: validDocument('version: 1\nrules: {"*": observe}\n'), defaultBranch: 'main' });
  assert.deepEqual(report.find(({ key }) => key === 'rules.*'), { key: 'rules.*', value: 'enforce', setBy: 'organisation' });
});

test('the default branch is reported where no configuration names branches', () => {
  const report = effectiveReport({ organization: null, repository: null, defaultBranch: 'trunk' });
  assert.deepEqual(report.find(({ key }) => key === 'branches.trunk.entry')?.value, 'trunk');
});

test('items that nobody set are reported as defaults, beside those that the repository adds', () => {
  const setBy = (organization: string | null, repository: string, key: string) =>
    effectiveReport({ organization: organization === null ? null : validDocument(organization), repository: validDocument(repository), defaultBranch: 'main' }).filter((one) => one.key.startsWith(key)).map((one) => `${one.key} ${one.setBy}`);
  assert.deepEqual(setBy(null, 'version: 1\n', 'branches.main.names'), ['branches.main.names.0 default']);
  assert.deepEqual(setBy('version: 1\n', 'version: 1\nbranches: [{entry: main, names: [release]}]\n', 'branches.main'), ['branches.main.entry repository', 'branches.main.names.0 default', 'branches.main.require default', 'branches.main+1.entry repository', 'branches.main+1.names.0 repository', 'branches.main+1.require default']);
});

test("an entry of the repository's whitelist is its own, capped or not", () => {
  const entry = '{action: "infra.*", actors: ["user:mona"], until: 2027-03-31, owner: "team:platform", reason: "owns it"}';
  const repository = validDocument(`version: 1\ngovernance: {whitelist: [${entry}]}\n`);
  const shown = (organization: string | null) => effectiveReport({ organization: organization === null ? null : validDocument(organization), repository, defaultBranch: 'main' }).filter(({ key }) => /whitelist|repositoryMaxTier/.test(key)).map(({ key, value, setBy }) => [key, member.number(isJsonObject(value) ? value : {}, 'maxTier') ?? value, setBy]);
  assert.deepEqual(shown('version: 1\n'), [['governance.repositoryMaxTier', 2, 'default'], ['governance.whitelist.0', 2, 'repository']]);
  assert.deepEqual(shown(null).map(([key, , setBy]) => [key, setBy]), [['governance.whitelist.0', 'repository']]);
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
