import type { DriftRecord } from '../../src/domain/drift/drift-record.ts';
import type { KeptDrift, ScannedBehavior } from '../../src/domain/drift/scanned-behavior.ts';

/** A confirmed drift of a latency. */
export function aKeptDrift(changes: Partial<DriftRecord> = {}, scanned: Partial<ScannedBehavior> = {}): KeptDrift {
  const agreed = `sha256:${'b'.repeat(64)}` as const;
  const metric = { name: 'latency_ms', critical: true, verdict: 'drift', estimate: 31.5, low: 24, high: 39, toleratedLow: null, toleratedHigh: 10, confidence: 0.95, samples: 60, why: 'The shift of 31.5 lies outside of what is tolerated.' } as const;
  return {
    record: {
      repositoryId: 100, behavior: 'checkout-quality', standing: 'drift', last: 'drift', first: null, measuredAt: '2026-11-20T12:00:00.000Z', commit: 'a'.repeat(40),
      drifting: { agreed, observed: 'metric/shifted', decides: true, since: '2026-11-20T12:00:00.000Z' },
      episode: { confirmedAt: '2026-11-20T12:00:00.000Z', inconclusiveMs: 0 }, flips: ['2026-11-20T12:00:00.000Z'], ...changes,
    },
    scanned: { path: 'behaviors/checkout.yaml', owner: 'team:checkout', playbook: null, decides: true, proposes: true, since: '2026-11-20T11:59:00.000Z', why: 'latency_ms: the shift of 31.5 lies outside of what is tolerated.', agreed, source: 'http-json', drift: { code: null, observed: 'metric/shifted', target: 'checkout-quality', owner: 'team:checkout', differences: [{ path: 'behaviors/checkout.yaml', template: null, name: 'latency_ms', expected: null, found: [131, 132] }] }, metrics: [metric], ...scanned },
  };
}
