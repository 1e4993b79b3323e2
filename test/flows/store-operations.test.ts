import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { anOperatedStore } from '../web/operator-fixture.ts';

test('storeOperations() of a server seals before it erases at request', async () => {
  const { store, operations } = await anOperatedStore(1);
  const { sequence } = await store.transaction((transaction) => transaction.append(aFittingDraft('command.run', { account })));
  const { entries, kept } = await operations.erase({ account, asked: { kind: 'entries', entries: [String(sequence)] }, by: 'olga', reason: 'request 4711', isRehearsed: false });
  assert.deepEqual([entries, kept], [1, []]);
});
