import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptDrift } from '../../../src/domain/drift/scanned-behavior.ts';
import type { DriftRun } from '../../../src/domain/drift/drift-record.ts';
import type { Scan, ScanPlan } from '../../../src/domain/scan/scan.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What the store promises about scans, drifts and how long they took to mend. */
export function scanSuite(shared: SuiteStore): void {
  describeStore('scans', shared, (suite) => {
    test('dueScanPlans() are those whose time has come, the oldest first, each as it was saved last', async () => {
      const plans = ['2001-01-03', '2001-01-01', '2001-01-02', '2001-02-01'].map((day) => aPlan(`${day}T00:00:00.000Z`));
      for (const plan of plans) await ask(suite, (transaction) => transaction.saveScanPlan(plan));
      const moved: ScanPlan = { ...plans[2]!, nextAt: '2001-01-04T00:00:00.000Z', due: { schedule: '17 3 * * *', at: '2001-01-05T00:00:00.000Z' }, scanned: { commit: 'a'.repeat(40), behaviors: 2, broken: ['b.yaml'], repairTarget: 120_000 }, failedSince: '2001-01-01T00:00:00.000Z' };
      await ask(suite, (transaction) => transaction.saveScanPlan(moved));
      assert.deepEqual(await ask(suite, (transaction) => transaction.dueScanPlans(new Date('2001-01-04T00:00:00Z'), 10)), [plans[1], plans[0], moved]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.dueScanPlans(new Date('2001-01-04T00:00:00Z'), 1)), [plans[1]]);
      assert.deepEqual([await ask(suite, (transaction) => transaction.scanPlan(moved.repository.id)), await ask(suite, (transaction) => transaction.scanPlansOf(moved.repository.account.id))], [moved, [moved]]);
      for (const { repository } of plans) await ask(suite, (transaction) => transaction.forgetScanPlan(repository.id));
      assert.deepEqual(await ask(suite, (transaction) => transaction.dueScanPlans(new Date('2002-01-01T00:00:00Z'), 10)), []);
    });

    test('settleRepository() tells which open scans were at this with it, and how many each still waits for', async () => {
      const [one, other, concluded] = [aScan({ id: `a-${freshId()}` }), aScan({ id: `b-${freshId()}` }), aScan()];
      const [first, second, third] = [freshId(), freshId(), freshId()];
      for (const [scan, ids] of [[one, [first, second, third]], [other, [first]], [concluded, [first]]] as const) await ask(suite, (transaction) => transaction.beginScan(scan, ids));
      await ask(suite, (transaction) => transaction.noteMeasured(first, [one.id, other.id, concluded.id]));
      await ask(suite, (transaction) => transaction.concludeScan(concluded.id, new Date('2026-11-26T13:00:00Z')));
      await ask(suite, (transaction) => transaction.noteMeasured(third, [one.id]));
      const settled: unknown[] = [];
      for (const [id, from, outcome] of [[first, 'confirming', 'measured'], [first, 'confirming', 'failed'], [freshId(), 'confirming', 'measured'], [second, 'confirming', 'failed'], [second, 'waiting', 'failed'], [third, 'confirming', 'measured']] as const) settled.push(await ask(suite, (transaction) => transaction.settleRepository(id, from, outcome)));
      assert.deepEqual(settled, [[{ id: one.id, left: 2 }, { id: other.id, left: 0 }], [], [], [], [{ id: one.id, left: 1 }], [{ id: one.id, left: 0 }]]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.scanOutcomes(one.id)), new Map([[first, 'measured'], [second, 'failed'], [third, 'measured']]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.scanOutcomes(concluded.id)), new Map([[first, 'confirming']]));
      for (const { id } of [one, other]) await ask(suite, (transaction) => transaction.concludeScan(id, new Date('2026-11-26T13:00:00Z')));
    });

    test('noteMeasured() counts for the scans that are named, of those that wait for the repository', async () => {
      const [measured, later] = [aScan({ id: `a-${freshId()}` }), aScan({ id: `b-${freshId()}` })];
      const repository = freshId();
      for (const scan of [measured, later]) await ask(suite, (transaction) => transaction.beginScan(scan, [repository, freshId()]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.scansWaitingFor(repository)), [measured.id, later.id]);
      for (const scans of [[], [measured.id, 'none']]) await ask(suite, (transaction) => transaction.noteMeasured(repository, scans));
      assert.deepEqual(await ask(suite, (transaction) => transaction.scansWaitingFor(repository)), [later.id]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.settleRepository(repository, 'confirming', 'measured')), [{ id: measured.id, left: 1 }]);
      for (const { id } of [measured, later]) await ask(suite, (transaction) => transaction.concludeScan(id, new Date('2026-11-26T13:00:00Z')));
      assert.deepEqual(await ask(suite, (transaction) => transaction.scansWaitingFor(repository)), []);
    });

    test('scan() tells who asked for it', async () => {
      const scan = aScan({ trigger: 'command', asked: { repository: aRepositoryRef(), pullRequest: 1, comment: 41, login: 'dev' } });
      await ask(suite, (transaction) => transaction.beginScan(scan, []));
      assert.deepEqual([await ask(suite, (transaction) => transaction.scan(scan.id)), await ask(suite, (transaction) => transaction.scan('none'))], [scan, null]);
      await ask(suite, (transaction) => transaction.concludeScan(scan.id, new Date('2026-11-26T13:00:00Z')));
    });

    test('concludeScan() is told to one alone, and what is concluded is open no more', async () => {
      const [scan, later] = [aScan({ begunAt: '2001-01-01T00:00:00.000Z' }), aScan({ begunAt: '2001-01-02T00:00:00.000Z' })];
      for (const one of [scan, later]) await ask(suite, (transaction) => transaction.beginScan(one, []));
      const openBefore = (day: string) => ask(suite, (transaction) => transaction.openScans(new Date(`${day}T00:00:00Z`)));
      assert.deepEqual([await openBefore('2001-01-02'), await openBefore('2001-01-03')], [[scan], [scan, later]]);
      const concluded: boolean[] = [];
      for (let count = 0; count < 2; count += 1) concluded.push(await ask(suite, (transaction) => transaction.concludeScan(scan.id, new Date('2001-01-01T01:00:00Z'))));
      assert.deepEqual([concluded, await openBefore('2001-01-03'), await ask(suite, (transaction) => transaction.scan(scan.id))], [[true, false], [later], scan]);
      await ask(suite, (transaction) => transaction.concludeScan(later.id, new Date('2001-01-01T01:00:00Z')));
    });
  });

  describeStore('drifts', shared, (suite) => {
    test('driftsOf() a repository are as they were saved last, and those of behaviours that are gone are forgotten', async () => {
      const [account, repositoryId] = [freshId(), freshId()];
      const [one, other] = [aKeptDrift({ repositoryId, behavior: 'a' }), aKeptDrift({ repositoryId, behavior: 'b', standing: 'pass' })];
      const elsewhere = aKeptDrift({ repositoryId: freshId(), behavior: 'a' });
      for (const drift of [one, aKeptDrift({ repositoryId, behavior: 'b' }), other, elsewhere]) await save(suite, account, drift);
      assert.deepEqual([await ask(suite, (transaction) => transaction.driftsOf(repositoryId)), await ask(suite, (transaction) => transaction.driftsOfAccount(account))], [[one, other], { told: [one, other, elsewhere], quiet: 0 }]);
      await ask(suite, (transaction) => transaction.keepDriftsOf(repositoryId, ['b', 'c']));
      assert.deepEqual(await ask(suite, (transaction) => transaction.driftsOf(repositoryId)), [other]);
      await ask(suite, (transaction) => transaction.keepDriftsOf(repositoryId, []));
      assert.deepEqual(await ask(suite, (transaction) => transaction.driftsOfAccount(account)), { told: [elsewhere], quiet: 0 });
    });

    test('driftsOfAccount() are told but for those that neither drift nor did of late, and were measured: these are counted', async () => {
      const account = freshId();
      const at = { standing: 'pass', last: 'pass', drifting: null, episode: null, flips: [] } as const;
      const all = [aKeptDrift({ repositoryId: freshId(), ...at }), aKeptDrift({ repositoryId: freshId(), ...at, last: 'error' }), aKeptDrift({ repositoryId: freshId(), ...at, last: 'drift' }), aKeptDrift({ repositoryId: freshId(), ...at, flips: ['2026-11-20T12:00:00.000Z'] })];
      for (const drift of all) await save(suite, account, drift);
      const before = await ask(suite, (transaction) => transaction.driftsOfAccount(account));
      for (const { scanned, record } of all.slice(1)) await save(suite, account, { scanned, record: { ...record, ...at } });
      assert.deepEqual([before.quiet, before.told.map(({ record }) => record.repositoryId).toSorted((a, b) => a - b), await ask(suite, (transaction) => transaction.driftsOfAccount(account))], [1, all.slice(1).map(({ record }) => record.repositoryId).toSorted((a, b) => a - b), { told: [], quiet: 4 }]);
    });

    test('holdDrifts() are read one after the other by those who save them, so that no measurement is lost', async () => {
      const [account, repositoryId] = [freshId(), freshId()];
      await save(suite, account, aKeptDrift({ repositoryId, behavior: 'a', flips: [] }));
      const add = (instant: string) => ask(suite, async (transaction) => {
        for (const { record, scanned } of await transaction.holdDrifts(repositoryId)) await transaction.saveDrift(account, { scanned, record: { ...record, flips: [...record.flips, instant] } });
      });
      await Promise.all(['1', '2', '3', '4'].map(add));
      const [kept] = await ask(suite, (transaction) => transaction.driftsOf(repositoryId));
      assert.deepEqual(kept?.record.flips.toSorted(), ['1', '2', '3', '4']);
    });

    test('driftReach() of an account is what stands, may be opened, and was not looked at since it was confirmed', async () => {
      const [account, repositoryId] = [freshId(), freshId()];
      const reach = async () => (await ask(suite, (transaction) => transaction.driftReach(account)));
      const look = (since: string | null) => ask(suite, (transaction) => transaction.noteDriftLook(repositoryId, 'a', since));
      const [first, second] = ['2026-11-20T12:00:00.000Z', '2026-11-21T12:00:00.001Z'];
      const drifting = (since: string) => ({ agreed: digestOfValue('agreed'), observed: null, decides: true, since });
      const one = aKeptDrift({ repositoryId, behavior: 'a', drifting: drifting(first) }, { playbook: 'mend' });
      await save(suite, account, one);
      for (const [behavior, changes, proposes] of [['b', { standing: 'pass' as const, drifting: null }, true], ['c', {}, false], ['d', { drifting: { ...drifting(first), decides: false } }, true], ['e', { drifting: null }, true]] as const) await save(suite, account, aKeptDrift({ repositoryId, behavior, ...changes }, { proposes }));
      const waiting = { governed: 0, toOpen: [{ repositoryId, playbook: 'mend' }] };
      assert.deepEqual(await reach(), waiting);
      await look(first);
      await save(suite, account, one);
      assert.deepEqual((await reach()).toOpen, []);
      await look(null);
      assert.deepEqual(await reach(), waiting);
      await save(suite, account, { ...one, record: { ...one.record, drifting: drifting(second) } });
      await look(first);
      assert.deepEqual(await reach(), waiting);
      await look(second);
      assert.deepEqual((await reach()).toOpen, []);
    });

    test('driftReach() counts the repositories of the account that have behaviours', async () => {
      const account = freshId();
      for (const behaviors of [0, 2, 1]) {
        const plan = { ...aPlan('2001-01-04T00:00:00.000Z'), scanned: { commit: 'a'.repeat(40), behaviors, broken: [], repairTarget: null } };
        await ask(suite, (transaction) => transaction.saveScanPlan({ ...plan, repository: { ...plan.repository, account: { ...plan.repository.account, id: account } } }));
      }
      assert.deepEqual(await ask(suite, (transaction) => transaction.driftReach(account)), { governed: 2, toOpen: [] });
      assert.deepEqual(await ask(suite, (transaction) => transaction.driftReach(freshId())), { governed: 0, toOpen: [] });
      assert.deepEqual((await ask(suite, (transaction) => transaction.plannedAccounts())).filter((id) => id === account), [account]);
    });

    test('driftRuns() of an account are the newest, each once', async () => {
      const account = freshId();
      const runs = ['2026-11-03', '2026-11-01', '2026-11-02'].map((day): DriftRun => ({ repositoryId: account, behavior: 'a', playbook: null, confirmedAt: '2026-10-01T00:00:00.000Z', inconclusiveMs: 5, cleanAt: `${day}T00:00:00.000Z` }));
      for (const run of [...runs, ...runs]) await ask(suite, (transaction) => transaction.recordDriftRun(account, run));
      assert.deepEqual([await ask(suite, (transaction) => transaction.driftRuns(account, 2)), await ask(suite, (transaction) => transaction.driftRuns(freshId(), 2))], [[runs[0], runs[2]], []]);
    });
  });
}

function ask<Result>({ store }: SuiteStore, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
  return store.transaction(work);
}

async function save(suite: SuiteStore, account: number, drift: KeptDrift): Promise<void> {
  await ask(suite, (transaction) => transaction.saveDrift(account, drift));
}

function aPlan(nextAt: string): ScanPlan {
  return { repository: aRepositoryRef(), branch: 'main', nextAt, due: null, scanned: null, failedSince: null };
}

function aScan(changes: Partial<Scan> = {}): Scan {
  return { id: `scan-${freshId()}`, accountId: freshId(), begunAt: '2026-11-26T12:00:00.000Z', trigger: 'schedule', asked: null, ...changes };
}
