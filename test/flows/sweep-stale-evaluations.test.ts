import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/flows/ports/store.ts';
import { sweepStaleEvaluations } from '../../src/flows/sweep-stale-evaluations.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const repository = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' } as const;
const head = 'a'.repeat(40);
const longest = 360_000;

/** A store with one evaluation that was opened and never ended. */
async function aStore() {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  await store.transaction((transaction) => transaction.openEvaluation({ id: 'e1', repository, subject: 'pull-request:7', head, rollUp: 'plumbline', startedAt: clock.now() }));
  return { clock, store, log: fakeLog() };
}

test('an evaluation that may still end is left open', async () => {
  const ports = await aStore();
  ports.clock.advance(longest);
  assert.equal(await sweepStaleEvaluations(ports, longest), 0);
});

test('an evaluation that did not end in time is concluded as failure, logged, and its check is brought to GitHub', async () => {
  const ports = await aStore();
  ports.clock.advance(longest + 1);
  assert.equal(await sweepStaleEvaluations(ports, longest), 1);
  const effects = await ports.store.transaction((transaction) => transaction.pendingEffects(1, `head:${head}`));
  assert.deepEqual(effects.map(({ effect }) => (effect.kind === 'check' ? [effect.name, effect.state.status, effect.state.conclusion] : [])), [['plumbline', 'completed', 'failure']]);
  assert.equal(await ports.store.audit.size(42), 1);
  const jobs = await ports.store.queue.lease({ owner: 'test', now: ports.clock.now(), until: ports.clock.now(), limit: 10 });
  assert.deepEqual(jobs.map((job) => job.kind), ['perform']);
});

test('an evaluation is concluded once', async () => {
  const ports = await aStore();
  ports.clock.advance(longest + 1);
  await sweepStaleEvaluations(ports, longest);
  assert.equal(await sweepStaleEvaluations(ports, longest), 0);
});

test('an account whose log is blocked does not keep the evaluations of others open', async () => {
  const ports = await aStore();
  const other = { ...repository, id: 2, account: { ...repository.account, id: 43 } };
  await ports.store.transaction((transaction) => transaction.openEvaluation({ id: 'e2', repository: other, subject: 'pull-request:7', head, rollUp: 'plumbline', startedAt: ports.clock.now() }));
  await ports.store.audit.block(42, 'tampered');
  ports.clock.advance(longest + 1);
  assert.equal(await sweepStaleEvaluations(ports, longest), 1);
  const unfinished = await ports.store.transaction(async (transaction) => [await transaction.unfinishedEvaluations(1, 'pull-request:7'), await transaction.unfinishedEvaluations(2, 'pull-request:7')]);
  assert.deepEqual(unfinished.map((left) => left.map(({ id }) => id)), [['e1'], []]);
  assert.deepEqual(ports.log.lines.filter(({ message }) => message === 'evaluation not concluded').map(({ fields }) => fields['code']), ['AUDIT_BLOCKED']);
});

test('an evaluation that ends while the sweep goes on keeps its decision', async () => {
  const ports = await aStore();
  ports.clock.advance(longest + 1);
  let transactions = 0;
  const store: Pick<Store, 'transaction'> = {
    transaction: async (work) => {
      transactions += 1;
      if (transactions === 2) await ports.store.transaction((transaction) => transaction.finishEvaluation('e1', ports.clock.now()));
      return ports.store.transaction(work);
    },
  };
  assert.equal(await sweepStaleEvaluations({ ...ports, store }, longest), 0);
  assert.deepEqual([await ports.store.transaction((transaction) => transaction.pendingEffects(1, `head:${head}`)), await ports.store.audit.size(42)], [[], 0]);
});
