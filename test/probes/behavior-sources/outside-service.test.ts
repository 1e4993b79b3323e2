import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createOutsideService } from '../../../src/probes/behavior-sources/outside-service.ts';
import type { Trouble } from '../../../src/probes/behavior-sources/outside-service.ts';

const outage: Trouble = { kind: 'trouble', why: 'away', isOutage: true };
const wrong: Trouble = { kind: 'trouble', why: 'wrong' };

/** Waits until whatever can go on by itself has. */
const settled = async () => await new Promise((resolve) => void setImmediate(resolve));

suite('an outside service', () => {
  test('that never answers ends its round all the same, and is not asked what nobody waits for any more', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 2, roundMs: 20 });
    const { promise: never, resolve } = Promise.withResolvers<'told'>();
    let asked = 0;
    const told = await service.round(async (ask) => await Promise.all(Array.from({ length: 5 }, async () => await ask(async () => await ((asked += 1), never)))));
    assert.deepEqual(told.map((one) => one === 'told' || one.why), Array.from({ length: 5 }, () => 'it was too slow for all that one change asks; the rest is asked with the next attempt'));
    resolve('told');
    await settled();
    assert.equal(asked, 2);
    assert.deepEqual(await service.round(async (ask) => await ask(async () => await Promise.resolve('again' as const))), 'again');
  });

  test('lets rounds take turns: one with many questions does not keep a later one waiting for all of them', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 1, roundMs: 60_000 });
    const order: string[] = [];
    const round = (name: string, count: number) => service.round(async (ask) => await Promise.all(Array.from({ length: count }, async (_, index) => await ask(async () => await settled().then(() => order.push(`${name}${index}`))))));
    await Promise.all([round('a', 3), round('b', 2)]);
    assert.deepEqual(order, ['a0', 'b0', 'a1', 'b1', 'a2']);
  });

  test('is given less time by a round that comes beside two others', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 4, roundMs: 240 });
    const ended: string[] = [];
    const round = async (name: string) => await service.round(async (ask) => await ask(async () => await new Promise<never>(() => undefined))).then(() => ended.push(name));
    await Promise.all([round('first'), round('second'), round('third')]);
    assert.equal(ended[0], 'third');
    assert.equal(ended.length, 3);
  });

  test('is left alone after five outages in a row', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 1, roundMs: 60_000 });
    let asked = 0;
    const answers = await service.round(async (ask) => await Promise.all(Array.from({ length: 7 }, async () => await ask(async () => await Promise.resolve(((asked += 1), outage))))));
    assert.equal(asked, 5);
    assert.deepEqual(answers.slice(4).map(({ why }) => why), ['away', ...Array.from({ length: 2 }, () => 'it gave no usable answer 5 times in a row, and is left alone for 20 s')]);
  });

  test('attack: wrong answers to one who asks close it to nobody else', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 1, roundMs: 60_000 });
    await service.round(async (ask) => await Promise.all(Array.from({ length: 20 }, async () => await ask(async () => await Promise.resolve(wrong)))));
    assert.equal(await service.round(async (ask) => await ask(async () => await Promise.resolve('told' as const))), 'told');
  });

  test('breaks where asking it breaks', async () => {
    const service = createOutsideService({ name: 'it', atOnce: 1, roundMs: 60_000 });
    await assert.rejects(service.round(async (ask) => await ask(async () => await Promise.reject(new Error('broken')))), { message: 'broken' });
  });
});
