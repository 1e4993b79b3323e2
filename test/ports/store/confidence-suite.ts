import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseClosed } from '../../../src/domain/calibration/confidence-case.ts';
import type { ReportedCase } from '../../../src/flows/ports/confidence-store.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aRepositoryRef, describeStore } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const merged: CaseClosed = { at: '2026-11-02T12:00:00.000Z', isMerged: true, checks: 'success', people: 'approve' };

function aReport(input: Partial<ReportedCase> = {}): ReportedCase {
  return { repositoryId: 0, pullRequest: 0, agent: 'coder[bot]', selfReport: 0.9, hasVerifiedCritical: true, head: 'a'.repeat(40), reportedAt: '2026-11-01T12:00:00.000Z', ...input };
}

/** What the store promises about the confidence that agents report. */
export function confidenceSuite(shared: SuiteStore): void {
  describeStore('confidence', shared, (suite) => {
    const ask = <Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => suite.store.transaction(work);

    test('confidenceOf() a pull request is what was reported last, by agent, in whatever case its login is', async () => {
      const repository = aRepositoryRef();
      const pull = { repository, number: 7 };
      await ask((transaction) => transaction.saveConfidence(pull, [aReport({ agent: 'gone[bot]' }), aReport({ agent: 'Coder[bot]', selfReport: 0.1 })]));
      await ask((transaction) => transaction.saveConfidence(pull, [aReport({ agent: 'odd \u0000\ud800' }), aReport({ head: 'b'.repeat(40) })]));
      await ask((transaction) => transaction.saveConfidence({ ...pull, number: 8 }, [aReport()]));
      const kept = { repositoryId: repository.id, pullRequest: 7, closed: null, revertedAt: null };
      assert.deepEqual(await ask((transaction) => transaction.confidenceOf(repository.id, 7)), [{ ...aReport({ head: 'b'.repeat(40) }), ...kept }, { ...aReport({ agent: 'odd \u0000\ud800' }), ...kept }]);
    });

    test('attack: what is reported of a merged pull request changes nothing any more, of one that was closed and is open again it does', async () => {
      const repository = aRepositoryRef();
      for (const [number, closed] of [[1, merged], [2, { ...merged, isMerged: false }]] as const) {
        await ask((transaction) => transaction.saveConfidence({ repository, number }, [aReport()]));
        await ask((transaction) => transaction.closeConfidence(repository.id, number, closed));
        await ask((transaction) => transaction.saveConfidence({ repository, number }, [aReport({ selfReport: 0.2 })]));
      }
      const cases = await ask(async (transaction) => [...(await transaction.confidenceOf(repository.id, 1)), ...(await transaction.confidenceOf(repository.id, 2))]);
      assert.deepEqual(cases.map(({ selfReport, closed }) => [selfReport, closed]), [[0.9, merged], [0.2, null]]);
    });

    test('revertConfidence() keeps the first revert, and says nothing about other pull requests', async () => {
      const repository = aRepositoryRef();
      for (const number of [1, 2]) {
        await ask((transaction) => transaction.saveConfidence({ repository, number }, [aReport()]));
        await ask((transaction) => transaction.closeConfidence(repository.id, number, merged));
      }
      for (const at of ['2026-11-05T00:00:00.000Z', '2026-11-09T00:00:00.000Z']) await ask((transaction) => transaction.revertConfidence(repository.id, 1, at));
      const history = await ask((transaction) => transaction.confidenceHistory(repository.id, null, 10));
      assert.deepEqual(history.map(({ pullRequest, revertedAt }) => [pullRequest, revertedAt]), [[2, null], [1, '2026-11-05T00:00:00.000Z']]);
    });

    test('confidenceHistory() is of one repository, closed, the newest first; of one agent or of all', async () => {
      const repository = aRepositoryRef();
      for (const [number, agent, day] of [[1, 'coder[bot]', 3], [2, 'CODER[bot]', 5], [3, 'other[bot]', 4], [4, 'coder[bot]', null]] as const) {
        await ask((transaction) => transaction.saveConfidence({ repository, number }, [aReport({ agent })]));
        if (day !== null) await ask((transaction) => transaction.closeConfidence(repository.id, number, { ...merged, at: `2026-11-0${day}T00:00:00.000Z` }));
      }
      await ask((transaction) => transaction.saveConfidence({ repository: aRepositoryRef(repository.account.id), number: 1 }, [aReport()]));
      const history = async (agent: string | null, limit: number) => (await ask((transaction) => transaction.confidenceHistory(repository.id, agent, limit))).map(({ pullRequest }) => pullRequest);
      assert.deepEqual([await history(null, 10), await history('Coder[BOT]', 10), await history(null, 1), await history('nobody', 10)], [[2, 3, 1], [2, 1], [2], []]);
      assert.deepEqual(await ask((transaction) => transaction.agentsOfRepository(repository.account.id, repository.id)), ['CODER[bot]', 'other[bot]']);
    });

    test('attack: agentsOfRepository() tells nothing of a repository of another account', async () => {
      const repository = aRepositoryRef();
      await ask((transaction) => transaction.saveConfidence({ repository, number: 1 }, [aReport()]));
      await ask((transaction) => transaction.closeConfidence(repository.id, 1, merged));
      assert.deepEqual(await ask((transaction) => transaction.agentsOfRepository(repository.account.id + 1, repository.id)), []);
    });
  });
}
