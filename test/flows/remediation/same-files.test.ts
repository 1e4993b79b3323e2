import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '../../fakes/memory-store.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { lookTogether } from './look-together.ts';
import { SeveralBehaviors } from './several-behaviors.ts';
import { simulateBehaviors } from './simulate-behaviors.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const [passing, holding] = [{ read: async () => {}, write: async <Answer>(_method: string, perform: () => Answer) => perform(), watch: () => {} }, { hold: async () => {} }];

function aRepository(drifting: Readonly<Record<string, readonly string[]>>): SeveralBehaviors {
  const behaviors = new SeveralBehaviors(() => 0.5, memoryStore({ clock: fakeClock() }));
  behaviors.world.isCalm = true;
  for (const [name, files] of Object.entries(drifting)) behaviors.drifting.set(name, files);
  return behaviors;
}

const saidOf = async ({ store, repository }: SeveralBehaviors, behavior: string) => (await store.transaction((transaction) => transaction.remediationsOf(repository.id, behavior))).map(({ said }) => said?.reason);

test('two behaviours that write one file, both read before either wrote: one pull request, and the other is held', async () => {
  assert.deepEqual(await lookTogether(memoryStore({ clock: fakeClock() })), { open: [['a']], said: ['same_content', 'same_files'] });
});

test('a worker that dies with its intent on record holds back what writes its file, until somebody looked at it again', async () => {
  const behaviors = aRepository({ one: ['a'], two: ['a'] });
  await assert.rejects(behaviors.look('one', { ...passing, write: () => Promise.reject(new Error('the process died')) }, holding));
  await behaviors.look('two', passing, holding);
  assert.deepEqual([behaviors.world.github.pulls, await saidOf(behaviors, 'two')], [[], ['same_files']]);
  behaviors.drifting.delete('one');
  await behaviors.look('one', passing, holding);
  await behaviors.look('two', passing, holding);
  assert.deepEqual(await saidOf(behaviors, 'two'), ['same_content']);
});

test('an open pull request is not appended to what would write the file of another that is open', async () => {
  const behaviors = aRepository({ one: ['a'], two: ['b'] });
  for (const name of ['one', 'two']) await behaviors.look(name, passing, holding);
  behaviors.drifting.set('two', ['a', 'b']);
  await behaviors.look('two', passing, holding);
  assert.deepEqual([behaviors.twiceOpen(), behaviors.world.github.pulls.map(({ state }) => state), await saidOf(behaviors, 'two')], [[], ['open', 'open'], ['same_files']]);
  behaviors.drifting.delete('one');
  for (const name of ['one', 'two']) await behaviors.look(name, passing, holding);
  assert.deepEqual([behaviors.world.github.pulls.map(({ state, head }) => [state, behaviors.filesAt(head)]), await saidOf(behaviors, 'two')], [[['closed', ['a']], ['open', ['a', 'b']]], ['same_content']]);
});

test('what we closed is not opened again beside one that writes its file by now', async () => {
  const behaviors = aRepository({ one: ['a'] });
  await behaviors.look('one', passing, holding);
  behaviors.drifting.delete('one');
  await behaviors.look('one', passing, holding);
  behaviors.drifting.set('two', ['a']);
  await behaviors.look('two', passing, holding);
  behaviors.drifting.set('one', ['b']);
  await behaviors.look('one', passing, holding);
  assert.deepEqual([behaviors.world.github.pulls.map(({ state }) => state), await saidOf(behaviors, 'one')], [['closed', 'open'], ['same_files']]);
});

test('2 to 6 workers on three behaviours with files in common, people and accidents by turns: never two open pull requests of ours that write one file, and rest', async () => {
  let held = 0;
  for (let seed = 1; seed <= (isLong ? 10_000 : 60); seed += 1) {
    const { said } = await simulateBehaviors(seed).catch((thrown: unknown) => {
      throw new Error(`seed ${seed}`, { cause: thrown });
    });
    held += said.filter((reason) => reason === 'same_files').length;
  }
  assert.ok(held > 0, 'nothing was ever held back');
});
