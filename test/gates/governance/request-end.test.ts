import assert from 'node:assert/strict';
import { test } from 'node:test';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { governedSnapshot } from './a-governed-change.ts';

const kind = (expires: string) => `kind: ActionRequest\naction: service.restart\ntarget: shop\nrationale: x\nexpires: ${expires}\n`;
test('a green that rests on a request ends with the request', () => {
  const text = kind('2026-11-21');
  const change = { files: { 'requests/a.yaml': { head: text, roles: ['request'] as never } }, governance: { requests: { paths: ['requests/**'], tiers: { 'service.restart': 1 } } }, contents: [text] };
  const snapshot = governedSnapshot(change);
  const evidence = collectEvidence(governanceGate, snapshot, change);
  assert.deepEqual(governanceGate.expiries?.(snapshot, evidence), ['2026-11-21T00:00:00.000Z']);
});
