import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { EvaluationRecord } from '../../../src/domain/evaluation-record.ts';
import type { DecisionRecord } from '../../../src/flows/ports/decision-store.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aDecision, aDecisionWith, aFinding } from '../../builders/decision-builder.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aDecisionRecord, aPullRequest, aRepositoryRef, anEvaluation, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const head = 'c'.repeat(40);
const otherHead = 'd'.repeat(40);
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 12, minute));

/** What the store promises about pull requests, evaluations and decisions. */
export function judgingSuite(shared: SuiteStore): void {
  describeStore('pull requests', shared, (suite) => {
    test('pullRequestRecord() gives what was saved last', async () => {
      const repository = aRepositoryRef();
      const record = aPullRequest(repository, { title: 'a\u0000\ud800', head: otherHead });
      await save(suite, aPullRequest(repository), record);
      assert.deepEqual(await ask(suite, (transaction) => transaction.pullRequestRecord(repository.id, 1)), record);
      assert.equal(await ask(suite, (transaction) => transaction.pullRequestRecord(repository.id, 2)), null);
    });

    test('open pull requests are found by head and by base branch, closed ones and other repositories left out', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const [one, two] = [aPullRequest(repository, { number: 1 }), aPullRequest(repository, { number: 2, baseBranch: 'release' })];
      await save(suite, two, one, aPullRequest(repository, { number: 3, state: 'closed' }), aPullRequest(repository, { number: 4, state: 'merged' }), aPullRequest(other));
      assert.deepEqual(await ask(suite, (transaction) => transaction.openPullRequestsAt(repository.id, head)), [one, two]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.openPullRequestsInto(repository.id, 'main')), [one]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.openPullRequestsAt(repository.id, otherHead)), []);
    });
  });

  describeStore('open pull requests', shared, (suite) => {
    test('openPullRequests() gives those into every branch of the repository', async () => {
      const repository = aRepositoryRef();
      const [one, two] = [aPullRequest(repository, { number: 1 }), aPullRequest(repository, { number: 2, baseBranch: 'release' })];
      await save(suite, two, one, aPullRequest(repository, { number: 3, state: 'closed' }), aPullRequest(aRepositoryRef()));
      assert.deepEqual(await ask(suite, (transaction) => transaction.openPullRequests(repository.id)), [one, two]);
    });

    test('openPullRequestsOfAccount() gives page by page those of every repository of the account, and no others', async () => {
      const first = aRepositoryRef();
      const second = { ...first, id: freshId() };
      const [one, two, three] = [aPullRequest(first, { number: 7 }), aPullRequest(second, { number: 1 }), aPullRequest(second, { number: 10 })];
      await save(suite, three, two, one, aPullRequest(first, { number: 8, state: 'merged' }), aPullRequest(aRepositoryRef()));
      const page = (after: typeof one | null) => ask(suite, (transaction) => transaction.openPullRequestsOfAccount(first.account.id, { after, limit: 2 }));
      assert.deepEqual([await page(null), await page(two), await page(three)], [[one, two], [three], []]);
    });
  });

  describeStore('evaluations', shared, (suite) => {
    test('openEvaluation() goes on with the unfinished one of the same subject, head and roll-up', async () => {
      const repository = aRepositoryRef();
      const [first, again] = [anEvaluation(repository), anEvaluation(repository)];
      await ask(suite, (transaction) => transaction.openEvaluation(first));
      assert.deepEqual(await ask(suite, (transaction) => transaction.openEvaluation(again)), { current: first, superseded: [] });
    });

    test('openEvaluation() supersedes those of another head or another roll-up', async () => {
      const repository = aRepositoryRef();
      const [old, retargeted, current] = [anEvaluation(repository, { head: otherHead }), anEvaluation(repository, { rollUp: 'plumbline (release)' }), anEvaluation(repository)];
      for (const evaluation of [old, retargeted]) await ask(suite, (transaction) => transaction.openEvaluation(evaluation));
      const opened = await ask(suite, (transaction) => transaction.openEvaluation(current));
      assert.deepEqual([opened.current, opened.superseded.map((one) => one.id).toSorted()], [current, [old.id, retargeted.id].toSorted()]);
    });

    test('openEvaluation() leaves other subjects and repositories alone', async () => {
      const repository = aRepositoryRef();
      await ask(suite, (transaction) => transaction.openEvaluation(anEvaluation(repository, { subject: 'pull-request:2' })));
      await ask(suite, (transaction) => transaction.openEvaluation(anEvaluation(aRepositoryRef())));
      assert.deepEqual((await ask(suite, (transaction) => transaction.openEvaluation(anEvaluation(repository)))).superseded, []);
    });

    test('a finished evaluation is neither gone on with, nor superseded, nor stale', async () => {
      const repository = aRepositoryRef();
      const [done, next] = [anEvaluation(repository), anEvaluation(repository)];
      await ask(suite, (transaction) => transaction.openEvaluation(done));
      assert.equal(await ask(suite, (transaction) => transaction.finishEvaluation(done.id, at(1))), true);
      assert.equal(await ask(suite, (transaction) => transaction.finishEvaluation(done.id, at(2))), false, 'it was finished already');
      assert.deepEqual(await ask(suite, (transaction) => transaction.unfinishedEvaluations(repository.id, done.subject)), []);
      assert.deepEqual(await ask(suite, (transaction) => transaction.openEvaluation(next)), { current: next, superseded: [] });
      assert.equal((await ask(suite, (transaction) => transaction.staleEvaluations(at(59)))).some((one) => one.id === done.id), false);
    });

    test('staleEvaluations() gives those that started before the instant', async () => {
      const repository = aRepositoryRef();
      const [early, late] = [anEvaluation(repository, { startedAt: at(0) }), anEvaluation(repository, { subject: 'pull-request:2', startedAt: at(10) })];
      for (const evaluation of [early, late]) await ask(suite, (transaction) => transaction.openEvaluation(evaluation));
      const stale = (await ask(suite, (transaction) => transaction.staleEvaluations(at(10)))).filter((one) => one.repository.id === repository.id);
      assert.deepEqual(stale, [early]);
    });

    test('an evaluation that awaits samples is open and not stale until that is over, and says so wherever it is read', async () => {
      const repository = aRepositoryRef();
      const waiting = anEvaluation(repository, { startedAt: at(0) });
      await ask(suite, (transaction) => transaction.openEvaluation(waiting));
      await ask(suite, (transaction) => transaction.awaitSamples(waiting.id, at(30)));
      const awaiting = { ...waiting, awaitsUntil: at(30) };
      const ours = (found: readonly EvaluationRecord[]) => found.filter((one) => one.repository.id === repository.id);
      const stale = async (minute: number) => ours(await ask(suite, (transaction) => transaction.staleEvaluations(at(minute))));
      assert.deepEqual([await stale(30), await stale(31)], [[], [awaiting]]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.openEvaluation(anEvaluation(repository))), { current: awaiting, superseded: [] });
      assert.deepEqual(await ask(suite, (transaction) => transaction.unfinishedEvaluations(repository.id, waiting.subject)), [awaiting]);
    });

    test('evaluationsAt() gives those of a head, finished or not, oldest first, with what a merge group consists of', async () => {
      const repository = aRepositoryRef();
      const group = { headSha: head, headRef: 'refs/heads/gh-readonly-queue/main/pr-1', baseSha: otherHead, baseRef: 'refs/heads/main' };
      const [late, early, other] = [anEvaluation(repository, { startedAt: at(10), subject: `merge-group:${group.headRef}`, group }), anEvaluation(repository, { startedAt: at(0) }), anEvaluation(repository, { head: otherHead, subject: 'pull-request:3' })];
      for (const evaluation of [late, early, other]) await ask(suite, (transaction) => transaction.openEvaluation(evaluation));
      await ask(suite, (transaction) => transaction.finishEvaluation(early.id, at(1)));
      assert.deepEqual(await ask(suite, (transaction) => transaction.evaluationsAt(repository.id, head)), [early, late]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.evaluationsAt(freshId(), head)), []);
    });

    test('holdEvaluation() holds what is unfinished and nothing else', async () => {
      const repository = aRepositoryRef();
      const [open, done] = [anEvaluation(repository), anEvaluation(repository, { subject: 'pull-request:2' })];
      for (const evaluation of [open, done]) await ask(suite, (transaction) => transaction.openEvaluation(evaluation));
      await ask(suite, (transaction) => transaction.finishEvaluation(done.id, at(1)));
      const holds = (id: string) => ask(suite, (transaction) => transaction.holdEvaluation(id));
      assert.deepEqual([await holds(open.id), await holds(done.id), await holds('nobody')], [true, false, false]);
    });

    test('parallel openings of one subject and head open one evaluation', async () => {
      const repository = aRepositoryRef();
      const opened = await Promise.all(Array.from({ length: 10 }, () => ask(suite, (transaction) => transaction.openEvaluation(anEvaluation(repository)))));
      assert.equal(new Set(opened.map((one) => one.current.id)).size, 1);
    });
  });

  describeStore('decisions', shared, (suite) => {
    test('a decision comes back as it was kept, whatever a change made it quote', async () => {
      const repository = aRepositoryRef();
      const record = aDecisionRecord(repository, { decision: aDecisionWith([aFinding({ path: 'a.yaml', line: 3, found: 'x\u0000\ud800<script>', expected: 'y' })]), configuration: { organization: null, repository: { repository: 'acme/shop', path: '.github/plumbline.yml', commit: head, digest: `sha256:${'3'.repeat(64)}` } } });
      await keep(suite, record);
      assert.deepEqual(await ask(suite, (transaction) => transaction.newestDecision(repository.id, record.subject)), record);
    });

    test('saveDecision() refuses an id that it has kept', async () => {
      const record = aDecisionRecord(aRepositoryRef());
      await keep(suite, record);
      await assert.rejects(keep(suite, record), isFailure('STORE_INCONSISTENT'));
    });

    test('newestDecision() goes by subject, decisionAbout() by subject and head', async () => {
      const repository = aRepositoryRef();
      const [first, second] = [aDecisionRecord(repository), aDecisionRecord(repository, { decision: aDecision({ head: otherHead }) })];
      await keep(suite, first, second, aDecisionRecord(repository, { subject: 'pull-request:2' }));
      assert.deepEqual(await ask(suite, (transaction) => transaction.newestDecision(repository.id, 'pull-request:1')), second);
      assert.deepEqual(await ask(suite, (transaction) => transaction.decisionAbout(repository.id, 'pull-request:1', head)), first);
      assert.equal(await ask(suite, (transaction) => transaction.decisionAbout(repository.id, 'pull-request:3', head)), null);
    });

    test('keptDecision() gives the decision of an evaluation, and null for one that ended in none', async () => {
      const record = aDecisionRecord(aRepositoryRef());
      await keep(suite, record, aDecisionRecord(aRepositoryRef()));
      assert.deepEqual(await ask(suite, (transaction) => transaction.keptDecision(record.id)), record);
      assert.equal(await ask(suite, (transaction) => transaction.keptDecision('none')), null);
    });

    test('standingDecisions() gives the newest of each subject and base branch, of this entry and head', async () => {
      const repository = aRepositoryRef();
      const old = aDecisionRecord(repository);
      const standing = [aDecisionRecord(repository), aDecisionRecord(repository, { baseBranch: 'release' }), aDecisionRecord(repository, { subject: 'merge-group:x' })];
      const others = [aDecisionRecord(repository, { entry: 'release' }), aDecisionRecord(repository, { decision: aDecision({ head: otherHead }) }), aDecisionRecord(aRepositoryRef())];
      await keep(suite, old, ...standing, ...others);
      assert.deepEqual(await ask(suite, (transaction) => transaction.standingDecisions(repository.id, 'main', head)), standing);
    });

    test('standingDecisions() still tells a withdrawn decision', async () => {
      const record = aDecisionRecord(aRepositoryRef());
      await keep(suite, record);
      await withdraw(suite, record.repository);
      assert.deepEqual(await ask(suite, (transaction) => transaction.standingDecisions(record.repository.id, 'main', head)), [record]);
    });

    test('unansweredRun() counts the newest ones that lack an answer without a break, denied or not', async () => {
      const repository = aRepositoryRef();
      await keep(suite, inconclusive(repository, 0), denied(repository, 1), inconclusive(repository, 2), unanswered(repository, 3));
      assert.deepEqual(await run(suite, repository), { count: 2, since: at(2) });
      await keep(suite, aDecisionRecord(repository, { decidedAt: at(4) }));
      assert.deepEqual(await run(suite, repository), { count: 0, since: null });
    });

    test('unansweredRun() begins anew after a withdrawal', async () => {
      const repository = aRepositoryRef();
      await keep(suite, inconclusive(repository, 0));
      await withdraw(suite, repository);
      await keep(suite, inconclusive(repository, 5));
      assert.deepEqual(await run(suite, repository), { count: 1, since: at(5) });
    });

    test('expiredDecisions() gives what ran out for an open pull request at its head', async () => {
      const repository = aRepositoryRef();
      const record = expiring(repository, 5);
      await keep(suite, record);
      await save(suite, aPullRequest(repository));
      assert.deepEqual([await expired(suite, repository, 4), await expired(suite, repository, 5)], [[], [record]]);
    });

    test('expiredDecisions() leaves out what was decided again, withdrawn, closed, moved on, or never expires', async () => {
      const [again, withdrawn, closed, moved, lasting] = [aRepositoryRef(), aRepositoryRef(), aRepositoryRef(), aRepositoryRef(), aRepositoryRef()];
      await keep(suite, ...[again, withdrawn, closed, moved].map((repository) => expiring(repository, 5)), aDecisionRecord(again), aDecisionRecord(lasting));
      await save(suite, aPullRequest(again), aPullRequest(withdrawn), aPullRequest(closed, { state: 'closed' }), aPullRequest(moved, { head: otherHead }), aPullRequest(lasting));
      await withdraw(suite, withdrawn);
      for (const repository of [again, withdrawn, closed, moved, lasting]) assert.deepEqual(await expired(suite, repository, 59), []);
    });

    test('parallel decisions about one head each see those kept before', async () => {
      const repository = aRepositoryRef();
      const seen = await Promise.all(
        Array.from({ length: 10 }, (_, number) =>
          ask(suite, async (transaction) => {
            await transaction.saveDecision(aDecisionRecord(repository, { subject: `pull-request:${number}` }));
            return (await transaction.standingDecisions(repository.id, 'main', head)).length;
          }),
        ),
      );
      assert.deepEqual(seen.toSorted((a, b) => a - b), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });
}

function ask<Result>(suite: SuiteStore, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
  return suite.store.transaction(work);
}

async function save(suite: SuiteStore, ...records: readonly ReturnType<typeof aPullRequest>[]): Promise<void> {
  for (const record of records) await ask(suite, (transaction) => transaction.savePullRequest(record));
}

async function keep(suite: SuiteStore, ...records: readonly DecisionRecord[]): Promise<void> {
  for (const record of records) await ask(suite, (transaction) => transaction.saveDecision(record));
}

function withdraw(suite: SuiteStore, repository: RepositoryRef): Promise<void> {
  return ask(suite, (transaction) => transaction.withdrawDecisions(repository.id, 'pull-request:1'));
}

function run(suite: SuiteStore, repository: RepositoryRef) {
  return ask(suite, (transaction) => transaction.unansweredRun(repository.id, 'pull-request:1', head));
}

async function expired(suite: SuiteStore, repository: RepositoryRef, minute: number): Promise<readonly DecisionRecord[]> {
  return (await ask(suite, (transaction) => transaction.expiredDecisions(at(minute)))).filter((one) => one.repository.id === repository.id);
}

function inconclusive(repository: RepositoryRef, minute: number): DecisionRecord {
  return aDecisionRecord(repository, { decidedAt: at(minute), decision: aDecision({ decision: 'deny', cause: 'inconclusive' }) });
}

function denied(repository: RepositoryRef, minute: number): DecisionRecord {
  return aDecisionRecord(repository, { decidedAt: at(minute), decision: aDecisionWith([aFinding()]) });
}

/** Denied, and for something else it is not known. */
function unanswered(repository: RepositoryRef, minute: number): DecisionRecord {
  return aDecisionRecord(repository, { decidedAt: at(minute), decision: aDecisionWith([aFinding(), aFinding({ code: 'contract/record_incomplete' })]) });
}

function expiring(repository: RepositoryRef, minute: number): DecisionRecord {
  return aDecisionRecord(repository, { decision: aDecision({ validUntil: at(minute).toISOString() }) });
}
