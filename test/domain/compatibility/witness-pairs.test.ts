import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import type { Preset } from '../../../src/domain/compatibility/comparison.ts';
import { judgeOf } from './judge.ts';
import { witnessPairs } from './witness-pairs.ts';

const presets: readonly Preset[] = ['semantic', 'lenient'];

for (const [what, { older, newer, witness }] of Object.entries(witnessPairs)) {
  test(`a pair with a known witness is never compatible: ${what}`, async () => {
    const [before, after] = [await judgeOf(older), await judgeOf(newer)];
    assert.deepEqual([before?.(witness), after?.(witness)], [true, false], 'the validator confirms the witness');
    for (const preset of presets) assert.notEqual(compareSchemas(older, newer, 'backward', preset).answer, 'compatible', preset);
  });
}
