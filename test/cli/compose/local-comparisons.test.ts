import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { localConfiguration } from '../../../src/cli/check/local-configuration.ts';
import { repositoryOf } from '../../../src/cli/check/repository-of.ts';
import { localComparisons } from '../../../src/cli/compose/local-comparisons.ts';
import type { BehaviorSource } from '../../../src/domain/behavior/behavior-source.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { buildRecord } from '../../../src/flows/build-record.ts';
import { createBehaviorReader } from '../../../src/probes/behavior-sources/behavior-reader.ts';
import { openLocalRepository } from '../../../src/probes/local-git/local-repository.ts';
import { createProber } from '../../../src/probes/prober.ts';
import { aRepository } from '../../builders/a-repository.ts';
import { aContract, configuration } from '../../flows/a-world.ts';

const validator = { prepare: () => {}, compare: async () => [], validate: async (wanted: readonly unknown[]) => wanted.map(() => ({ kind: 'valid' }) as const), close: async () => {} };
const releases: BehaviorSource = { kind: 'contract-releases', contracts: null };

const first = digestOfValue({ contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: null, spec: { limit: 1 } });

type Files = Readonly<Record<string, string>>;

/** What a source says of the last of these commits of main. */
async function ask(context: TestContext, source: BehaviorSource, commits: readonly Files[]): Promise<JsonValue> {
  const made = aRepository(context);
  for (const files of [{ '.github/plumbline.yml': configuration }, ...commits]) made.commit(files);
  const objects = await openLocalRepository(made.directory);
  context.after(async () => await objects.close());
  const tip = made.git('rev-parse', 'HEAD');
  const repository = await repositoryOf(objects);
  const range = { repository, change: { subject: { kind: 'range' }, author: '', title: '', draft: false, fork: false, baseBranch: 'main' }, base: { sha: tip, branch: 'main', defaultBranch: 'main', defaultTip: tip }, head: tip } as const;
  const { state, entry } = await localConfiguration(objects, range, null);
  assert.ok(entry !== null);
  const record = await buildRecord({ objects, entry, tip, defaultBranch: 'main', configuration: state });
  const reader = createBehaviorReader(localComparisons({ repository, objects, branch: { branch: 'main', state, entry }, releases: record, prober: createProber({ objects, releases: record, validator }), clock: { now: () => new Date('2026-11-20T12:00:00Z') } }));
  const reading = await reader.read({ name: 'compared', source, documents: [], base: tip, head: null });
  return reading.kind === 'answered' ? reading.value : `${reading.kind}: ${reading.why}`;
}

test('contract-releases of a clone finds no difference where each version stands as it was, or in place a later one', async (t) => {
  assert.deepEqual(await ask(t, releases, [{ 'contracts/a.yaml': aContract() }, { 'contracts/a.yaml': aContract({ contractVersion: '1.1.0', previousContractRef: first, spec: '{limit: 2}' }) }]), { differences: [] });
});

test('contract-releases of a clone tells a second file of a released version', async (t) => {
  const value = JSON.stringify(await ask(t, releases, [{ 'contracts/a.yaml': aContract(), 'contracts/b.yaml': aContract({ spec: '{limit: 2}' }) }]));
  assert.match(value, /^\{"differences":\[\{"kind":"unreleased","contractId":"checkout","version":"1.0.0","released":null,"found":\{"path":"contracts\/b.yaml"/);
});

test('contract-releases of a clone gives no signal where git alone does not tell what was released', async (t) => {
  const why = 'no-signal: from git alone it can not be told what was released as "checkout" 1.0.0';
  assert.equal(await ask(t, releases, [{ 'contracts/a.yaml': aContract() }, { 'contracts/a.yaml': aContract({ spec: '{limit: 2}' }) }]), why);
  assert.equal(await ask(t, releases, [{ 'contracts/a.yaml': aContract() }, { 'contracts/a.yaml': aContract({ contractId: 'other' }) }]), why);
});

test('what only GitHub knows is left to the App, also templates of the organisation', async (t) => {
  const why = 'the command line does not ask GitHub: the App does';
  assert.equal(await ask(t, { kind: 'repository-settings', declared: 'settings.yaml' }, []), `no-signal: ${why}`);
  assert.equal(await ask(t, { kind: 'repository-files', files: [{ path: 'LICENSE', template: 'org:LICENSE' }] }, []), `no-signal: the templates of the organisation can not be read: ${why}`);
});
