import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { RemediationKey, RemediationRecord } from '../../../src/domain/remediation/remediation-record.ts';
import { unrecordedPull } from '../../../src/domain/remediation/unrecorded-pull.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { lookTogether } from '../../flows/remediation/look-together.ts';
import { aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const plans = [digestOfValue('plan 1'), digestOfValue('plan 2')] as const;
const heads = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
const [head = '', other = '', third = ''] = heads;
const noon = '2026-11-20T12:00:00.000Z';

function aRecord(changes: Partial<RemediationRecord> = {}): RemediationRecord {
  return { repository: aRepositoryRef(), fingerprint: digestOfValue('F'), behavior: 'checkout-quality', target: 'contracts/\u0000 checkout.yaml', baseBranch: 'main', at: noon, ...changes };
}

function keyOf({ repository, fingerprint }: RemediationRecord): RemediationKey {
  return { repositoryId: repository.id, fingerprint };
}

/** What the store promises about remediations. */
export function remediationSuite(shared: SuiteStore): void {
  describeStore('remediations', shared, (suite) => {
    const ask = <Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => suite.store.transaction(work);
    const begun = async (changes: Partial<RemediationRecord> = {}): Promise<{ readonly record: RemediationRecord; readonly key: RemediationKey }> => {
      const record = aRecord(changes);
      await ask((transaction) => transaction.beginRemediation(record));
      return { record, key: keyOf(record) };
    };

    test('remediationsOf() a behaviour are those begun for it, in their order, as they were first seen', async () => {
      const { record } = await begun();
      const later = aRecord({ repository: record.repository, fingerprint: digestOfValue('A') });
      for (const one of [later, aRecord({ repository: record.repository, fingerprint: digestOfValue('B'), behavior: 'another' }), aRecord(), { ...record, target: 'spelled anew' }]) await ask((transaction) => transaction.beginRemediation(one));
      assert.deepEqual(await ask((transaction) => transaction.remediationsOf(record.repository.id, 'checkout-quality')), [{ ...record, said: null }, { ...later, said: null }]);
    });

    test('restlessBehaviors() are those with a remediation that was never looked at, or spoken of by a row, each once', async () => {
      const { record, key } = await begun();
      await begun({ repository: record.repository, fingerprint: digestOfValue('B') });
      const rest = await begun({ repository: record.repository, fingerprint: digestOfValue('C'), behavior: 'at-rest' });
      const other = await begun();
      await ask((transaction) => transaction.sayOfRemediation(key, { row: 4, reason: 'same_content', pullRequest: null, about: '' }, 0));
      await ask((transaction) => transaction.sayOfRemediation(rest.key, { row: null, reason: 'no_drift', pullRequest: null, about: '' }, 0));
      assert.deepEqual(await ask((transaction) => transaction.restlessBehaviors([record.repository.id])), [{ repositoryId: record.repository.id, behavior: 'checkout-quality' }]);
      assert.deepEqual([await ask((transaction) => transaction.restlessBehaviors([record.repository.id, other.record.repository.id])).then((all) => all.length), await ask((transaction) => transaction.restlessBehaviors([]))], [2, []]);
    });

    test('sayOfRemediation() tells what is news: not what was said last, and not of a remediation that nobody began', async () => {
      const { key } = await begun();
      const one = { row: 4, reason: 'same_content', pullRequest: null, about: '' } as const;
      const say = (said: typeof one | { readonly row: null; readonly reason: 'no_drift'; readonly pullRequest: null; readonly about: string }) => ask((transaction) => transaction.sayOfRemediation(key, said, 0));
      const other = { row: null, reason: 'no_drift', pullRequest: null, about: '' } as const;
      assert.deepEqual([await say(one), await say(one), (await ask((transaction) => transaction.remediationsOf(key.repositoryId, 'checkout-quality'))).map(({ said }) => said), await say(other), await say(one), await ask((transaction) => transaction.sayOfRemediation({ ...key, repositoryId: freshId() }, one, 0))], [true, false, [one], true, true, false]);
    });

    test('countStep() counts, forgets what was said, and what was looked at before it is not said any more', async () => {
      const { key } = await begun();
      const said = { row: null, reason: 'no_drift', pullRequest: null, about: '' } as const;
      const say = (steps: number) => ask((transaction) => transaction.sayOfRemediation(key, said, steps));
      const first = await say(0);
      for (const one of [key, key, { ...key, repositoryId: freshId() }]) await ask((transaction) => transaction.countStep(one));
      const [kept] = await ask((transaction) => transaction.remediationsOf(key.repositoryId, 'checkout-quality'));
      assert.deepEqual([first, kept?.said, await ask((transaction) => transaction.stepsOf(key)), await say(1), await say(2), await ask((transaction) => transaction.stepsOf({ ...key, repositoryId: freshId() }))], [true, null, 2, false, true, 0]);
    });

    test('reservePaths() refuses what another behaviour has reserved, or did since GitHub was read, and nothing else', async () => {
      const { record, key } = await begun();
      const own = await begun({ repository: record.repository, fingerprint: digestOfValue('G') });
      const another = await begun({ repository: record.repository, fingerprint: digestOfValue('H'), behavior: 'another' });
      const elsewhere = await begun({ behavior: 'elsewhere' });
      const reserve = (of: RemediationKey, paths: readonly string[], newly = paths, since = 0) => ask((transaction) => transaction.reservePaths(of, { paths, newly, since }));
      const seen = () => ask((transaction) => transaction.reservationsOfOthers(record.repository.id, 'another'));
      assert.deepEqual([await seen(), await reserve(key, ['a \u0000', 'b'])], [{ newest: 0, paths: [] }, true]);
      const { newest, paths } = await seen();
      assert.deepEqual([newest > 0, paths, (await ask((transaction) => transaction.reservationsOfOthers(record.repository.id, 'checkout-quality'))).paths], [true, ['a \u0000', 'b'], []]);
      assert.deepEqual([await reserve(another.key, ['b', 'c'], undefined, newest), await reserve(own.key, ['b']), await reserve(another.key, ['b', 'c'], ['c'], newest), await reserve(elsewhere.key, ['b'])], [false, true, true, true]);
      // Others were faster in between: what they reserved and have open by now the reading did not show.
      for (const one of [key, own.key]) await ask((transaction) => transaction.endReservation(one, 0));
      assert.deepEqual([(await seen()).paths, await reserve(another.key, ['b'], undefined, newest), await reserve(another.key, ['b'], undefined, (await seen()).newest)], [[], false, true]);
    });

    test('endReservation() ends none where more steps were counted since', async () => {
      const { key } = await begun();
      await ask((transaction) => transaction.reservePaths(key, { paths: ['a'], newly: ['a'], since: 0 }));
      await ask((transaction) => transaction.countStep(key));
      const standing = async () => (await ask((transaction) => transaction.reservationsOfOthers(key.repositoryId, 'another'))).paths;
      await ask((transaction) => transaction.endReservation(key, 0));
      const before = await standing();
      await ask((transaction) => transaction.endReservation(key, 1));
      assert.deepEqual([before, await standing()], [['a'], []]);
    });

    test('of two behaviours that reserve one path at once, one is refused', async () => {
      const { record, key } = await begun();
      const { key: another } = await begun({ repository: record.repository, fingerprint: digestOfValue('H'), behavior: 'another' });
      const answers = await Promise.all([key, another].map((one) => ask((transaction) => transaction.reservePaths(one, { paths: ['a'], newly: ['a'], since: 0 }))));
      assert.deepEqual(answers.filter((isReserved) => isReserved).length, 1);
    });

    test('two workers that look at two behaviours of one file at once open one pull request, and hold the other back', async () => {
      assert.deepEqual(await lookTogether(suite.store, aRepositoryRef()), { open: [['a']], said: ['same_content', 'same_files'] });
    });

    test('an intent has its commit set once, with the plan it was made for, and who sets it later is told the one that stands', async () => {
      const { key } = await begun();
      const intent = { generation: 1, head: null, plan: plans[0], mode: 'propose' } as const;
      await ask((transaction) => transaction.intend(key, intent));
      await ask((transaction) => transaction.intend(key, { ...intent, plan: plans[1] }));
      assert.deepEqual(await ask((transaction) => transaction.intents(key)), [intent]);
      const first = { generation: 1, head, plan: plans[1], mode: 'auto' } as const;
      assert.deepEqual(await ask((transaction) => transaction.setIntentHead(key, first)), first);
      assert.deepEqual(await ask((transaction) => transaction.setIntentHead(key, { ...first, head: other, plan: plans[0] })), first);
      await ask((transaction) => transaction.intend(key, { ...intent, generation: 2 }));
      assert.deepEqual(await ask((transaction) => transaction.intents(key)), [first, { ...intent, generation: 2 }]);
    });

    test('setIntentHead() refuses a generation of which nothing was intended', async () => {
      const { key } = await begun();
      await assert.rejects(ask((transaction) => transaction.setIntentHead(key, { generation: 3, head, plan: plans[0], mode: 'propose' })), { code: 'STORE_INCONSISTENT' });
    });

    test('commits written ahead are kept each once, and a plan keeps the paths that it was kept with', async () => {
      const { key } = await begun();
      const commit = { branch: 'plumbline/x/0123456789abcdef-g1', head, plan: plans[0], onOthersCommits: true };
      for (const one of [{ ...commit, head: other, onOthersCommits: false }, commit, commit]) await ask((transaction) => transaction.writeAhead(key, one));
      assert.deepEqual(await ask((transaction) => transaction.pendingCommits(key)), [commit, { ...commit, head: other, onOthersCommits: false }]);
      for (const paths of [['a \u0000', 'b'], ['c']]) await ask((transaction) => transaction.keepPlannedPaths(key.repositoryId, { plan: plans[0], paths }));
      assert.deepEqual(await ask(async (transaction) => [await transaction.plannedPaths(key.repositoryId, plans[0]), await transaction.plannedPaths(key.repositoryId, plans[1]), await transaction.plannedPaths(freshId(), plans[0])]), [['a \u0000', 'b'], null, null]);
    });

    test('recordRemediationPull() changes what it names and leaves the rest', async () => {
      const { key } = await begun();
      const recorded = { head, plan: plans[0], holdsOthersCommits: false };
      const record = (number: number, changes: Parameters<StoreTransaction['recordRemediationPull']>[2]) => ask((transaction) => transaction.recordRemediationPull(key, number, changes));
      await record(9, { whyClosed: 'clean' });
      await record(7, { recorded, openedAt: noon });
      await record(7, { toldHead: other, takenOverAt: third, canReopen: false, verifiedAt: noon });
      const seven = { ...unrecordedPull(7), recorded, openedAt: noon, toldHead: other, takenOverAt: third, canReopen: false, verifiedAt: noon };
      assert.deepEqual(await ask((transaction) => transaction.remediationPulls(key)), [seven, { ...unrecordedPull(9), whyClosed: 'clean' }]);
    });

    test('remediationOfPull() tells the remediation of a number, in its repository alone', async () => {
      const { record, key } = await begun();
      await begun();
      await ask((transaction) => transaction.recordRemediationPull(key, 7, { whyClosed: 'rolled_back' }));
      const of = (repositoryId: number, number: number) => ask((transaction) => transaction.remediationOfPull(repositoryId, number));
      assert.deepEqual([await of(key.repositoryId, 7), await of(key.repositoryId, 8), await of(freshId(), 7)], [record, null, null]);
    });

    test('remediationNamed() tells the remediation whose fingerprint begins so, in its repository alone', async () => {
      const { record, key } = await begun();
      await begun({ repository: record.repository, fingerprint: digestOfValue('B') });
      await begun();
      const named = (repositoryId: number, prefix: string) => ask((transaction) => transaction.remediationNamed(repositoryId, prefix));
      const prefix = record.fingerprint.slice(0, 23);
      assert.deepEqual([await named(key.repositoryId, prefix), await named(key.repositoryId, 'sha256:____________%'), await named(freshId(), prefix)], [record, null, null]);
    });

    test('remediationPullsSince() counts those of the account that were opened after the instant', async () => {
      const { record, key } = await begun();
      const elsewhere = await begun();
      const neighbour = await begun({ repository: { ...aRepositoryRef(), account: record.repository.account } });
      for (const [one, number, openedAt] of [[key, 1, noon], [key, 2, '2026-11-20T12:00:01.000Z'], [neighbour.key, 1, '2026-11-20T13:00:00.000Z'], [elsewhere.key, 1, '2026-11-20T13:00:00.000Z'], [key, 3, null]] as const) await ask((transaction) => transaction.recordRemediationPull(one, number, { openedAt }));
      assert.equal(await ask((transaction) => transaction.remediationPullsSince(record.repository.account.id, new Date(noon))), 2);
    });

    test('closes stand as decisions, each as it was first kept, until they are taken back', async () => {
      const { key } = await begun();
      for (const one of [{ number: 8, until: noon }, { number: 7, until: noon }, { number: 7, until: '2027-01-01T00:00:00.000Z' }]) await ask((transaction) => transaction.suppress(key, one));
      assert.deepEqual(await ask((transaction) => transaction.suppressions(key)), [{ number: 7, until: noon }, { number: 8, until: noon }]);
      assert.equal(await ask((transaction) => transaction.unsuppressedAt(key)), null);
      await ask((transaction) => transaction.unsuppress(key, noon));
      assert.equal(await ask((transaction) => transaction.unsuppressedAt(key)), noon);
    });
  });
}
