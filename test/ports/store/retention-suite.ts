import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditDraft } from '../../../src/audit/entry.ts';
import { snapshotOf } from '../../../src/audit/snapshot.ts';
import type { DecisionRecord } from '../../../src/flows/ports/decision-store.ts';
import type { AskedEntries, LegalHold } from '../../../src/flows/ports/retention-store.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aJudgedInput } from '../../builders/a-judged-input.ts';
import { aDecision } from '../../builders/decision-builder.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';
import { aDecisionRecord, aDraft, aPullRequest, aRepositoryRef, describeStore, freshId, later } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const anyEntry = { repository: null, event: null, actor: null, tier: null, outcome: null, from: null, to: null };

/** What `RetentionStore` promises. */
export function retentionSuite(shared: SuiteStore): void {
  describeStore('retention', shared, (suite) => {
    const run = <Result>(work: (transaction: StoreTransaction) => Promise<Result>) => suite.store.transaction(work);

    async function aLogOf(...drafts: readonly Partial<AuditDraft>[]): Promise<number> {
      const account = freshId();
      await run(async (transaction) => {
        for (const draft of drafts) await transaction.append(aDraft(account, draft.links === undefined ? draft : { ...draft, links: [...draft.links, `commit:${'d'.repeat(40)}`, 'unreplayable:too-large'] }));
      });
      return account;
    }

    const asked = async (account: number, what: AskedEntries, page = { from: 0, limit: 10 }) => (await run((transaction) => transaction.askedEntries(account, what, page))).entries.map(({ sequence }) => sequence);

    test('eraseOpenings() takes what opens an entry, and what it was found by, and leaves its leaf', async () => {
      const account = await aLogOf({ event: 'action.blocked', actor: 'user:mona, user:olga', payload: { tier: 3 } }, { event: 'action.blocked', actor: 'user:mona', payload: { tier: 3 } });
      const leaves = async () => (await suite.store.audit.entries(account, 0, 9)).map(({ leaf, openings }) => [Buffer.from(leaf).toString(), openings.length]);
      const before = await leaves();
      await run((transaction) => transaction.eraseOpenings(account, [0]));
      assert.deepEqual(await leaves(), [[before[0]?.[0], 0], before[1]]);
      const found = async (filter: object) => (await suite.store.search.entries(account, { ...anyEntry, ...filter }, { below: null, limit: 9 })).map(({ sequence }) => sequence);
      assert.deepEqual([await found({ actor: 'user:mona' }), await found({ actor: 'user:olga' }), await found({ tier: 3 }), await found({ event: 'action.blocked' })], [[1], [], [1], [1, 0]]);
    });

    test('askedEntries() finds by event and time what can still be opened, in pages', async () => {
      const account = await aLogOf({}, { event: 'command.run' }, {}, {});
      await run((transaction) => transaction.eraseOpenings(account, [2]));
      const made: AskedEntries = { kind: 'events', events: ['decision.made', 'action.blocked'], before: later(suite.clock, 1) };
      assert.deepEqual([await asked(account, made), await asked(account, made, { from: 1, limit: 1 }), await asked(account, { ...made, before: suite.clock.now() })], [[0, 3], [3], []]);
    });

    test('askedEntries() finds by actor, by number, and by a login as a word wherever it can still be opened', async () => {
      const account = await aLogOf({ actor: 'user:Mona' }, { rationale: 'for monalisa and mona-2' }, { rationale: 'asked by éMona: yes' }, { payload: { approvedBy: ['mona'] } }, { payload: { text: 'mona\u0000' } }, { rationale: 'amona' });
      const naming: AskedEntries = { kind: 'naming', login: 'mona' };
      assert.deepEqual([await asked(account, { kind: 'actor', actor: 'user:mona' }), await asked(account, naming), await asked(account, naming, { from: 1, limit: 2 }), await asked(account, { kind: 'sequences', sequences: [5, 1, 99] })], [[0], [0, 2, 3, 4], [2, 3], [1, 5]]);
      await run((transaction) => transaction.eraseOpenings(account, [0, 3]));
      assert.deepEqual([await asked(account, { kind: 'actor', actor: 'user:mona' }), await asked(account, naming), await asked(account, { kind: 'sequences', sequences: [0] })], [[], [2, 4], [0]]);
      assert.deepEqual(await asked(await aLogOf({}), { kind: 'naming', login: '.*' }), []);
    });

    test('askedEntries() finds a login behind a line break, a tab or another control character of a payload', async () => {
      const account = await aLogOf({ payload: { text: 'thanks\nmona' } }, { payload: { text: ['\tMona', 'nmona'] } }, { payload: { text: '\u001fmona' } }, { payload: { text: 'nmona' } });
      assert.deepEqual(await asked(account, { kind: 'naming', login: 'mona' }), [0, 1, 2]);
    });

    test('hasErasedSince() tells whether an entry from a sequence on is about an erasure', async () => {
      const account = await aLogOf({ event: 'retention.held' }, { event: 'retention.applied' }, {}, { event: 'retention.erased' }, {});
      assert.deepEqual(await run(async (transaction) => await Promise.all([0, 2, 3, 4, 9].map(async (from) => await transaction.hasErasedSince(account, from)))), [true, true, true, false, false]);
    });

    test('askedEntries() says where to go on until there is no more', async () => {
      const account = await aLogOf(...Array.from({ length: 5 }, (_, index) => ({ actor: index === 2 ? 'system' : 'user:mona', rationale: index === 2 ? 'none' : 'for mona' })));
      const all: readonly AskedEntries[] = [{ kind: 'events', events: ['decision.made'], before: later(suite.clock, 1) }, { kind: 'actor', actor: 'user:mona' }, { kind: 'naming', login: 'mona' }, { kind: 'sequences', sequences: [4, 3, 1, 0] }];
      for (const what of all) {
        const found: number[] = [];
        for (let from: number | null = 0; from !== null; ) {
          const begin: number = from;
          const page = await run((transaction) => transaction.askedEntries(account, what, { from: begin, limit: 2 }));
          found.push(...page.entries.map(({ sequence }) => sequence));
          from = page.next;
        }
        assert.deepEqual(found, what.kind === 'events' ? [0, 1, 2, 3, 4] : [0, 1, 3, 4], what.kind);
      }
    });

    test('wholeEntries() comes with payloads, askedEntries() without', async () => {
      const account = await aLogOf({ payload: { a: 1 } });
      const { entries: [one] } = await run((transaction) => transaction.askedEntries(account, { kind: 'sequences', sequences: [0] }, { from: 0, limit: 1 }));
      const [whole] = await run((transaction) => transaction.wholeEntries(account, [0]));
      assert.deepEqual([one?.openings.length, whole?.openings.length], [2, 3]);
    });

    test('eraseDecisions() leaves what a decision came to, of the account alone', async () => {
      const repository = aRepositoryRef();
      const record: DecisionRecord = aDecisionRecord(repository, { decision: aDecision({ uncovered: ['docs/mona.md'] }) });
      await run((transaction) => transaction.saveDecision(record));
      const kept = () => suite.store.search.decision(repository.account.id, record.id);
      await run((transaction) => transaction.eraseDecisions(freshId(), [record.id]));
      assert.deepEqual(await kept(), record);
      await run((transaction) => transaction.eraseDecisions(repository.account.id, [record.id, 'another']));
      assert.deepEqual(await kept(), { ...record, decision: { ...record.decision, verdicts: [], held: [], uncovered: [] } });
      assert.deepEqual((await run((transaction) => transaction.standingDecisions(repository.id, record.entry, record.decision.head))).map(({ decision }) => decision.cause), [record.decision.cause]);
    });

    test('eraseReasons() takes the reason of what somebody said, which counts as before', async () => {
      const repositoryId = freshId();
      const vote = aVoteRecord({ repositoryId, reason: 'I, mona, say "reason":"x" \\ \u0000', source: 'comment:1' });
      const other = aVoteRecord({ repositoryId, reason: 'stays', source: 'comment:2' });
      await run(async (transaction) => {
        for (const one of [vote, other]) await transaction.recordVote(one);
      });
      for (let time = 0; time < 2; time += 1) await run((transaction) => transaction.eraseReasons(repositoryId, ['comment:1', 'comment:9']));
      const votes = await run((transaction) => transaction.voteRecords(repositoryId, 3));
      assert.deepEqual(votes.toSorted((a, b) => (a.source < b.source ? -1 : 1)), [{ ...vote, reason: null }, other]);
    });

    test('eraseTitle() takes the title of a pull request that is closed, and of no other', async () => {
      const repository = aRepositoryRef();
      for (const [number, state] of [[1, 'open'], [2, 'merged']] as const) {
        await run((transaction) => transaction.savePullRequest(aPullRequest(repository, { number, state })));
        await run((transaction) => transaction.eraseTitle(repository.id, number));
      }
      await run((transaction) => transaction.eraseTitle(repository.id, 3));
      const titles = await run(async (transaction) => [await transaction.pullRequestRecord(repository.id, 1), await transaction.pullRequestRecord(repository.id, 2)]);
      assert.deepEqual(titles.map((one) => one?.facts.title), ['Change it', '']);
    });

    test('judgedEntries() and judgedAt() tell of which entries what was judged is kept, until eraseInputs()', async () => {
      const [one, two] = [aJudgedInput(['a', 'b']), aJudgedInput(['b', 'c'])];
      const account = await aLogOf({ links: [one.link] }, {}, { links: ['unreplayable:secret'] }, { links: [two.link] });
      await run((transaction) => transaction.keepInputs(account, [...one.parts, ...two.parts]));
      const judged = async (page: { from: number; before: Date | null; limit: number }) => (await run((transaction) => transaction.judgedEntries(account, page))).map(({ sequence }) => sequence);
      assert.deepEqual([await judged({ from: 0, before: null, limit: 9 }), await judged({ from: 1, before: null, limit: 9 }), await judged({ from: 0, before: null, limit: 1 }), await judged({ from: 0, before: suite.clock.now(), limit: 9 })], [[0, 3], [3], [0], []]);
      assert.deepEqual(await run((transaction) => transaction.judgedAt(account, [3, 1])), [{ sequence: 3, digest: two.root }]);
      const [a, b] = ['a', 'b'].map((text) => snapshotOf(Buffer.from(JSON.stringify(text))).digest);
      assert.ok(a !== undefined && b !== undefined);
      await run((transaction) => transaction.eraseInputs(account, [0], [one.root, a]));
      assert.deepEqual([await judged({ from: 0, before: null, limit: 9 }), (await run((transaction) => transaction.keptInputs(account, [one.root, a, b, two.root]))).map(({ digest }) => digest).toSorted()], [[3], [b, two.root].toSorted()]);
    });

    test('holds() are those that were kept and not dropped, of the account', async () => {
      const account = freshId();
      const hold: LegalHold = { id: 4, repository: { id: 7, name: 'acme/shop' }, from: suite.clock.now(), to: null, by: 'olga', reason: 'case \u0000 12', placedAt: suite.clock.now() };
      const all: LegalHold = { ...hold, id: 3, repository: null, from: null, to: suite.clock.now() };
      await run(async (transaction) => {
        for (const [of, one] of [[account, hold], [account, all], [freshId(), hold]] as const) await transaction.keepHold(of, one);
      });
      assert.deepEqual([await run((transaction) => transaction.holds(account)), await suite.store.auditWatch.holds(account)], [[all, hold], [all, hold]]);
      await run((transaction) => transaction.dropHold(account, 3));
      assert.deepEqual(await suite.store.auditWatch.holds(account), [hold]);
    });
  });
}
