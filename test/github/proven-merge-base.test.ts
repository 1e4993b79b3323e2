import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { provenMergeBase } from '../../src/github/proven-merge-base.ts';
import type { Parents } from '../../src/github/proven-merge-base.ts';

const runs = { seed: 17, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 100_000 : 3_000 };

function known(parents: Readonly<Record<string, string>>): Parents {
  return new Map(Object.entries(parents).map(([commit, text]) => [commit, text.split(' ').filter((parent) => parent !== '')]));
}

for (const [what, parents, expected] of [
  ['a base that did not move', { h: 'x', x: 'b' }, 'b'],
  ['a base that moved on', { h: 'x', x: 'm', b: 'c', c: 'm' }, 'm'],
  ['a base that took a branch that began later', { h: 'm', b: 'c s', s: 'c', c: 'm' }, 'm'],
  ['a base that took a branch that began earlier, where that is known', { h: 'm', b: 'c s', s: 'n', c: 'm', m: 'n' }, 'm'],
  ['a base that was merged into the head and moved on', { h: 'x b1', x: 'm', b: 'b1', b1: 'm' }, 'b1'],
  ['a head that the base stands on', { b: 'c', c: 'h' }, 'h'],
  ['one commit', { h: 'm' }, null],
] as const) {
  test(`${what} has ${expected ?? 'no'} proven merge base`, () => assert.equal(provenMergeBase('b', 'h', known(parents)), expected));
}

for (const [what, parents] of [
  ['a branch of the base that leads to what was not told', { h: 'm', b: 'c s', c: 'm' }],
  ['a branch that began at a commit of which it is not told that it is older', { h: 'm', b: 'c s', s: 'n', c: 'm' }],
  ['a head that leads to what was not told', { h: 'm x', b: 'm' }],
  ['two merge bases', { h: 'm n', b: 'n m', m: 'r', n: 'r' }],
  ['nothing in common', { h: 'x', b: 'y', x: '', y: '' }],
  ['a circle that never meets the base', { h: 'x', x: 'h' }],
] as const) {
  test(`${what} proves no merge base`, () => assert.equal(provenMergeBase('b', 'h', known(parents)), null));
}

/** A history: each commit stands on up to two that are older; and of which of them GitHub told. */
const aHistory = fc.integer({ min: 2, max: 12 }).chain((count) =>
  fc.record({
    parents: fc.tuple(...Array.from({ length: count }, (_, index) => fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { maxLength: index === 0 ? 0 : 2 }))),
    isTold: fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)), { minLength: count, maxLength: count }),
    base: fc.nat(count - 1),
    head: fc.nat(count - 1),
  }),
);

/** Every common ancestor on which no other one stands, as git has it. */
function bestOf(parents: readonly (readonly number[])[], base: number, head: number): readonly number[] {
  const above = (from: number): ReadonlySet<number> => {
    const found = new Set([from]);
    for (const one of found) for (const parent of parents[one] ?? []) found.add(parent);
    return found;
  };
  const common = [...above(base)].filter((one) => above(head).has(one));
  return common.filter((one) => !common.some((other) => other !== one && above(other).has(one)));
}

test('whatever is told of a history, what is proven is its only merge base', () => {
  let proven = 0;
  fc.assert(
    fc.property(aHistory, ({ parents, isTold, base, head }) => {
      const told: Parents = new Map(parents.flatMap((of, commit) => (isTold[commit] === true ? [[String(commit), of.map(String)] as const] : [])));
      const found = provenMergeBase(String(base), String(head), told);
      if (found === null) return;
      proven += 1;
      assert.deepEqual(bestOf(parents, base, head), [Number(found)]);
    }),
    runs,
  );
  assert.ok(proven > runs.numRuns / 5, `only ${proven} of ${runs.numRuns} were proven`);
});
