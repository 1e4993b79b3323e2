import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { captureConfiguration } from '../../../src/flows/capture-configuration.ts';
import { chargeOf } from '../../../src/domain/usage/charge-of.ts';
import type { ModelUsage } from '../../../src/domain/usage/model-usage.ts';
import { quotaBreaches } from '../../../src/flows/usage/quota-breaches.ts';
import { aWorld } from '../a-world.ts';

const path = 'contracts/robot.yaml';
const sets = 'contracts: [{name: workspace, paths: ["contracts/*.yaml"], schema: "builtin:workspace-contract/v2", signatures: optional}]\n';
const configuration = `version: 1\n${sets}hallucination: {quotas: [{scope: agent, tokensPerDay: 100}, {scope: organization, tokensPerDay: 150}, {scope: repository, costPerMonth: 1}]}\n`;
const contractText = (halted: boolean): string => `contractId: robot\ncontractVersion: 1.0.0\npreviousContractRef: null\nlifecycle: active\nemergencyFlags: {halted: ${halted}}\nspec: {promise: one}\n`;
const files = { '.github/plumbline.yml': configuration, [path]: contractText(false) };

/** What is measured at the tip of a branch with these files, once so much was used. */
async function measured(changed: Readonly<Record<string, string>>, used: readonly Partial<ModelUsage & { readonly agent: string }>[] = []): Promise<JsonValue> {
  const world = aWorld();
  const { github, ports, store, clock } = world;
  const repository = github.ref;
  const base = github.commit('main', Object.fromEntries(Object.entries({ ...files, ...changed }).filter(([, text]) => text !== '')));
  await store.transaction(async (transaction) => {
    for (const { agent = 'robot[bot]', ...one } of used) {
      const usage: ModelUsage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null, ...one };
      await transaction.addUsage({ accountId: repository.account.id, repositoryId: repository.id, agent, usage, charge: chargeOf(usage), at: clock.now() });
    }
  });
  const defaultBranchAt = async (commit: string) => ({ branch: 'main', ...(await captureConfiguration(ports, { repository, github: ports.github.repository(repository), commit, branch: 'main', defaultBranch: 'main' })) });
  const reading = await quotaBreaches({ store, repository, objects: ports.github.repository(repository), defaultBranchAt, clock })({ kind: 'usage-quotas', agent: 'Robot[bot]', contract: path }, { base });
  return reading.kind === 'answered' ? reading.value : `${reading.kind}: ${reading.why}`;
}

const passed = (...exceeded: readonly JsonValue[]): JsonValue => ({ differences: [{ kind: 'exceeded', agent: 'robot[bot]', contract: path, window: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' }, exceeded }] });
const ofAgent = { scope: 'agent', measure: 'tokens', zone: 'UTC', limit: '100', used: '101' };

test('exactly a quota is as agreed, and one token more is not; all quotas of one window are one difference', async () => {
  assert.deepEqual(await measured({}), { differences: [] });
  assert.deepEqual(await measured({}, [{ inputTokens: 100 }]), { differences: [] });
  assert.deepEqual(await measured({}, [{ inputTokens: 101 }]), passed(ofAgent));
  assert.deepEqual(await measured({}, [{ inputTokens: 101 }, { inputTokens: 60, agent: 'other' }]), passed(ofAgent, { ...ofAgent, scope: 'organization', limit: '150', used: '161' }));
});

test('a month that is passed stands for the days in it', async () => {
  const both = await measured({}, [{ inputTokens: 101, statedCost: 2_000_000_000_000n }]);
  assert.deepEqual(both, { differences: [{ kind: 'exceeded', agent: 'robot[bot]', contract: path, window: { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }, exceeded: [{ scope: 'repository', measure: 'cost', zone: 'UTC', limit: '1000000000000', used: '2000000000000' }] }] });
});

test('a contract that is halted is as agreed, however much is used', async () => {
  assert.deepEqual(await measured({ [path]: contractText(true) }, [{ inputTokens: 1_000 }]), { differences: [] });
});

test('attack: what hides the contract or the quota is no signal, and never a pass', async () => {
  const spent = [{ inputTokens: 1_000 }];
  const noSignal = async (changed: Readonly<Record<string, string>>): Promise<JsonValue> => await measured(changed, spent);
  assert.equal(await noSignal({ [path]: '' }), 'no-signal: "contracts/robot.yaml" is not there, expected the contract of the agent');
  assert.equal(await noSignal({ [path]: 'contractId: [\n' }), 'no-signal: "contracts/robot.yaml" is no contract, expected the contract of the agent');
  assert.equal(await noSignal({ '.github/plumbline.yml': configuration.replace(sets, '') }), 'no-signal: no contract set of the configuration has "contracts/robot.yaml"');
  assert.equal(await noSignal({ '.github/plumbline.yml': `version: 1\n${sets}` }), 'no-signal: no quota limits "Robot[bot]", expected one in `hallucination.quotas`');
  assert.equal(await noSignal({ '.github/plumbline.yml': '' }), 'no-signal: no configuration governs the default branch');
});
