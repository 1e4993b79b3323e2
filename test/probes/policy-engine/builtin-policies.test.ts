import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBuiltinPolicies, policiesFolder } from '../../../deploy/builtin-policies.ts';
import { limits } from '../../../src/domain/limits.ts';
import { aPolicyInput } from '../../builders/a-policy-input.ts';
import { anEngine, policiesOf } from './an-engine.ts';
import { readBuiltinSources } from '../../../src/probes/policy-engine/builtin-sources.ts';
import { loadBuiltinPolicies } from '../../../src/probes/policy-engine/builtin-policies.ts';
import { createPolicyEngine } from '../../../src/probes/policy-engine/policy-engine.ts';
import { ownThreads } from '../../../src/probes/worker-threads/thread-source.ts';
import type { StartedThread, ThreadSource } from '../../../src/probes/worker-threads/thread-source.ts';

test('the shipped module and its description are what the pinned OPA makes of the Rego', async () => {
  const { wasm, descriptor, manifest } = await makeBuiltinPolicies();
  for (const [name, text] of [['builtin.json', descriptor], ['.manifest', manifest]] as const) assert.equal(readFileSync(join(policiesFolder, name), 'utf8'), text, 'run: node deploy/builtin-policies.ts write');
  assert.ok(readFileSync(join(policiesFolder, 'builtin.wasm')).equals(wasm), 'run: node deploy/builtin-policies.ts write');
});

test('the rules let tier 4 be lifted for as long as the whitelist is read for', async () => {
  const { data } = await loadBuiltinPolicies();
  assert.equal(JSON.parse(data).defaults.lift_days, limits.liftDays);
});

test('every folder of a rule is in the module, by its own name', async () => {
  const { rules } = await loadBuiltinPolicies();
  const folders = globSync('rules/*/*/', { cwd: policiesFolder }).map((folder) => folder.split('/').slice(1, 3).join('/'));
  assert.deepEqual(rules, folders.toSorted());
});

test('prepare() has the rules ready in the thread before anything is asked, and close() leaves nothing that would start another', async () => {
  const taken: StartedThread[] = [];
  const threads: ThreadSource = {
    take(file) {
      const thread = ownThreads.take(file);
      taken.push(thread);
      return thread;
    },
    giveBack: async (thread) => await ownThreads.giveBack(thread),
  };
  const engine = createPolicyEngine({ cacheFolder: null, places: {}, threads });
  engine.prepare();
  await engine.close();
  const { digest } = await engine.builtin();
  assert.deepEqual(taken.map(({ known, isOver }) => [[...known], isOver]), [[[digest], true]]);
});

test('a folder that is dropped is noticed: the other rules alone are no answer', async () => {
  const { engine } = anEngine();
  const { rules } = await engine.builtin();
  const kept = policiesOf(await engine.compile((await readBuiltinSources()).filter(({ path }) => !path.startsWith('rules/governance/rejected/'))));
  assert.deepEqual(rules.filter((rule) => !kept.rules.includes(rule)), ['governance/rejected']);
  const input = aPolicyInput();
  assert.deepEqual(await engine.evaluate({ ...kept, rules }, [{ input, subjects: input.actions.map(({ name }) => name) }]), [{ kind: 'silent', why: 'the rule "governance/rejected" gave no answer for "workflow.change .github/workflows/ci.yml"' }]);
});
