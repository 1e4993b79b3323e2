import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { noIssue } from '../../../src/domain/issue/issue-record.ts';
import { describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What the store promises about issues of our App. */
export function issueSuite(shared: SuiteStore): void {
  describeStore('issues', shared, (suite) => {
    test('issueRecord() is as it was saved last, of this account and topic alone', async () => {
      const [accountId, other] = [freshId(), freshId()];
      const record = { number: 7, url: 'https://github.example/acme/shop/issues/7', newest: 7, content: digestOfValue('a'), isOpen: true, told: null };
      const key = { accountId, topic: 'digest' };
      assert.equal(await suite.store.transaction((transaction) => transaction.issueRecord(key)), null);
      await suite.store.transaction((transaction) => transaction.saveIssueRecord(key, noIssue));
      await suite.store.transaction((transaction) => transaction.saveIssueRecord(key, record));
      await suite.store.transaction((transaction) => transaction.saveIssueRecord({ accountId, topic: 'digest:1' }, { ...noIssue, told: 'missing_permission' }));
      const kept = [key, { accountId, topic: 'digest:1' }, { accountId: other, topic: 'digest' }].map((one) => suite.store.transaction((transaction) => transaction.issueRecord(one)));
      assert.deepEqual(await Promise.all(kept), [record, { ...noIssue, told: 'missing_permission' }, null]);
    });
  });
}
