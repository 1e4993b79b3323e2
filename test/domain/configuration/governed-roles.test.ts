import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf } from '../../../src/domain/configuration/entry-of.ts';
import { rolesOf } from '../../../src/domain/configuration/governed-roles.ts';
import { aConfiguration, aContractSet } from '../../builders/a-configuration.ts';

test('a path has every role that a glob gives it', () => {
  const configuration = aConfiguration({
    contracts: [aContractSet({ paths: ['shared/**'] })],
    schemas: [{ paths: ['shared/*.schema.json'], compatibility: 'backward', preset: 'semantic', layout: 'in-place' }],
    requestPaths: ['requests/*'],
    ownGlobs: [{ kind: 'configuration', glob: '.github/plumbline.yml' }, { kind: 'schema', glob: 'shared/own.schema.json' }],
  });
  assert.deepEqual(rolesOf(configuration, 'shared/own.schema.json'), ['contract', 'schema', 'own']);
  assert.deepEqual(rolesOf(configuration, 'requests/a'), ['request']);
  assert.deepEqual(rolesOf(configuration, '.github/plumbline.yml'), ['own']);
  assert.deepEqual(rolesOf(configuration, 'src/a.ts'), []);
});

test('a path that differs in case from a governed one has no role', () => {
  assert.deepEqual(rolesOf(aConfiguration(), '.github/Plumbline.yml'), []);
});

test('a hundred thousand paths are told apart in well under two seconds', () => {
  const configuration = aConfiguration({ contracts: [aContractSet({ paths: ['contracts/**/*.{yaml,yml,json}', '**/contract.yaml'] })] });
  const started = performance.now();
  let governed = 0;
  for (let index = 0; index < 100_000; index += 1) governed += rolesOf(configuration, `contracts/team${index % 100}/service${index}/file.yaml`).length;
  assert.equal(governed, 100_000);
  assert.ok(performance.now() - started < 2_000);
});

test('a branch belongs to the first entry that names it and to none when none does', () => {
  const configuration = aConfiguration({
    branches: [
      { entry: 'main', names: ['main'], require: true, isDefault: true },
      { entry: 'releases', names: ['release/**', 'main'], require: false, isDefault: false },
    ],
  });
  assert.equal(entryOf(configuration, 'main')?.entry, 'main');
  assert.equal(entryOf(configuration, 'release/1/2')?.entry, 'releases');
  assert.equal(entryOf(configuration, 'feature'), null);
});
