import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeOwnImportsAtTheirWord } from '../../src/cli/own-imports.ts';

test('takeOwnImportsAtTheirWord() finds the modules that the runtime would find, each once, and leaves packages and JSON to it', async () => {
  const { contractGate } = await import('../../src/gates/contract/contract-gate.ts');
  takeOwnImportsAtTheirWord();
  const { gates } = await import('../../src/flows/judge.ts');
  assert.ok(gates.includes(contractGate));
  const { validateConfiguration } = await import('../../src/domain/configuration/validate-configuration.ts');
  assert.deepEqual(validateConfiguration({ version: 1 }), []);
});

test('takeOwnImportsAtTheirWord() still tells of a module that is not there', async () => {
  const missing = '../../src/cli/no-such-module.ts';
  takeOwnImportsAtTheirWord();
  await assert.rejects(import(missing), /no-such-module/);
});
