import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateCheckName, isRollUpName, previewName, rollUpName } from '../../src/domain/check-name.ts';
import { gateNames } from '../../src/domain/gate-name.ts';

test('isRollUpName() holds for the roll-up of any entry, and for no gate\'s check and no preview', () => {
  for (const entry of [{ entry: 'main', isDefault: true }, { entry: 'release / 1', isDefault: false }]) {
    assert.equal(isRollUpName(rollUpName(entry)), true);
    assert.deepEqual(gateNames.map((gate) => isRollUpName(gateCheckName(entry, gate))), gateNames.map(() => false));
  }
  assert.equal(isRollUpName(previewName), false);
});
