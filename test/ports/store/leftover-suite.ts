import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { Leftover } from '../../../src/domain/leftover/leftover.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aPullRequest, aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const [a, b, c, d, e] = [digestOfValue('a'), digestOfValue('b'), digestOfValue('c'), digestOfValue('d'), digestOfValue('e')];
const on = (day: string): Date => new Date(`${day}T12:00:00.000Z`);

/** What the store promises about the use of whitelists, and about what is to be cleaned up. */
export function leftoverSuite(shared: SuiteStore): void {
  describeStore('grants', shared, (suite) => {
    test('seeGrants() tells since when each is known and what it matched last; a match of what no scan has seen is passed over', async () => {
      const owner = { accountId: freshId(), repositoryId: freshId() };
      await ask(suite, (transaction) => transaction.recordMatches(owner.accountId, [a], on('2026-01-01')));
      const first = await ask(suite, (transaction) => transaction.seeGrants(owner, [a, b, a], on('2026-01-02')));
      for (const day of ['2026-01-03', '2026-01-04']) await ask(suite, (transaction) => transaction.recordMatches(owner.accountId, [b, b], on(day)));
      await ask(suite, (transaction) => transaction.recordMatches(owner.accountId + 1, [a], on('2026-01-05')));
      const second = await ask(suite, (transaction) => transaction.seeGrants(owner, [b, a], on('2026-01-06')));
      assert.deepEqual(first, [a, b].map((grant) => ({ grant, knownSince: '2026-01-02T12:00:00.000Z', matchedAt: null })));
      assert.deepEqual(second, [{ grant: b, knownSince: '2026-01-02T12:00:00.000Z', matchedAt: '2026-01-03T12:00:00.000Z' }, { grant: a, knownSince: '2026-01-02T12:00:00.000Z', matchedAt: null }]);
      await ask(suite, (transaction) => transaction.recordMatches(owner.accountId, [b], on('2026-01-07')));
      assert.deepEqual((await ask(suite, (transaction) => transaction.seeGrants(owner, [b], on('2026-01-07')))).map(({ matchedAt }) => matchedAt), ['2026-01-07T12:00:00.000Z']);
    });

    test('seeGrants() knows anew what was gone meanwhile, what nobody saw for longer than a week, and what another owner has', async () => {
      const [owner, organization] = [{ accountId: freshId(), repositoryId: freshId() }, freshId()];
      const since = async (grants: readonly (typeof a)[], day: string) => (await ask(suite, (transaction) => transaction.seeGrants(owner, grants, on(day)))).map(({ knownSince }) => knownSince.slice(0, 10));
      assert.deepEqual([await since([a, b], '2026-01-01'), await since([a], '2026-01-02'), await since([a, b], '2026-01-10'), await since([a, b], '2026-01-19')], [['2026-01-01', '2026-01-01'], ['2026-01-01'], ['2026-01-01', '2026-01-10'], ['2026-01-19', '2026-01-19']]);
      await ask(suite, (transaction) => transaction.seeGrants({ accountId: organization, repositoryId: null }, [a], on('2026-01-01')));
      await ask(suite, (transaction) => transaction.seeGrants({ accountId: organization, repositoryId: freshId() }, [b], on('2026-01-02')));
      assert.deepEqual((await ask(suite, (transaction) => transaction.seeGrants({ accountId: organization, repositoryId: null }, [a], on('2026-01-03')))).map(({ knownSince }) => knownSince), ['2026-01-01T12:00:00.000Z']);
    });
  });

  describeStore('open matches', shared, (suite) => {
    test('recordOpenMatches() counts what open pull requests of every repository of the account rest on, as it was saved last', async () => {
      const repository = aRepositoryRef();
      const [beside, accountId] = [{ ...repository, id: freshId() }, repository.account.id];
      const owner = { accountId, repositoryId: null };
      const grants = [a, b, c, d, e];
      await ask(suite, (transaction) => transaction.seeGrants(owner, grants, on('2026-01-01')));
      for (const [place, number, state, rests] of [[repository, 1, 'open', [a, b, a]], [repository, 1, 'open', [b]], [repository, 2, 'closed', [c]], [beside, 1, 'open', [b]], [aRepositoryRef(), 1, 'open', [e]]] as const) {
        await ask(suite, (transaction) => transaction.savePullRequest(aPullRequest(place, { number, state })));
        await ask(suite, (transaction) => transaction.saveOpenMatches({ repository: place, number }, rests));
      }
      await ask(suite, (transaction) => transaction.addOpenMatches({ repository: beside, number: 1 }, [d]));
      await ask(suite, (transaction) => transaction.recordOpenMatches(accountId, on('2026-01-03')));
      const matched = async (day: string) => (await ask(suite, (transaction) => transaction.seeGrants(owner, grants, on(day)))).map(({ matchedAt }) => matchedAt?.slice(0, 10) ?? null);
      assert.deepEqual(await matched('2026-01-03'), [null, '2026-01-03', null, '2026-01-03', null]);
      await ask(suite, (transaction) => transaction.forgetScanPlan(beside.id));
      await ask(suite, (transaction) => transaction.recordOpenMatches(accountId, on('2026-01-06')));
      assert.deepEqual(await matched('2026-01-06'), [null, '2026-01-06', null, '2026-01-03', null]);
    });
  });

  describeStore('leftovers', shared, (suite) => {
    test('leftoversOf() an account are as they were saved last, the organisation\'s first, and those of a repository that is gone are forgotten', async () => {
      const repository = aRepositoryRef();
      const accountId = repository.account.id;
      const [ours, theirs] = [{ accountId, repositoryId: null }, { accountId, repositoryId: repository.id }];
      await ask(suite, (transaction) => transaction.saveLeftovers(theirs, [aLeftover('b')]));
      await ask(suite, (transaction) => transaction.saveLeftovers(ours, [aLeftover('a'), { ...aLeftover('c'), code: 'waiver/expired', target: 'a.yaml' }]));
      await ask(suite, (transaction) => transaction.saveLeftovers({ accountId: freshId(), repositoryId: freshId() }, [aLeftover('d')]));
      const kept = [{ repositoryId: null, leftovers: [aLeftover('a'), { ...aLeftover('c'), code: 'waiver/expired', target: 'a.yaml' }] }, { repositoryId: repository.id, leftovers: [aLeftover('b')] }];
      assert.deepEqual(await ask(suite, (transaction) => transaction.leftoversOf(accountId)), kept);
      assert.deepEqual([await ask(suite, (transaction) => transaction.holdLeftovers(theirs)), await ask(suite, (transaction) => transaction.holdLeftovers({ accountId, repositoryId: freshId() }))], [[aLeftover('b')], []]);
      await ask(suite, (transaction) => transaction.saveLeftovers(ours, []));
      assert.deepEqual(await ask(suite, (transaction) => transaction.leftoversOf(accountId)), kept.slice(1));
      await ask(suite, (transaction) => transaction.seeGrants(theirs, [a], on('2026-01-01')));
      await ask(suite, (transaction) => transaction.forgetScanPlan(repository.id));
      assert.deepEqual(await ask(suite, (transaction) => transaction.leftoversOf(accountId)), []);
      assert.deepEqual((await ask(suite, (transaction) => transaction.seeGrants(theirs, [a], on('2026-01-02')))).map(({ knownSince }) => knownSince), ['2026-01-02T12:00:00.000Z']);
    });

    test('holdLeftovers() is told to one after the other', async () => {
      const owner = { accountId: freshId(), repositoryId: null };
      const add = (name: string): Promise<void> => ask(suite, async (transaction) => transaction.saveLeftovers(owner, [...(await transaction.holdLeftovers(owner)), aLeftover(name)]));
      await Promise.all(['a', 'b', 'c', 'd'].map(add));
      assert.equal((await ask(suite, (transaction) => transaction.holdLeftovers(owner))).length, 4);
    });
  });
}

function aLeftover(name: string): Leftover {
  return { code: 'whitelist/expired', entry: digestOfValue(name), path: '.github/plumbline.yml', about: name, target: null, owner: 'team:platform', since: '2026-01-01T00:00:00.000Z' };
}

function ask<Result>({ store }: SuiteStore, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
  return store.transaction(work);
}
