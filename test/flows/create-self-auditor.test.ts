import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { trustedLogKeys } from '../../src/audit/trusted-key.ts';
import { alarmsOf } from '../../src/flows/audit-alarms.ts';
import { createSelfAuditor } from '../../src/flows/create-self-auditor.ts';
import { readLogStatuses } from '../../src/flows/log-status.ts';
import { account, aLog, aLogKey, sealed, TestLog } from '../builders/a-log.ts';
import { resumeAudit } from '../../src/flows/resume-audit.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aWatch } from '../builders/anchored-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const day = 86_400_000;

function anAuditor(log: TestLog, key = aLogKey()) {
  const [clock, logged, watch] = [fakeClock(), fakeLog(), aWatch(log)];
  const store = { audit: log, auditWatch: watch };
  const audit = createSelfAuditor({ store, keys: trustedLogKeys([key.publicKey]), clock, log: logged }, { everyMs: day, turnMs: 120_000 });
  return { clock, watch, store, told: () => logged.lines.map(({ level, message }) => `${level} ${message}`), audit: (signal = new AbortController().signal) => audit(signal) };
}

suite('createSelfAuditor()', () => {
  test('verifies a log once in a period and remembers when', async () => {
    const { clock, watch, told, audit } = anAuditor(await sealed(await aLog({ entries: 5 })));
    const found: (number | null)[] = [];
    for (let run = 0; run < 4; run += 1) {
      found.push(await audit());
      clock.advance(day / 2);
    }
    assert.deepEqual([found, watch.audits.map(({ outcome, entries, sealed: covered }) => [outcome, entries, covered]), told()], [[account, null, account, null], [['verified', 6, 6], ['verified', 6, 6]], ['info audit log verified', 'info audit log verified']]);
  });

  test('verifies a log anew when the clock was set back to before its last verification', async () => {
    const { clock, audit } = anAuditor(await sealed(await aLog({ entries: 5 })));
    await audit();
    clock.advance(-5 * 3_600_000);
    assert.deepEqual([await audit(), await audit()], [account, null]);
  });

  test('finds what sealing reads no more: an old entry that was changed with its recorded hash', async () => {
    const log = await sealed(await aLog({ entries: 9, sealEvery: 3 }));
    const leaf = Buffer.from(Buffer.from(log.entriesOf[1]!.leaf).toString().replace('allow', 'block'));
    log.entriesOf[1] = { ...log.entriesOf[1]!, leaf, leafHash: leafHash(leaf) };
    const { watch, told, audit } = anAuditor(log);
    await audit();
    assert.deepEqual([watch.audits.at(-1)?.outcome, told()], ['tampered', ['error audit log tampered with']]);
    assert.match((await log.blocked(account)) ?? '', /entries 0 to 2/);
    assert.throws(() => log.append(), /root/);
  });

  test('finds an old checkpoint that was swapped for one of another history', async () => {
    const log = await sealed(await aLog({ entries: 9, sealEvery: 3 }));
    const other = await aLog({ entries: 3, subject: 'merge-group' });
    log.checkpointsOf[0] = { ...log.checkpointsOf[0]!, note: other.checkpointsOf[0]!.note };
    const { audit } = anAuditor(log);
    await audit();
    assert.match((await log.blocked(account)) ?? '', /another|not what its checkpoint/);
  });

  test('attack: a log that was cut back to an earlier checkpoint of its own does not pass for a younger one, and what is remembered of it stays', async () => {
    for (const remember of ['audited', 'anchored'] as const) {
      const log = await aLog({ entries: 9, sealEvery: 3 });
      const { clock, watch, audit } = anAuditor(log);
      if (remember === 'audited') await audit();
      else await watch.saveAnchored(account, { anchor: 'file', size: 11, at: clock.now(), cosignature: null });
      log.entriesOf = log.entriesOf.slice(0, 4);
      log.checkpointsOf = log.checkpointsOf.slice(0, 1);
      clock.advance(day);
      await audit();
      assert.match((await log.blocked(account)) ?? '', /a checkpoint covers 3, expected at least 11/, remember);
      assert.equal(watch.audits.at(-1)?.outcome, 'tampered');
      log.auditWatch = watch;
      assert.equal((await resumeAudit({ store: log, publicKeys: [aLogKey().publicKey] }, { account, actor: 'user:olga', reason: 'why' })).kind, 'refused', remember);
    }
  });

  test('a store that can not be read, or a stop, decides nothing and is tried again', async () => {
    const log = await sealed(await aLog({ entries: 5 }));
    const { watch, audit } = anAuditor(log);
    const stop = new AbortController();
    stop.abort(new Error('stopping'));
    await assert.rejects(audit(stop.signal), /stopping/);
    const read = log.entries.bind(log);
    log.entries = () => Promise.reject(new Error('gone'));
    await assert.rejects(audit(), /gone/);
    assert.deepEqual([watch.audits, await log.blocked(account)], [[], null]);
    log.entries = read;
    assert.equal(await audit(), account);
  });

  test('attack: a log that can not be read keeps no other one from being verified, and is told', async () => {
    const log = await sealed(await aLog({ entries: 5 }));
    const read = log.checkpoints.bind(log);
    log.accounts = () => Promise.resolve([7, account]);
    log.checkpoints = (of, from) => (of === 7 ? Promise.reject(new Error('a row that nothing reads')) : read(of, from));
    const { watch, told, audit } = anAuditor(log);
    watch.selfAudit = async (of) => (of === 7 ? null : (watch.audits.at(-1) ?? null));
    await assert.rejects(audit(), /a row that nothing reads/);
    assert.deepEqual([watch.audits.map(({ outcome }) => outcome), told()], [['verified'], ['info audit log verified']]);
  });

  test('passes over a log that nobody sealed yet, and one that is blocked', async () => {
    const young = new TestLog();
    young.append();
    assert.equal(await anAuditor(young).audit(), null);
    const blocked = await sealed(await aLog({ entries: 3 }));
    await blocked.block(account, 'why');
    assert.equal(await anAuditor(blocked).audit(), null);
  });

  test('a key that the settings do not name leaves the log unchecked, and blocks nothing', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const { watch, told, audit } = anAuditor(log, aLogKey('new'));
    await audit();
    assert.deepEqual([watch.audits.at(-1)?.outcome, await log.blocked(account), told()], ['unchecked', null, ['warn audit log not verified']]);
  });
});

