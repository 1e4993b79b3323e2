import type { BehaviorSample } from '../../src/domain/sample/behavior-sample.ts';
import type { SampleOrigin } from '../../src/domain/sample/sample-origin.ts';

/** Where samples of the head `aaa…` came from. */
export function anOrigin(changes: Partial<SampleOrigin> = {}): SampleOrigin {
  return { repositoryId: 1, jobWorkflow: 'acme/ci/.github/workflows/sample.yml@refs/heads/main', workflow: 'acme/shop/.github/workflows/ci.yml@refs/pull/7/merge', commit: 'a'.repeat(40), ref: 'refs/pull/7/merge', run: '15/1', token: 'token-1', ...changes };
}

export function aSample(changes: Partial<BehaviorSample> = {}): BehaviorSample {
  return { repositoryId: 1, behavior: 'checkout-quality', head: 'a'.repeat(40), baseBranch: 'main', value: { n: 1 }, generator: null, receivedAt: '2026-11-20T12:00:00.000Z', origin: anOrigin(), caller: { path: '.github/workflows/ci.yml', blob: 'w' }, ...changes };
}
