import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leafOf, opens } from '../../../src/audit/entry.ts';
import type { AuditDraft, AuditEntry } from '../../../src/audit/entry.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { snapshotOf } from '../../../src/audit/snapshot.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { StoredCheckpoint, StoredEntry } from '../../../src/flows/ports/audit-log.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aDraft, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What `StoreTransaction.append` and `AuditLog` promise. */
export function auditSuite(shared: SuiteStore): void {
  describeStore('the audit log', shared, (suite) => {
    test('append() gives the entry whose leaf is kept', async () => {
      const account = freshId();
      const entry = await append(suite, aDraft(account, { event: 'command.run', payload: { text: 'a\u0000b\ud83d\ude00' } }));
      const [stored] = await suite.store.audit.entries(account, 0, 10);
      assert.ok(stored);
      assert.deepEqual([Buffer.from(stored.leaf), stored.sequence], [Buffer.from(leafOf(entry)), 0]);
      assert.deepEqual(Buffer.from(stored.leafHash ?? []), Buffer.from(leafHash(stored.leaf)));
    });

    test('append() refuses what does not have the form of its event, and with it all of its transaction', async () => {
      const account = freshId();
      const wrong: readonly Partial<AuditDraft>[] = [{ outcome: 'perhaps' }, { subject: 'pull-request:x' }, { payload: { decision: 'yes' } }, { links: [] }, { repository: null }, { actor: 'mona' }, { rationale: '' }];
      for (const one of wrong) {
        const kept = suite.store.transaction(async (transaction) => {
          await transaction.append(aDraft(account));
          await transaction.append(aDraft(account, one));
        });
        await assert.rejects(kept, isFailure('STORE_INCONSISTENT', /does not have the form of its event/), JSON.stringify(one));
      }
      assert.equal(await suite.store.audit.size(account), 0);
    });

    test('append() keeps what opens actor, rationale and payload', async () => {
      const account = freshId();
      const { actor, rationale, payload } = await append(suite, aDraft(account, { payload: { a: 1 } }));
      const openings = (await suite.store.audit.entries(account, 0, 1))[0]?.openings ?? [];
      assert.ok(payload);
      assert.deepEqual([actor, rationale, payload].map((commitment, place) => openings[place] !== undefined && opens(commitment, openings[place])), [true, true, true]);
    });

    test('keepSnapshots() keeps the first of each digest, per account, and with its transaction or not at all', async () => {
      const [account, other] = [freshId(), freshId()];
      const [one, two, three] = [1, 2, 3].map((size) => snapshotOf(new Uint8Array(size)));
      assert.ok(one && two && three);
      await suite.store.transaction((transaction) => transaction.keepSnapshots(account, [one, two, one]));
      await suite.store.transaction((transaction) => transaction.keepSnapshots(account, [{ ...two, gzip: new Uint8Array(9) }]));
      const stopped = suite.store.transaction(async (transaction) => {
        await transaction.keepSnapshots(account, [three]);
        throw new Error('stop');
      });
      await assert.rejects(stopped, { message: 'stop' });
      const digests = [two.digest, one.digest, three.digest];
      const found = async (of: number) => new Map((await suite.store.audit.snapshots(of, digests)).map(({ digest, gzip }) => [digest, Buffer.from(gzip)]));
      assert.deepEqual(await found(account), new Map([[one.digest, Buffer.from(one.gzip)], [two.digest, Buffer.from(two.gzip)]]));
      assert.deepEqual(await found(other), new Map());
      assert.deepEqual(await suite.store.audit.snapshots(account, []), []);
    });

    test('keepInputs() keeps the first of each digest, per account and with its transaction, and lackedInputs() tells what is not there', async () => {
      const [account, other] = [freshId(), freshId()];
      const [one, two, three] = [4, 5, 6].map((size) => snapshotOf(new Uint8Array(size)));
      assert.ok(one && two && three);
      const digests = [three.digest, one.digest, two.digest];
      const lacked = async (of: number) => await suite.store.transaction((transaction) => transaction.lackedInputs(of, digests));
      await suite.store.transaction((transaction) => transaction.keepInputs(account, [one, two, one]));
      await suite.store.transaction((transaction) => transaction.keepInputs(account, [{ ...two, gzip: new Uint8Array(9) }]));
      const stopped = suite.store.transaction(async (transaction) => {
        await transaction.keepInputs(account, [three]);
        throw new Error('stop');
      });
      await assert.rejects(stopped, { message: 'stop' });
      assert.deepEqual([await lacked(account), await lacked(other), await suite.store.transaction((transaction) => transaction.lackedInputs(account, []))], [[three.digest], digests, []]);
      const found = (await suite.store.audit.snapshots(account, digests)).map(({ digest, gzip }) => [digest, Buffer.from(gzip)] as const);
      assert.deepEqual(new Map(found), new Map([[one.digest, Buffer.from(one.gzip)], [two.digest, Buffer.from(two.gzip)]]));
    });

    test('append() in a transaction that is rolled back leaves no gap', async () => {
      const account = freshId();
      const stopped = suite.store.transaction(async (transaction) => {
        await transaction.append(aDraft(account));
        throw new Error('stop');
      });
      await assert.rejects(stopped, { message: 'stop' });
      assert.equal((await append(suite, aDraft(account))).sequence, 0);
    });

    test('sequences have no gap and no double under 20 parallel transactions, some of which fail', async () => {
      const account = freshId();
      const work = Array.from({ length: 20 }, (_, number) =>
        suite.store.transaction(async (transaction) => {
          await transaction.append(aDraft(account, { subject: `merge-group:${number}/a` }));
          if (number % 5 === 0) throw new Error('stop');
          await transaction.append(aDraft(account, { subject: `merge-group:${number}/b` }));
        }),
      );
      await Promise.allSettled(work);
      const entries = await suite.store.audit.entries(account, 0, 100);
      assert.deepEqual(entries.map((entry) => entry.sequence), Array.from({ length: 32 }, (_, index) => index));
      assert.deepEqual(new Set(entries.map((entry) => entryOf(entry).subject)).size, 32);
    });

    test('two appends that do not wait for one another get two sequences', async () => {
      const account = freshId();
      const entries = await suite.store.transaction((transaction) => Promise.all([transaction.append(aDraft(account)), transaction.append(aDraft(account))]));
      assert.deepEqual(entries.map((entry) => entry.sequence), [0, 1]);
    });

    test('accounts have logs of their own', async () => {
      const [one, other] = [freshId(), freshId()];
      await append(suite, aDraft(one));
      await append(suite, aDraft(other));
      assert.deepEqual([await suite.store.audit.size(one), await suite.store.audit.size(other), await suite.store.audit.size(freshId())], [1, 1, 0]);
      const accounts = await suite.store.audit.accounts();
      assert.ok(accounts.includes(one) && accounts.includes(other));
    });

    test('time never goes back, though the clock does', async () => {
      const account = freshId();
      const before = suite.clock.now().toISOString();
      const first = await append(suite, aDraft(account));
      suite.clock.set('2020-01-01T00:00:00.000Z');
      const second = await append(suite, aDraft(account));
      suite.clock.set(before);
      assert.deepEqual([first.time, second.time], [before, before]);
    });

    test('ids are UUIDs of version 7 and differ', async () => {
      const account = freshId();
      const ids = [(await append(suite, aDraft(account))).id, (await append(suite, aDraft(account))).id];
      for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(new Set(ids).size, 2);
    });

    test('entries() reads pages in order', async () => {
      const account = freshId();
      await suite.store.transaction(async (transaction) => {
        for (let index = 0; index < 25; index += 1) await transaction.append(aDraft(account));
      });
      const page = await suite.store.audit.entries(account, 10, 10);
      assert.deepEqual(page.map((entry) => [entry.sequence, entry.openings.length]), Array.from({ length: 10 }, (_, index) => [index + 10, 3]));
      assert.deepEqual([await suite.store.audit.entries(account, 25, 10), await suite.store.audit.entries(account, 0, 0)], [[], []]);
    });

    test('a thousand entries fit into one transaction', async () => {
      const account = freshId();
      await suite.store.transaction(async (transaction) => {
        for (let index = 0; index < 1_200; index += 1) await transaction.append(aDraft(account));
      });
      assert.equal(await suite.store.audit.size(account), 1_200);
    });

    test('block() refuses every append until unblock() lifts it, in the transaction that appends', async () => {
      const account = freshId();
      await append(suite, aDraft(account));
      await suite.store.audit.block(account, 'root differs');
      await assert.rejects(append(suite, aDraft(account)), isFailure('AUDIT_BLOCKED', /root differs/));
      assert.equal(await suite.store.audit.blocked(account), 'root differs');
      const resumed = await suite.store.transaction(async (transaction) => [await transaction.unblock(account, 'root differs'), (await transaction.append(aDraft(account))).sequence]);
      assert.deepEqual([resumed, await suite.store.audit.blocked(account), (await append(suite, aDraft(account))).sequence], [[true, 1], null, 2]);
    });

    test('unblock() of a transaction that fails leaves the log blocked', async () => {
      const account = freshId();
      await suite.store.audit.block(account, 'no');
      const work = suite.store.transaction(async (transaction) => {
        await transaction.unblock(account, 'no');
        await transaction.append(aDraft(account));
        throw new Failure('STORE_UNAVAILABLE', 'the end of it');
      });
      await assert.rejects(work, isFailure('STORE_UNAVAILABLE'));
      assert.deepEqual([await suite.store.audit.blocked(account), await suite.store.audit.size(account)], ['no', 0]);
    });

    test('unblock() changes nothing where no block stands or another one does', async () => {
      const [open, blocked] = [freshId(), freshId()];
      await suite.store.audit.block(blocked, 'a newer reason');
      const lifted = await suite.store.transaction(async (transaction) => [await transaction.unblock(open, 'no'), await transaction.unblock(blocked, 'no')]);
      assert.deepEqual([lifted, await suite.store.audit.blocked(blocked)], [[false, false], 'a newer reason']);
    });

    test('block() holds for an account without entries too', async () => {
      const account = freshId();
      await suite.store.audit.block(account, 'no');
      await assert.rejects(append(suite, aDraft(account)), isFailure('AUDIT_BLOCKED'));
      assert.equal((await suite.store.audit.accounts()).includes(account), false);
    });

    test('what is refused by a blocked log does not happen at all', async () => {
      const account = freshId();
      await suite.store.audit.block(account, 'no');
      const seen = { account: { id: account, login: 'a', kind: 'user' as const }, repositoryId: null, commit: 'c', path: 'p', text: 't' };
      const work = suite.store.transaction(async (transaction) => {
        await transaction.sawConfiguration(seen);
        await transaction.append(aDraft(account));
      });
      await assert.rejects(work, isFailure('AUDIT_BLOCKED'));
      assert.equal(await suite.store.transaction((transaction) => transaction.seenConfiguration(account, null)), null);
    });

    test('checkpoints() lists what was saved, from a size on', async () => {
      const account = await withEntries(suite, 5);
      for (const size of [2, 5]) await saveCheckpoint(suite, account, { size, note: `note ${size}\n`, sealedAt: suite.clock.now() });
      assert.deepEqual((await suite.store.audit.checkpoints(account)).map(({ size, note }) => [size, note]), [[2, 'note 2\n'], [5, 'note 5\n']]);
      assert.deepEqual((await suite.store.audit.checkpoints(account, 3)).map(({ size }) => size), [5]);
    });

    test('saveCheckpoint() takes the same checkpoint again and refuses a fork, a step back and a size beyond the log', async () => {
      const account = await withEntries(suite, 5);
      const save = (size: number, note: string) => saveCheckpoint(suite, account, { size, note, sealedAt: suite.clock.now() });
      assert.deepEqual([await save(4, 'a'), await save(4, 'a')], [true, false]);
      await assert.rejects(save(4, 'b'), isFailure('STORE_INCONSISTENT'));
      await assert.rejects(save(3, 'a'), isFailure('STORE_INCONSISTENT'));
      await assert.rejects(save(6, 'a'), isFailure('STORE_INCONSISTENT'));
      assert.equal((await suite.store.audit.checkpoints(account)).length, 1);
    });

    test('saveCheckpoint() keeps none of a log that was blocked, also since it was read', async () => {
      const account = await withEntries(suite, 2);
      await suite.store.audit.block(account, 'root differs');
      await assert.rejects(saveCheckpoint(suite, account, { size: 2, note: 'a', sealedAt: suite.clock.now() }), isFailure('AUDIT_BLOCKED'));
      assert.deepEqual(await suite.store.audit.checkpoints(account), []);
    });

    test('saveCheckpoint() keeps nothing when its transaction throws', async () => {
      const account = await withEntries(suite, 2);
      const work = suite.store.transaction(async (transaction) => {
        assert.equal(await transaction.saveCheckpoint(account, { size: 2, note: 'a', sealedAt: suite.clock.now() }), true);
        throw new Error('no entry about it');
      });
      await assert.rejects(work, /no entry about it/);
      assert.deepEqual(await suite.store.audit.checkpoints(account), []);
    });

    test('what a witness signed stands behind the note that it signed, and only there', async () => {
      const account = await withEntries(suite, 5);
      const at = suite.clock.now();
      for (const size of [2, 5]) await saveCheckpoint(suite, account, { size, note: `note ${size}\n`, sealedAt: at });
      for (const [anchor, cosignature] of [['w2', 'two\n'], ['file', null], ['w1', 'one\n'], ['w1', 'other\n']] as const) await suite.store.auditWatch.saveAnchored(account, { anchor, size: 2, at, cosignature });
      assert.deepEqual((await suite.store.audit.checkpoints(account)).map(({ note }) => note), ['note 2\none\ntwo\n', 'note 5\n']);
      await saveCheckpoint(suite, account, { size: 5, note: 'note 5\n', sealedAt: at });
    });

    test('anchored() is the newest of each anchor, saved once', async () => {
      const account = await withEntries(suite, 3);
      const at = suite.clock.now();
      for (const [size, minute] of [[2, 1], [3, 2]] as const) await saveCheckpoint(suite, account, { size, note: `note ${size}\n`, sealedAt: new Date(at.getTime() + minute * 60_000) });
      const save = (anchor: string, size: number) => suite.store.auditWatch.saveAnchored(account, { anchor, size, at, cosignature: null });
      for (const [anchor, size] of [['file', 3], ['branch', 1], ['file', 2], ['file', 3]] as const) await save(anchor, size);
      const found = await suite.store.auditWatch.anchored(account);
      const behind = found.map(({ anchor, size, behindSince }) => `${anchor} ${size} ${behindSince === null ? 'not behind' : (behindSince.getTime() - at.getTime()) / 60_000}`);
      assert.deepEqual(behind.toSorted(), ['branch 1 1', 'file 3 not behind']);
      assert.equal((await suite.store.auditWatch.sealed(account))?.newest.size, 3);
      assert.equal(await suite.store.auditWatch.sealed(freshId()), null);
      assert.deepEqual(await suite.store.auditWatch.anchored(freshId()), []);
    });

    test('accounts() of the watch are those of whose logs anything is remembered, also without a log', async () => {
      const [sealed, anchored, audited, other] = [await withEntries(suite, 1), freshId(), freshId(), freshId()];
      const at = suite.clock.now();
      await saveCheckpoint(suite, sealed, { size: 1, note: 'note\n', sealedAt: at });
      await suite.store.auditWatch.saveAnchored(anchored, { anchor: 'file', size: 1, at, cosignature: null });
      await suite.store.auditWatch.saveSelfAudit(audited, { at, entries: 1, sealed: 1, outcome: 'verified' });
      const accounts = await suite.store.auditWatch.accounts();
      assert.deepEqual([sealed, anchored, audited, other].map((one) => accounts.filter((of) => of === one).length), [1, 1, 1, 0]);
    });

    test('selfAudit() is the last one of the account', async () => {
      const account = freshId();
      assert.equal(await suite.store.auditWatch.selfAudit(account), null);
      const audit = { at: suite.clock.now(), entries: 3, sealed: 2, outcome: 'verified' as const };
      for (const outcome of ['verified', 'tampered'] as const) await suite.store.auditWatch.saveSelfAudit(account, { ...audit, outcome });
      assert.deepEqual(await suite.store.auditWatch.selfAudit(account), { ...audit, outcome: 'tampered' });
    });

    test('clockSeen() is what was saved last', async () => {
      const at = suite.clock.now();
      for (const seen of [{ at, steadySince: at }, { at: new Date(at.getTime() + 5), steadySince: at }]) await suite.store.auditWatch.saveClockSeen(seen);
      assert.deepEqual(await suite.store.auditWatch.clockSeen(), { at: new Date(at.getTime() + 5), steadySince: at });
    });
  });
}

function append(suite: SuiteStore, draft: AuditDraft): Promise<AuditEntry> {
  return suite.store.transaction((transaction) => transaction.append(draft));
}

function saveCheckpoint(suite: SuiteStore, account: number, checkpoint: StoredCheckpoint): Promise<boolean> {
  return suite.store.transaction((transaction) => transaction.saveCheckpoint(account, checkpoint));
}

async function withEntries(suite: SuiteStore, count: number): Promise<number> {
  const account = freshId();
  for (let index = 0; index < count; index += 1) await append(suite, aDraft(account));
  return account;
}

function entryOf(stored: StoredEntry): { readonly subject: string } {
  const entry: { readonly subject: string } = JSON.parse(Buffer.from(stored.leaf).toString());
  return entry;
}
