import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowsUnseen } from './fakes/appended-by-flows.ts';
import { runTogether, sharingFolders } from './sharing-folders.ts';

await runTogether(sharingFolders.serving);

test('every event of the audit log was appended by each flow that appends it, in the tests above', () => {
  assert.deepEqual(flowsUnseen(), []);
});
