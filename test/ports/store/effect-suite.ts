import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import type { CheckState, Effect } from '../../../src/domain/effect.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { PendingEffect } from '../../../src/flows/ports/pending-effect.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aRepositoryRef, describeStore, freshId, later } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What the store promises about requested outward writes. */
export function effectSuite(shared: SuiteStore): void {
  describeStore('effects', shared, (suite) => {
    test('a requested effect is pending, unattempted, as it was requested', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck({ summary: 'a\u0000b' });
      await request(suite, repository, effect);
      assert.deepEqual(await pending(suite, repository), [{ effect, repository, group: 'head:c', evaluation: 'e1', attempted: false, externalId: null, revision: 1 }]);
      assert.deepEqual(await pending(suite, repository, 'head:d'), []);
      assert.deepEqual(await pending(suite, aRepositoryRef()), []);
    });

    test('a check with a button, a commit, a reaction, a pull request and wishes are pending as they were requested', async () => {
      const repository = aRepositoryRef();
      const check = aCheck({ actions: [{ label: 'Mend', description: 'Commits it', identifier: 'mend' }] });
      const commit = aCommit({ files: [{ path: 'a\u0000b', text: 'ü\r\n' }] });
      const reaction: Effect = { kind: 'reaction', key: `reaction-${freshId()}`, comment: 41, content: 'eyes' };
      const pullRequest: Effect = { kind: 'pull-request', key: `pull-request-${freshId()}`, branch: 'plumbline/waive-41', base: 'main', from: 'c', title: 't', text: 'x', headline: 'h', body: 'b', files: [{ path: 'w', text: 'w' }], askedBy: { login: 'dev', id: 12 }, asked: { pullRequest: 1, comment: 41, head: 'c', word: 'waive' } };
      const wishes = ([{ kind: 'propose' }, { kind: 'take_over', number: 7, head: 'c' }, { kind: 'roll_back', number: 7 }] as const).map((wish): Effect => ({ kind: 'remediation', key: `wish-${freshId()}`, behavior: 'quality', wish, askedBy: { login: 'dev', id: 12 }, asked: { pullRequest: 1, comment: 41, at: '2026-11-20T12:00:00Z' } }));
      const all = [check, commit, reaction, pullRequest, ...wishes];
      for (const effect of all) await request(suite, repository, effect);
      assert.deepEqual((await pending(suite, repository)).map(({ effect }) => effect), all);
    });

    test("one person's wish does not take the place of another's", async () => {
      const repository = aRepositoryRef();
      const wish = (comment: number): Effect => ({ kind: 'remediation', key: `wish-${freshId()}`, behavior: 'quality', wish: { kind: 'propose' }, askedBy: { login: 'dev', id: 12 }, asked: { pullRequest: 1, comment, at: '2026-11-20T12:00:00Z' } });
      const [first, second] = [wish(41), wish(42)];
      await mark(suite, (transaction) => transaction.request([{ effect: first, group: 'remediate:quality' }], repository, 'command:41'));
      await mark(suite, (transaction) => transaction.request([{ effect: second, group: 'remediate:quality' }], repository, 'command:42'));
      assert.deepEqual((await pending(suite, repository, 'remediate:quality')).map(({ effect }) => effect.key), [first.key, second.key]);
    });

    test('a commit that was made is not asked for again, and one that was given up is, as attempted', async () => {
      const repository = aRepositoryRef();
      const [made, refused] = [aCommit(), aCommit({ pullRequest: 2 })];
      for (const commit of [made, refused]) {
        await request(suite, repository, commit);
        await mark(suite, (transaction) => transaction.markAttempted(commit.key));
      }
      await mark(suite, (transaction) => transaction.markPerformed(made.key, made.pullRequest, 1));
      await mark(suite, (transaction) => transaction.markAbandoned(refused.key, 'ungranted', 1));
      for (const commit of [made, refused]) await request(suite, repository, commit);
      assert.deepEqual((await pending(suite, repository)).map(({ effect, attempted }) => [effect.key, attempted]), [[refused.key, true]]);
    });

    test('effects come in the order in which their state was requested', async () => {
      const repository = aRepositoryRef();
      const [rollUp, gate] = [aCheck({}, 'plumbline'), aCheck({}, 'plumbline / contracts')];
      await request(suite, repository, rollUp);
      await request(suite, repository, gate);
      await request(suite, repository, { ...rollUp, state: { ...rollUp.state, title: 'done' } });
      assert.deepEqual((await pending(suite, repository)).map(({ effect }) => effect.key), [gate.key, rollUp.key]);
    });

    test('a newer state takes the place of a pending one, under the next revision', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await request(suite, repository, { ...effect, state: { ...effect.state, title: 'newer' } });
      const [only] = await pending(suite, repository);
      assert.deepEqual([only?.revision, only?.effect.kind === 'check' && only.effect.state.title], [2, 'newer']);
    });

    test('the same state requested again changes nothing', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await mark(suite, (transaction) => transaction.markAttempted(effect.key));
      await request(suite, repository, effect);
      assert.deepEqual((await pending(suite, repository)).map(({ revision, attempted }) => [revision, attempted]), [[1, true]]);
    });

    test('a performed effect is not pending, and requesting the same state asks for no write', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await mark(suite, (transaction) => transaction.markPerformed(effect.key, 42, 1));
      await request(suite, repository, effect);
      assert.deepEqual(await pending(suite, repository), []);
    });

    test('a newer state of a performed effect knows the run and starts unattempted', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await mark(suite, (transaction) => transaction.markAttempted(effect.key));
      await mark(suite, (transaction) => transaction.markPerformed(effect.key, 42, 1));
      await request(suite, repository, { ...effect, state: { ...effect.state, title: 'newer' } });
      assert.deepEqual((await pending(suite, repository)).map(({ externalId, attempted, revision }) => [externalId, attempted, revision]), [[42, false, 2]]);
    });

    test('a newer state after a create without an answer still counts as attempted', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await mark(suite, (transaction) => transaction.markAttempted(effect.key));
      await request(suite, repository, { ...effect, state: { ...effect.state, title: 'newer' } });
      assert.deepEqual((await pending(suite, repository)).map(({ externalId, attempted }) => [externalId, attempted]), [[null, true]]);
    });

    test('markPerformed() of an older revision keeps the id and leaves the newer state pending', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await request(suite, repository, { ...effect, state: { ...effect.state, title: 'newer' } });
      await mark(suite, (transaction) => transaction.markPerformed(effect.key, 42, 1));
      assert.deepEqual((await pending(suite, repository)).map(({ externalId, revision }) => [externalId, revision]), [[42, 2]]);
      assert.equal((await performed(suite, effect.key))?.bodyDigest, '');
    });

    test('performedEffect() gives id and digest of the comment that stands', async () => {
      const repository = aRepositoryRef();
      const effect = aComment('hello');
      assert.equal(await performed(suite, effect.key), null);
      await request(suite, repository, effect);
      assert.equal(await performed(suite, effect.key), null);
      await mark(suite, (transaction) => transaction.markPerformed(effect.key, 7, 1));
      assert.deepEqual(await performed(suite, effect.key), { externalId: 7, bodyDigest: digestOfBytes('hello') });
      await request(suite, repository, { ...effect, body: 'other' });
      assert.deepEqual(await performed(suite, effect.key), { externalId: 7, bodyDigest: digestOfBytes('hello') });
    });

    test('an effect of an older evaluation that was never begun is dropped', async () => {
      const repository = aRepositoryRef();
      const [old, current] = [aCheck({}, 'plumbline'), aCheck({}, 'plumbline')];
      await request(suite, repository, old, 'e1');
      await request(suite, repository, current, 'e2');
      assert.deepEqual((await pending(suite, repository)).map(({ effect }) => effect.key), [current.key]);
    });

    test('an effect of an older evaluation stays when its run is open, or may be', async () => {
      const repository = aRepositoryRef();
      const [opened, attempted, current] = [aCheck({}, 'plumbline'), aCheck({}, 'plumbline'), aCheck({}, 'plumbline')];
      await request(suite, repository, opened, 'e1');
      await mark(suite, (transaction) => transaction.markPerformed(opened.key, 42, 1));
      await request(suite, repository, { ...opened, state: { ...opened.state, title: 'cancelled' } }, 'e1');
      await request(suite, repository, attempted, 'e1');
      await mark(suite, (transaction) => transaction.markAttempted(attempted.key));
      await request(suite, repository, current, 'e2');
      assert.deepEqual((await pending(suite, repository)).map(({ effect }) => effect.key), [opened.key, attempted.key, current.key]);
    });

    test('another name, another group and another repository drop nothing', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const effect = aCheck({}, 'plumbline');
      await request(suite, repository, effect, 'e1');
      await request(suite, repository, aCheck({}, 'plumbline / drift'), 'e2');
      await request(suite, other, aCheck({}, 'plumbline'), 'e2');
      await suite.store.transaction((transaction) => transaction.request([{ effect: aCheck({}, 'plumbline'), group: 'head:d' }], repository, 'e2'));
      assert.ok((await pending(suite, repository)).some((one) => one.effect.key === effect.key));
    });

    test('an abandoned effect is not pending until a state is requested again', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      await mark(suite, (transaction) => transaction.markAbandoned(effect.key, 'refused\u0000', 1));
      assert.deepEqual(await pending(suite, repository), []);
      await request(suite, repository, effect);
      assert.equal((await pending(suite, repository)).length, 1);
    });

    test('a state that was requested while an older one was given up stays pending', async () => {
      const repository = aRepositoryRef();
      const effect = aCheck();
      await request(suite, repository, effect);
      const [read] = await pending(suite, repository);
      await request(suite, repository, { ...effect, state: { ...effect.state, title: 'Newer' } });
      await mark(suite, (transaction) => transaction.markAbandoned(effect.key, 'refused', read?.revision ?? 0));
      assert.deepEqual((await pending(suite, repository)).map((one) => one.effect.kind === 'check' && one.effect.state.title), ['Newer']);
    });

    test('an effect that was never requested can not be marked', async () => {
      for (const change of [
        (transaction: StoreTransaction) => transaction.markAttempted('none'),
        (transaction: StoreTransaction) => transaction.markPerformed('none', 1, 1),
        (transaction: StoreTransaction) => transaction.markAbandoned('none', 'x', 1),
      ]) {
        await assert.rejects(mark(suite, change), isFailure('STORE_INCONSISTENT'));
      }
    });

    test('stalledGroups() gives each group with an effect that has waited too long, once', async () => {
      const repository = aRepositoryRef();
      await request(suite, repository, aCheck({}, 'plumbline'));
      await request(suite, repository, aCheck({}, 'plumbline / drift'));
      const done = aCheck({}, 'plumbline / contracts');
      await suite.store.transaction((transaction) => transaction.request([{ effect: done, group: 'head:done' }], repository, 'e1'));
      await mark(suite, (transaction) => transaction.markPerformed(done.key, 1, 1));
      assert.deepEqual(await stalled(suite, repository, 0), []);
      assert.deepEqual(await stalled(suite, repository, 1), [{ repository, group: 'head:c' }]);
    });
  });
}

