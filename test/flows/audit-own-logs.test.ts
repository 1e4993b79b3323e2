import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { alarmsOf } from '../../src/flows/audit-alarms.ts';
import { auditOwnLogs } from '../../src/flows/audit-own-logs.ts';
import { readLogStatuses } from '../../src/flows/log-status.ts';
import { account, aLog, aLogKey, sealed, TestLog } from '../builders/a-log.ts';
import { aWatch } from '../builders/anchored-log.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';

const day = 86_400_000;

function anAuditor(log: TestLog, key = aLogKey()) {
  const [clock, logged, watch] = [fakeClock(), fakeLog(), aWatch(log)];
  const store = { audit: log, auditWatch: watch };
  return { clock, watch, store, told: () => logged.lines.map(({ level, message }) => `${level} ${message}`), audit: (signal = new AbortController().signal) => auditOwnLogs({ store, keys: [{ kind: 'bare', publicKey: key.publicKey }], clock, log: logged }, day, signal) };
}

suite('auditOwnLogs()', () => {
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
    const other = await aLog({ entries: 3, subject: 'other' });
    log.checkpointsOf[0] = { ...log.checkpointsOf[0]!, note: other.checkpointsOf[0]!.note };
    const { audit } = anAuditor(log);
    await audit();
    assert.match((await log.blocked(account)) ?? '', /another|not what its checkpoint/);
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

  test('a blocked log, and one that was not verified for two periods, are alarms', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    assert.deepEqual(await kinds(log, 49), ['anchor-late', 'self-audit-late']);
    await log.block(account, 'why');
    assert.deepEqual(await kinds(log, 1), ['log-blocked']);
  });
});