/** A store with a log of five pages, of account 1, and two of one page; to read a page takes a minute, and a turn two. */
async function aSlowStore(shorter: readonly number[] = [2, 3]) {
  const [clock, logged] = [fakeClock(), fakeLog()];
  const store = memoryStore({ clock });
  for (const [of, entries] of [[1, 4_500] as const, ...shorter.map((one) => [one, 5] as const)]) {
    await store.transaction(async (transaction) => {
      for (let at = 0; at < entries; at += 1) await transaction.append(aFittingDraft('job.buried', { account: of }));
    });
    await createSealer({ store, signer: aLogKey(), clock }).seal(of, { force: true });
  }
  const pages: string[] = [];
  const audit = {
    ...store.audit,
    entries: async (of: number, from: number, limit: number) => {
      pages.push(`${of} from ${from}`);
      clock.advance(60_000);
      return await store.audit.entries(of, from, limit);
    },
  };
  const server = () => createSelfAuditor({ store: { audit, auditWatch: store.auditWatch }, keys: trustedLogKeys([aLogKey().publicKey]), clock, log: logged }, { everyMs: day, turnMs: 120_000 });
  const first = server();
  return {
    clock, store, pages, server,
    audit: (signal = new AbortController().signal) => first(signal),
    outcomes: async () => await Promise.all([1, 2, 3].map(async (of) => (await store.auditWatch.selfAudit(of))?.outcome ?? null)),
  };
}

