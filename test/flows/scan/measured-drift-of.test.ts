import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { MeasuredDrift } from '../../../src/domain/playbook/measured-drift.ts';
import { observedClasses } from '../../../src/domain/playbook/observed-classes.ts';
import { measuredDriftOf } from '../../../src/flows/scan/measured-drift-of.ts';
import { judgeBehavior } from '../../../src/gates/drift/judge-behavior.ts';
import { aDocument, behaviorOf } from '../../domain/behavior/a-behavior.ts';

const now = '2026-11-20T12:00:00.000Z';
const template = 'templates/a';
const file = (path: string, kind = 'changed'): JsonObject => ({ kind, path, template, expected: { blob: 'a', mode: '100644' }, found: kind === 'missing' ? null : { blob: 'b', mode: '100644' } });
const contract = (kind: string, path: string): JsonObject => ({ kind, contractId: 'checkout', version: '1.0.0', released: { path, contentHash: 'sha256:1', lifecycle: 'active' }, found: { path, contentHash: 'sha256:1', lifecycle: 'active' } });

function driftOf(document: JsonObject, value: JsonValue): MeasuredDrift | null {
  const behavior = behaviorOf(document);
  const measurement = { behavior, reading: { kind: 'answered', value, observedAt: now, generator: null }, files: new Map(), shapes: new Map(), now, mode: { kind: 'strict' } } as const;
  return measuredDriftOf({ kind: 'measured', path: 'behaviors/a.yaml', begunAt: now, trouble: null, behavior, measurement, verdict: judgeBehavior(measurement) });
}

const { metrics: _metrics, ...bare } = aDocument();
const compared = (source: JsonObject, ...differences: readonly JsonObject[]): MeasuredDrift | null => driftOf({ ...bare, source }, { differences });
const files = { type: 'repository-files', files: [{ path: 'a', template }] };
const releases = { type: 'contract-releases' };
const found = {
  'file/changed': compared(files, file('a')),
  'file/missing': compared(files, file('a', 'missing')),
  'workflow/changed': compared(files, file('.github/workflows/ci.yml')),
  'workflow/missing': compared(files, file('.github/workflows/ci.yml', 'missing')),
  'settings/changed': compared({ type: 'repository-settings', declared: 'settings.yaml' }, { kind: 'changed', setting: '/merge/squash', expected: true, found: false }),
  'contract/diverged': compared(releases, contract('changed', 'contracts/a.yaml')),
  'contract/previous_ref': compared(releases, contract('mislinked', 'contracts/a.yaml')),
  'resource/planned': compared({ type: 'terraform-plan', workflow: '.github/workflows/plan.yml', artifact: 'plan' }, { kind: 'planned', address: 'a', actions: ['update'] }),
  'budget/breach': compared({ type: 'usage-quotas', agent: 'robot[bot]', contract: 'contracts/robot.yaml' }, { kind: 'exceeded', agent: 'robot[bot]', contract: 'contracts/robot.yaml', window: { from: now, to: now }, exceeded: [] }),
  'metric/shifted': driftOf(aDocument(), { score: 0.9 }),
};

test('each class that a drift may be told as comes of a source', () => {
  assert.deepEqual(Object.entries(found).map(([name, drift]) => [name, drift?.observed]), observedClasses.map((name) => [name, name]));
});

test('a contract is told by the code of its finding, too', () => {
  assert.deepEqual([found['contract/diverged']?.code, found['contract/previous_ref']?.code, found['workflow/changed']?.code], ['contract/base_diverged', 'contract/previous_ref_mismatch', null]);
});

test('what the App may mend itself comes first, and what it may not or what waits for that is told once it is mended', () => {
  const pathsOf = (drift: MeasuredDrift | null): readonly unknown[] => [drift?.observed, drift?.differences.map(({ path }) => path)];
  assert.deepEqual(pathsOf(compared(files, file('.github/workflows/ci.yml'), file('b', 'missing'), file('a'))), ['file/changed', ['b', 'a']]);
  assert.deepEqual(pathsOf(compared(files, file('.github/workflows/a.yml', 'missing'), file('.GitHub/Workflows/b.yml'))), ['workflow/changed', ['.github/workflows/a.yml', '.GitHub/Workflows/b.yml']]);
  assert.deepEqual(pathsOf(compared(releases, contract('mislinked', 'contracts/b.yaml'), contract('gone', 'contracts/a.yaml'))), ['contract/diverged', ['contracts/a.yaml']]);
});
