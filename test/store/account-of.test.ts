import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf } from '../../src/store/account-of.ts';

test('accountOf() gives the account of the repository', () => {
  assert.equal(accountOf({ repository: { account: { id: 7 } } }), 7);
});

test("accountOf() gives 0 for a job of the server's own and for anything that is no id", () => {
  for (const payload of [{}, { repository: null }, { repository: { account: { id: '7' } } }, { repository: { account: { id: 1.5 } } }, { repository: [] }]) {
    assert.equal(accountOf(payload), 0);
  }
});