suite('createSelfAuditor() with a log that takes longer than a turn', () => {
  test('goes on with it where it was, after the others that are due', async () => {
    const { audit, pages, outcomes } = await aSlowStore();
    const turns: (number | null)[] = [];
    for (let turn = 0; turn < 6; turn += 1) turns.push(await audit());
    assert.deepEqual([turns, pages, await outcomes()], [
      [1, 2, 3, 1, 1, null],
      ['1 from 0', '1 from 1000', '2 from 0', '3 from 0', '1 from 2000', '1 from 3000', '1 from 4000'],
      ['verified', 'verified', 'verified'],
    ]);
  });

  test('attack: what is changed behind or before where it rests is found by this reading or the next', async () => {
    for (const [at, found] of [[3_500, 3], [10, 6]] as const) {
      const { audit, store, clock, outcomes } = await aSlowStore();
      await audit();
      const [stored] = await store.audit.entries(1, at, 1);
      assert.ok(stored);
      stored.leaf.set(Buffer.from('#'), 5);
      let turns = 1;
      for (; turns < 9 && (await outcomes())[0] !== 'tampered'; turns += 1) {
        await audit();
        if ((await outcomes())[0] === 'verified') clock.advance(day);
      }
      assert.ok((await outcomes())[0] === 'tampered' && turns >= found, `${at}: ${turns}`);
      assert.notEqual(await store.audit.blocked(1), null);
    }
  });

  test('a server that is started anew believes nobody how far another one came, and begins anew', async () => {
    const { audit, server, pages } = await aSlowStore();
    await audit();
    await server()(new AbortController().signal);
    assert.deepEqual(pages, ['1 from 0', '1 from 1000', '1 from 0', '1 from 1000']);
  });

  test('one that another server has verified meanwhile is not gone on with, nor one that was stopped', async () => {
    const { audit, pages, store, clock } = await aSlowStore([]);
    await audit();
    await store.auditWatch.saveSelfAudit(1, { at: clock.now(), entries: 4_501, sealed: 4_501, outcome: 'verified' });
    assert.equal(await audit(), null);
    clock.advance(day);
    await audit();
    const stop = new AbortController();
    stop.abort(new Error('stopping'));
    await assert.rejects(audit(stop.signal), /stopping/);
    await audit();
    assert.deepEqual(pages, ['1 from 0', '1 from 1000', '1 from 0', '1 from 1000', '1 from 0', '1 from 1000']);
  });

  test('a page that can not be read is no reason to go on from there', async () => {
    const { audit, pages, store } = await aSlowStore();
    await audit();
    const read = store.audit.entries.bind(store.audit);
    Object.assign(store.audit, { entries: () => Promise.reject(new Error('gone')) });
    await assert.rejects(audit(), /gone/);
    Object.assign(store.audit, { entries: read });
    for (let turn = 0; turn < 3; turn += 1) await audit();
    assert.equal(pages.filter((page) => page === '1 from 0').length, 2);
  });
});

suite('alarmsOf()', () => {
  const limits = { anchors: ['file'], anchorLateMs: 3_600_000, selfAuditEveryMs: day };

  async function kinds(log: TestLog, hours: number, act: (auditor: ReturnType<typeof anAuditor>) => Promise<void> = async () => undefined): Promise<readonly string[]> {
    const auditor = anAuditor(log);
    await act(auditor);
    const since = log.checkpointsOf[0]?.sealedAt.getTime() ?? 0;
    return alarmsOf(await readLogStatuses(auditor.store), limits, new Date(since + hours * 3_600_000)).map(({ kind }) => kind);
  }

  test('there is none for a fresh log, and none about an anchor in its time', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    assert.deepEqual([await kinds(new TestLog(), 100), await kinds(log, 1)], [[], []]);
  });

  test('an anchor that never took a checkpoint, or not the newest, is late', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const at = log.checkpointsOf[0]!.sealedAt;
    const anchored = (size: number) => async ({ watch }: ReturnType<typeof anAuditor>) => await watch.saveAnchored(account, { anchor: 'file', size, at, cosignature: null });
    assert.deepEqual([await kinds(log, 2), await kinds(log, 2, anchored(3)), await kinds(log, 2, anchored(4))], [['anchor-late'], ['anchor-late'], []]);
  });

  test('a log that was looked at in time and could not be verified is an alarm', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const auditor = anAuditor(log, aLogKey('new'));
    await auditor.audit();
    const { at } = auditor.watch.audits.at(-1)!;
    assert.deepEqual(alarmsOf(await readLogStatuses(auditor.store), { ...limits, anchors: [] }, at), [{ kind: 'self-audit-unchecked', account }]);
  });

  test('attack: a log that was deleted whole after it was audited is an alarm, and so is one that was begun anew', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const auditor = anAuditor(log);
    await auditor.audit();
    const { at } = auditor.watch.audits.at(-1)!;
    const [accounts, size] = [() => Promise.resolve([]), log.size.bind(log)];
    const alarms = async () => alarmsOf(await readLogStatuses(auditor.store), { ...limits, anchors: [] }, at);
    const before = await alarms();
    Object.assign(log, { accounts, size: async () => 0 });
    log.checkpointsOf.length = 0;
    assert.deepEqual([before, await alarms()], [[], [{ kind: 'log-lost', account, entries: 0, known: 4 }]]);
    Object.assign(log, { accounts: async () => [account], size: async () => 2 });
    assert.deepEqual(await alarms(), [{ kind: 'log-lost', account, entries: 2, known: 4 }]);
    Object.assign(log, { size });
    assert.deepEqual(await alarms(), []);
  });

  test('a blocked log, and one that was not verified for two periods, are alarms', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    assert.deepEqual(await kinds(log, 49), ['anchor-late', 'self-audit-late']);
    await log.block(account, 'why');
    assert.deepEqual(await kinds(log, 1), ['log-blocked']);
  });
});
