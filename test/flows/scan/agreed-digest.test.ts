import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Difference, MeasuredDrift } from '../../../src/domain/playbook/measured-drift.ts';
import { agreedDigest } from '../../../src/flows/scan/agreed-digest.ts';
import { aDocument, behaviorOf } from '../../domain/behavior/a-behavior.ts';

const behavior = behaviorOf(aDocument());
const nothing: Difference = { path: null, template: null, name: null, expected: null, found: null };
const managed = (path: string, blob: string, found = 'f'): Difference => ({ ...nothing, path, template: 'org:t.ini', expected: { blob, mode: '100644' }, found: { blob: found, mode: '100644' } });
const released = (path: string, contentHash: string): Difference => ({ ...nothing, path, expected: { contractId: 'a', version: '1.0.0', contentHash, lifecycle: 'active' } });

function digest(differences: readonly Difference[], observed = 'file/changed'): string {
  const drift: MeasuredDrift = { code: null, observed, target: 'x', owner: null, differences };
  return agreedDigest(behavior, { entries: [] }, drift);
}

test('agreedDigest() is another for another file that drifted, another template of the organisation, and another release', () => {
  const digests = [digest([managed('x', 'a')]), digest([managed('y', 'a')]), digest([managed('x', 'a'), managed('y', 'a')]), digest([managed('x', 'b')]), digest([released('a.yaml', 'h')]), digest([released('b.yaml', 'h')]), digest([released('a.yaml', 'i')]), agreedDigest(behavior, { entries: [] }, null)];
  assert.equal(new Set(digests).size, digests.length);
});

test('agreedDigest() is the same whatever was found there, and in whatever order it is told', () => {
  assert.equal(digest([managed('x', 'a', 'found'), managed('y', 'a')]), digest([managed('y', 'a'), managed('x', 'a', 'another')]));
});

test('agreedDigest() of metrics is the same whichever of them drift: that differs with each measurement', () => {
  const metric = (name: string): Difference => ({ ...nothing, path: 'b.yaml', name, expected: 1, found: 2 });
  assert.equal(digest([metric('latency')], 'metric/shifted'), digest([metric('latency'), metric('errors')], 'metric/shifted'));
});
