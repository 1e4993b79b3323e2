import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBuiltinPolicies, policiesFolder } from '../../../deploy/builtin-policies.ts';
import { loadBuiltinPolicies } from '../../../src/probes/policy-engine/builtin-policies.ts';

test('the shipped module and its description are what the pinned OPA makes of the Rego', async () => {
  const { wasm, descriptor } = await makeBuiltinPolicies();
  assert.equal(readFileSync(join(policiesFolder, 'builtin.json'), 'utf8'), descriptor, 'run: node deploy/builtin-policies.ts write');
  assert.ok(readFileSync(join(policiesFolder, 'builtin.wasm')).equals(wasm), 'run: node deploy/builtin-policies.ts write');
});

test('every folder of a rule is in the module, by its own name', async () => {
  const { rules } = await loadBuiltinPolicies();
  const folders = globSync('rules/*/*/', { cwd: policiesFolder }).map((folder) => folder.split('/').slice(1, 3).join('/'));
  assert.deepEqual(rules, folders.toSorted());
});
