import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conclusionOf, gateConclusionOf } from '../../src/render/conclusion.ts';

describe('conclusions on GitHub', () => {
  it('of a decision are success, failure and action_required', () => {
    assert.deepEqual((['allow', 'deny', 'hold'] as const).map(conclusionOf), ['success', 'failure', 'action_required']);
  });

  it('of a gate are success only for pass', () => {
    assert.deepEqual((['pass', 'fail', 'inconclusive', 'hold'] as const).map(gateConclusionOf), ['success', 'failure', 'failure', 'action_required']);
  });
});
