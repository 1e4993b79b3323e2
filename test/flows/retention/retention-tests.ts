import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventsOfClass, retentionClasses } from '../../../src/audit/retention-class.ts';
import { verifyBundle } from '../../../src/audit/verify-bundle.ts';
import { assembleBundle } from '../../../src/flows/assemble-bundle.ts';
import { exportAudit } from '../../../src/flows/export-audit.ts';
import type { LegalHold } from '../../../src/flows/ports/retention-store.ts';
import type { Store, StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aJudgedInput } from '../../builders/a-judged-input.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { anEnvelopeSigner } from '../../builders/a-bundle.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { verifyExport } from '../../builders/verify-export.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';
import { aDecisionRecord, aPullRequest, aRepositoryRef, aSuite, freshId } from '../../ports/store/suite.ts';
import type { OpenStore } from '../../ports/store/suite.ts';
import { aRetentionWorld, shop } from './retention-world.ts';

/** What becomes of a log in time, on a store. */
export function retentionTests(title: string, open: OpenStore): void {
  describe(`retention on ${title}`, () => {
    const suite = aSuite(open);

    /** The store, where something happens before the transaction of this number. */
    const disturbed = (before: (call: number) => Promise<void> | void): Partial<Store> => {
      let calls = 0;
      return {
        transaction: async (work) => {
          await before((calls += 1));
          return await suite.store.transaction(work);
        },
      };
    };

    test('what is past its period is erased, once, and each transaction has its entry', async () => {
      const world = await aRetentionWorld(suite, {}, { event: 'command.run' }, {}, { event: 'release.recorded' });
      await world.apply({ decisions: 90 }, 90);
      assert.deepEqual([await world.erased(), await world.told()], [[], []]);
      await world.apply({ decisions: 90 }, 91);
      assert.deepEqual(await world.erased(), [0, 2]);
      assert.deepEqual(await world.told(), [['retention.applied', { class: 'decisions', before: '2026-11-21', days: 90, entries: 2, first: 0, last: 2 }]]);
      await world.apply({ decisions: 90 }, 91);
      assert.equal((await world.told()).length, 1);
    });

    test('without a period nothing goes, and of the record nothing does with every period', async () => {
      const world = await aRetentionWorld(suite, ...(['key.rotated', 'release.recorded', 'release.adopted', 'release.state_changed'] as const).map((event) => ({ event })), ...retentionClasses.flatMap((one) => eventsOfClass(one).slice(0, 1)).map((event) => ({ event })));
      await world.apply({}, 10_000);
      assert.deepEqual(await world.erased(), []);
      await world.apply({ inputs: 30, decisions: 90, grants: 90, commands: 90, operation: 90, drift: 90 }, 10_000);
      assert.deepEqual(await world.erased(), [4, 5, 6, 7, 8]);
    });

    test('what no checkpoint covers is not erased, and nothing of a blocked log', async () => {
      const world = await aRetentionWorld(suite, {});
      await world.append({});
      await world.apply({ decisions: 90 }, 400);
      assert.deepEqual(await world.erased(), [0]);
      await world.seal();
      await suite.store.audit.block(world.account, 'root differs');
      await world.apply({ decisions: 90 }, 400);
      assert.deepEqual(await world.erased(), [0]);
    });

    test('decisions about an open pull request or its head stay, and go when it is closed', async () => {
      const repository = { ...aRepositoryRef(), id: freshId() };
      const named = { id: repository.id, name: 'acme/shop' };
      const world = await aRetentionWorld(suite, { repository: named, subject: 'pull-request:1' }, { repository: named, subject: 'pull-request:1', event: 'approval.counted' }, { repository: named, subject: 'merge-group:x', links: ['id', `commit:${'c'.repeat(40)}`] }, { repository: named, subject: 'pull-request:2' });
      await suite.store.transaction((transaction) => transaction.savePullRequest(aPullRequest(repository)));
      await world.apply({ decisions: 90, grants: 90 }, 400);
      assert.deepEqual(await world.erased(), [3]);
      await suite.store.transaction((transaction) => transaction.savePullRequest(aPullRequest(repository, { state: 'closed' })));
      await world.apply({ decisions: 90, grants: 90 }, 400);
      assert.deepEqual(await world.erased(), [0, 1, 2, 3]);
    });

    test('a waiver or a request that still counts stays, and so does one whose end can not be told', async () => {
      const granted = (payload: object) => ({ event: 'waiver.granted', payload: JSON.parse(JSON.stringify(payload)) }) as const;
      const world = await aRetentionWorld(suite, granted({ until: '2027-12-25' }), granted({ until: '2027-12-24' }), granted({ expires: '2030-01-01T00:00:00Z' }), granted({}), granted({ until: 'soon' }));
      await world.apply({ grants: 90 }, 399);
      assert.deepEqual(await world.erased(), [1]);
    });

    test('the log verifies before and after, against an anchored checkpoint, and so do its exports and bundles of before', async () => {
      const world = await aRetentionWorld(suite, { links: ['evaluation-1'] }, {}, { actor: 'user:olga', event: 'command.run' });
      const anchored = (await suite.store.audit.checkpoints(world.account)).map(({ note }) => note);
      const [bundle, before] = [await bundleOf(suite.store, world.account), await exportOf(suite.store, world.account)];
      await world.apply({ decisions: 90 }, 400);
      await world.seal();
      const after = await world.verify(anchored);
      assert.deepEqual([after.outcome, after.erased, after.firstWrong, after.notes.some((note) => note.startsWith('The log tells of'))], ['verified', 2, null, false]);
      const options = { keys: [{ kind: 'bare' as const, publicKey: aLogKey().publicKey }], checkpoints: anchored };
      assert.deepEqual([(await verifyExport(before, options)).outcome, (await verifyExport(await exportOf(suite.store, world.account), options)).outcome], ['verified', 'verified']);
      assert.equal((await exportOf(suite.store, world.account)).includes(Buffer.from('user:mona').toString('base64')), false);
      const again = await bundleOf(suite.store, world.account);
      assert.deepEqual([bundle, again].map((file) => verifyBundle(file, { keys: [], checkpoints: [], id: null }).verified), [true, true]);
    });

    test('killed between transactions, what is gone has its entry, and the next run does the rest', async () => {
      const world = await aRetentionWorld(suite, ...Array.from({ length: 450 }, () => ({})));
      const stopped = world.apply({ decisions: 90 }, 400, disturbed((call) => {
        if (call === 3) throw new Error('killed');
      }));
      await assert.rejects(stopped, { message: 'killed' });
      const [gone, told] = [await world.erased(), await world.told()];
      assert.deepEqual([gone.length, told.map(([, one]) => one)], [400, [0, 200].map((first) => ({ class: 'decisions', before: '2027-09-26', days: 90, entries: 200, first, last: first + 199 }))]);
      await world.apply({ decisions: 90 }, 400);
      assert.deepEqual([(await world.erased()).length, (await world.told()).length], [450, 3]);
    });

    test('what can not be logged is not erased', async () => {
      const world = await aRetentionWorld(suite, {});
      const broken: Partial<Store> = {
        transaction: (work) => suite.store.transaction((transaction) => work({ ...transaction, append: () => Promise.reject(new Error('the disk is full')) } satisfies StoreTransaction)),
      };
      await assert.rejects(world.apply({ decisions: 90 }, 400, broken), { message: 'the disk is full' });
      assert.deepEqual([await world.erased(), world.log.lines.map(({ message }) => message)], [[], ['retention not applied']]);
    });

    test('two replicas that run at once erase each entry once', async () => {
      const world = await aRetentionWorld(suite, ...Array.from({ length: 250 }, () => ({})));
      await Promise.all([world.apply({ decisions: 90 }, 400), world.apply({ decisions: 90 }, 400)]);
      const told = (await world.told()).map(([, one]) => one as { readonly entries: number; readonly first: number; readonly last: number });
      assert.deepEqual([(await world.erased()).length, told.reduce((sum, { entries }) => sum + entries, 0)], [250, 250]);
      assert.deepEqual(told.map(({ first, last }) => [first, last]), [[0, 199], [200, 249]]);
    });

    test('a hold that is set while it runs keeps what it covers and is not gone yet', async () => {
      const world = await aRetentionWorld(suite, ...Array.from({ length: 250 }, () => ({})));
      await world.apply({ decisions: 90 }, 400, disturbed(async (call) => {
        if (call === 2) await world.hold();
      }));
      assert.equal((await world.erased()).length, 200);
      assert.deepEqual((await world.told()).map(([event]) => event), ['retention.applied', 'retention.held']);
    });

    test('a hold covers what it names by repository and time, and ends when it is released', async () => {
      const world = await aRetentionWorld(suite, {}, { repository: { id: 101, name: 'acme/other' } }, { repository: { id: 102, name: 'Acme/Shop' } }, { event: 'scan.concluded' });
      const hold = await world.hold({ repository: 'ACME/shop' });
      assert.deepEqual((await suite.store.auditWatch.holds(world.account)).map(({ id, repository }) => [id, repository]), [[hold.id, { id: 102, name: 'Acme/Shop' }]]);
      await world.hold({ from: new Date(suite.clock.now().getTime() + 1) });
      await world.hold({ to: suite.clock.now() });
      await world.apply({ decisions: 90, drift: 90 }, 400);
      assert.deepEqual(await world.erased(), [1, 3]);
      await assert.rejects(world.release(0), isFailure('NOT_FOUND'));
      await world.release(hold.id);
      await world.apply({ decisions: 90, drift: 90 }, 400);
      assert.deepEqual([await world.erased(), (await world.told()).find(([event]) => event === 'retention.released')], [[0, 1, 2, 3], ['retention.released', { hold: hold.id }]]);
      await assert.rejects(world.hold({ repository: 'acme/unknown' }), isFailure('NOT_FOUND'));
    });

    test('attack: a hold that went from the store without an entry about it stops every erasure', async () => {
      const world = await aRetentionWorld(suite, {});
      const hold = await world.hold();
      await suite.store.transaction((transaction) => transaction.dropHold(world.account, hold.id));
      await assert.rejects(world.apply({ decisions: 90 }, 400), isFailure('AUDIT_TAMPERED'));
      await assert.rejects(world.erase({}), isFailure('AUDIT_TAMPERED'));
      assert.deepEqual(await world.erased(), []);
    });

    test('a hold that the store lost is released by what its entry says of it, once', async () => {
      const world = await aRetentionWorld(suite, {});
      const hold = await world.hold({ repository: 'acme/shop', from: new Date('2026-01-01T00:00:00Z'), reason: 'case 13' });
      await suite.store.transaction((transaction) => transaction.dropHold(world.account, hold.id));
      assert.deepEqual(await world.release(hold.id), hold);
      await assert.rejects(world.release(hold.id), isFailure('NOT_FOUND'));
      await assert.rejects(world.release(0), isFailure('NOT_FOUND'));
      await world.apply({ decisions: 90 }, 400);
      assert.deepEqual(await world.erased(), [0]);
    });

    test('attack: a hold that covers less in the store than its entry says stops every erasure, until it is released', async () => {
      const world = await aRetentionWorld(suite, {});
      const hold = await world.hold();
      const shrink = async (changed: Partial<LegalHold>): Promise<void> =>
        await suite.store.transaction(async (transaction) => {
          await transaction.dropHold(world.account, hold.id);
          await transaction.keepHold(world.account, { ...hold, ...changed });
        });
      for (const changed of [{ repository: { id: 999, name: 'acme/none' } }, { from: new Date('2040-01-01T00:00:00Z') }, { to: new Date('2020-01-01T00:00:00Z') }]) {
        await shrink(changed);
        await assert.rejects(world.apply({ decisions: 90 }, 400), isFailure('AUDIT_TAMPERED'));
        await assert.rejects(world.erase({}), isFailure('AUDIT_TAMPERED'));
      }
      assert.deepEqual(await world.erased(), []);
      await world.release(hold.id);
      await world.apply({ decisions: 90 }, 400);
      assert.deepEqual(await world.erased(), [0]);
    });

    test('a hold on a repository keeps what is about what was used in it, too', async () => {
      const world = await aRetentionWorld(suite, {}, { event: 'usage.settled', repository: null, links: ['repository:100'] }, { event: 'usage.settled', repository: null, links: ['repository:1000'] });
      await world.hold({ repository: 'acme/shop' });
      await world.apply({ operation: 90 }, 400);
      assert.deepEqual(await world.erased(), [2]);
    });

    test('of what was judged a part stays while another decision needs it, and goes with the last', async () => {
      const [one, two, three] = [aJudgedInput(['a', 'b']), aJudgedInput(['b', 'c']), aJudgedInput(['c', 'd'])];
      const world = await aRetentionWorld(suite, { links: [one.link] }, { links: [two.link] }, { repository: { id: 101, name: 'acme/held' }, links: [three.link] });
      await suite.store.transaction((transaction) => transaction.keepInputs(world.account, [...one.parts, ...two.parts, ...three.parts]));
      await world.hold({ repository: 'acme/held' });
      await world.apply({ inputs: 30 }, 400);
      const there = async (input: typeof one) => (await suite.store.audit.snapshots(world.account, input.parts.map(({ digest }) => digest))).length;
      assert.deepEqual([await there(one), await there(two), await there(three), await world.erased()], [0, 1, 3, []]);
      assert.deepEqual((await world.told()).at(-1), ['retention.applied', { class: 'inputs', before: '2027-11-25', days: 30, entries: 2, first: 0, last: 1 }]);
      assert.equal((await world.verify()).outcome, 'verified');
      await world.release((await suite.store.auditWatch.holds(world.account))[0]?.id ?? -1);
      await world.apply({ inputs: 30 }, 400);
      await world.apply({ inputs: 30 }, 400);
      assert.deepEqual([await there(three), (await world.told()).filter(([event]) => event === 'retention.applied').length], [0, 2]);
    });

    test('what a decision needs that was made while it runs stays', async () => {
      const [old, recent] = [aJudgedInput(['a', 'b']), aJudgedInput(['b', 'z'])];
      const world = await aRetentionWorld(suite, { links: [old.link] });
      await suite.store.transaction((transaction) => transaction.keepInputs(world.account, old.parts));
      // Found, planned, and read to the end; then what was found is erased.
      await world.apply({ inputs: 30 }, 400, disturbed(async (call) => {
        if (call !== 6) return;
        await suite.store.transaction((transaction) => transaction.keepInputs(world.account, recent.parts));
        await world.append({ links: [recent.link] });
      }));
      const kept = (await suite.store.audit.snapshots(world.account, [...new Set([...old.parts, ...recent.parts].map(({ digest }) => digest))])).length;
      assert.deepEqual([kept, (await world.told()).length], [recent.parts.length, 1]);
    });

    test('where what another decision needs can not be told, nothing of what was judged goes', async () => {
      const [old, newer] = [aJudgedInput(['a']), aJudgedInput(['a', 'x'], 99)];
      const world = await aRetentionWorld(suite, { links: [old.link] });
      await world.append({ links: [newer.link] });
      await suite.store.transaction((transaction) => transaction.keepInputs(world.account, [...old.parts, ...newer.parts]));
      await assert.rejects(world.apply({ inputs: 30 }, 400), isFailure('STORE_INCONSISTENT'));
      assert.equal((await suite.store.audit.snapshots(world.account, old.parts.map(({ digest }) => digest))).length, old.parts.length);
    });

    test('erasure of a person takes all that is theirs, where it stands twice too, and is told without repeating it', async () => {
      const repository = aRepositoryRef(freshId());
      const named = { id: repository.id, name: 'acme/shop' };
      const input = aJudgedInput(['mona']);
      const world = await aRetentionWorld(suite, { repository: named, links: ['decision-1', input.link] }, { repository: named, event: 'approval.rejected', links: ['comment:1'] }, { actor: 'user:olga', rationale: 'as mona asked' }, { actor: 'user:olga' }, { event: 'key.rotated' });
      const record = aDecisionRecord({ ...repository, account: { ...repository.account, id: world.account } }, { id: 'decision-1' });
      await suite.store.transaction(async (transaction) => {
        await transaction.keepInputs(world.account, input.parts);
        await transaction.savePullRequest(aPullRequest(repository, { number: 7, state: 'merged', title: 'By mona' }));
        await transaction.recordVote(aVoteRecord({ repositoryId: repository.id, pullRequest: 7, says: 'reject', reason: 'I am mona', source: 'comment:1' }));
        await transaction.saveDecision(record);
      });
      const rehearsed = await world.erase({ isRehearsed: true });
      assert.deepEqual([await world.erased(), await world.told()], [[], []]);
      const { holds: _, ...told } = await world.erase({});
      assert.deepEqual(told, { entries: 2, first: 0, last: 1, judged: 1, kept: [{ sequence: 4, kind: 'record', why: 'it is of the record, which stands for ever' }], keptEntries: 1, naming: 2 });
      assert.deepEqual({ ...rehearsed, holds: [] }, { ...told, holds: [] });
      assert.deepEqual([await world.erased(), await suite.store.audit.snapshots(world.account, input.parts.map(({ digest }) => digest))], [[0, 1], []]);
      const [decision, votes, pull] = [await suite.store.search.decision(world.account, 'decision-1'), ...(await suite.store.transaction(async (transaction) => [await transaction.voteRecords(repository.id, 7), await transaction.pullRequestRecord(repository.id, 7)] as const))];
      assert.deepEqual([decision?.decision.verdicts, decision?.decision.cause, votes.map(({ reason, says }) => [says, reason]), pull?.facts.title], [[], record.decision.cause, [['reject', null]], '']);
      assert.deepEqual(await world.told(), [['retention.erased', { what: 'what was judged', entries: 1, first: 0, last: 0, sequences: [0] }], ['retention.erased', { what: 'details', entries: 2, first: 0, last: 1, sequences: [0, 1] }]]);
      const [, last] = (await world.entries()).filter(({ entry }) => entry.event === 'retention.erased');
      assert.deepEqual([last?.opened.slice(0, 2), JSON.stringify(last).includes('mona')], [['user:olga', 'request 4711'], false]);
      assert.deepEqual((await world.erase({})).entries, 0);
      assert.equal((await world.verify()).outcome, 'verified');
    });

    test('erasure takes nothing that no checkpoint covers, says so, and takes it once one does', async () => {
      const input = aJudgedInput(['mona']);
      const world = await aRetentionWorld(suite, {});
      await suite.store.transaction((transaction) => transaction.keepInputs(world.account, input.parts));
      await world.append({ links: ['decision-1', input.link] });
      const last = (await world.entries()).length - 1;
      const { entries, judged, kept } = await world.erase({});
      assert.deepEqual([entries, judged, kept.map(({ sequence, kind }) => [sequence, kind]), await world.erased()], [1, 0, [[last, 'unsealed']], [0]]);
      await world.seal();
      assert.deepEqual([(await world.erase({})).entries, await world.erased()], [1, [0, last]]);
    });

    test('erasure tells only of details that were there: of a decision of which what it judged is left it tells that alone', async () => {
      const input = aJudgedInput(['mona']);
      const world = await aRetentionWorld(suite, { links: ['decision-1', input.link] }, {});
      await suite.store.transaction(async (transaction) => {
        await transaction.keepInputs(world.account, input.parts);
        await transaction.eraseOpenings(world.account, [0]);
      });
      await world.erase({ asked: { kind: 'entries', entries: ['0', '1'] } });
      assert.deepEqual((await world.told()).map(([, said]) => said), [{ what: 'what was judged', entries: 1, first: 0, last: 0, sequences: [0] }, { what: 'details', entries: 1, first: 1, last: 1, sequences: [1] }]);
      await world.seal();
      assert.ok((await world.verify()).notes.includes('The log tells of 1 erasures: of 1 it does not say who erased them, or why.'));
    });

    test('erasure takes what only names somebody when it is told to', async () => {
      const world = await aRetentionWorld(suite, { actor: 'user:olga', rationale: 'as Mona asked', payload: {} }, { actor: 'user:olga', rationale: 'monalisa', payload: {} });
      assert.equal((await world.erase({ asked: { kind: 'person', login: 'mona', naming: true } })).entries, 1);
      assert.deepEqual(await world.erased(), [0]);
    });

    test('erasure of an entry leaves what is held, needed or of the record, and refuses what is not there', async () => {
      const repository = aRepositoryRef();
      const world = await aRetentionWorld(suite, { repository: { id: repository.id, name: 'acme/open' }, subject: 'pull-request:1' }, { event: 'key.rotated' }, {}, { repository: { id: 101, name: 'acme/other' } });
      await suite.store.transaction((transaction) => transaction.savePullRequest(aPullRequest(repository)));
      const hold = await world.hold({ repository: 'acme/shop' });
      const ids = (await world.entries()).map(({ entry }) => entry.id);
      const { kept, entries, holds } = await world.erase({ asked: { kind: 'entries', entries: ['0', ids[1] ?? '', '2', '3'] } });
      assert.deepEqual([kept.map(({ sequence, kind }) => [sequence, kind]), entries, holds.map(({ id }) => id), await world.erased()], [[[0, 'needed'], [1, 'record'], [2, 'held']], 1, [hold.id], [3]]);
      for (const entry of ['99', '0199a000-0000-7000-8000-000000000000']) await assert.rejects(world.erase({ asked: { kind: 'entries', entries: [entry] } }), isFailure('NOT_FOUND'));
    });

    test('a decision is not erased in the days in which GitHub still tells of it', async () => {
      const world = await aRetentionWorld(suite, {}, { event: 'command.run' });
      assert.deepEqual((await world.erase({}, 2)).kept.map(({ sequence, kind }) => [sequence, kind]), [[0, 'needed']]);
      assert.deepEqual([await world.erased(), (await world.erase({}, 4)).entries], [[1], 1]);
    });

    test('erasure whose entry would repeat whose data went is refused', async () => {
      const world = await aRetentionWorld(suite, {});
      const ofEnterprise = { asked: { kind: 'person', login: 'Mona_acme', naming: false }, reason: 'asked for (by mona_ACME)' } as const;
      for (const request of [{ by: 'Mona' }, { reason: 'MONA asked' }, ofEnterprise]) await assert.rejects(world.erase(request), isFailure('USAGE'));
      assert.deepEqual(await world.erased(), []);
    });
  });

  async function exportOf(store: Store, account: number): Promise<string> {
    const parts: string[] = [];
    for await (const part of exportAudit(store.audit, account, [aLogKey().publicKey])) parts.push(part);
    return parts.join('');
  }

  async function bundleOf(store: Store, account: number): Promise<Uint8Array> {
    const signer = anEnvelopeSigner();
    return (await assembleBundle({ audit: store.audit, index: store.auditIndex, publicKeys: [aLogKey().publicKey], signer }, account, { kind: 'pull-request', repository: shop.name, number: 7 })).file;
  }
}