function aCheck(state: Partial<CheckState> = {}, name = 'plumbline'): Extract<Effect, { kind: 'check' }> {
  const annotation = { path: 'a', startLine: 1, endLine: 1, startColumn: null, level: 'failure' as const, title: 't', message: 'm' };
  const full: CheckState = { status: 'completed', conclusion: 'success', title: 'All good', summary: 's', text: null, annotations: [annotation], ...state };
  return { kind: 'check', key: `check-${freshId()}`, name, head: 'c', state: full };
}

function aComment(body: string): Extract<Effect, { kind: 'comment' }> {
  return { kind: 'comment', key: `comment-${freshId()}`, pullRequest: 1, topic: 'decision', body };
}

function aCommit(overrides: Partial<Extract<Effect, { kind: 'commit' }>> = {}): Extract<Effect, { kind: 'commit' }> {
  return { kind: 'commit', key: `mend-${freshId()}`, pullRequest: 1, branch: 'work', head: 'c', headline: 'Mend a', body: 'b', files: [{ path: 'a', text: 'a' }], askedBy: { login: 'dev', id: 12 }, ...overrides };
}

function request(suite: SuiteStore, repository: RepositoryRef, effect: Effect, evaluation = 'e1'): Promise<void> {
  return suite.store.transaction((transaction) => transaction.request([{ effect, group: 'head:c' }], repository, evaluation));
}

function pending(suite: SuiteStore, repository: RepositoryRef, group = 'head:c'): Promise<readonly PendingEffect[]> {
  return suite.store.transaction((transaction) => transaction.pendingEffects(repository.id, group));
}

function mark(suite: SuiteStore, change: (transaction: StoreTransaction) => Promise<void>): Promise<void> {
  return suite.store.transaction(change);
}

function performed(suite: SuiteStore, key: string) {
  return suite.store.transaction((transaction) => transaction.performedEffect(key));
}

async function stalled(suite: SuiteStore, repository: RepositoryRef, waited: number) {
  const groups = await suite.store.transaction((transaction) => transaction.stalledGroups(later(suite.clock, waited)));
  return groups.filter((one) => one.repository.id === repository.id);
}
