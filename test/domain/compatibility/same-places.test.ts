import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Place } from '../../../src/domain/compatibility/read-schemas.ts';
import { samePlaces } from '../../../src/domain/compatibility/same-places.ts';
import { nameOfTerm } from '../../../src/domain/compatibility/term-names.ts';
import type { Term } from '../../../src/domain/compatibility/term.ts';

const place = (to: number): Term => ({ kind: 'place', place: to });

function placeOf(...terms: readonly Term[]): Place {
  return { pointer: '', demands: terms.map((term) => ({ keyword: '', pointer: '', written: undefined, term })) };
}

/** All places named anew in each round, until a round tells none apart. */
function inRounds(places: readonly Place[]): readonly number[] {
  let classes: readonly number[] = places.map(() => 0);
  for (let count = 0; ; ) {
    const before = classes;
    const names = places.map(({ demands }) => [...new Set(demands.map(({ term }) => nameOfTerm(term, (to) => before[to] ?? 0)))].toSorted().join('\n'));
    classes = names.map((name) => names.indexOf(name));
    const told = new Set(classes).size;
    if (told === count) return classes;
    count = told;
  }
}

const size = 12;
const someTerm: fc.Arbitrary<Term> = fc.oneof(
  fc.nat(size - 1).map((to): Term => ({ kind: 'property', name: 'a', term: place(to) })),
  fc.uniqueArray(fc.nat(size - 1), { minLength: 2, maxLength: 3 }).map((to): Term => ({ kind: 'or', terms: to.map(place) })),
  fc.constantFrom<Term>({ kind: 'unique' }, { kind: 'minItems', count: 1 }),
);

test('samePlaces() tells apart what naming all places in rounds tells apart, and nothing else', () => {
  const somePlaces = fc.array(fc.array(someTerm, { maxLength: 2 }).map((terms) => placeOf(...terms)), { minLength: size, maxLength: size });
  fc.assert(fc.property(somePlaces, (places) => assert.deepEqual(samePlaces(places), inRounds(places))), { numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 250, seed: 5 });
});

test('attack: twenty thousand schemas in a row, each of which differs from the next only at the far end, are told apart', () => {
  const places = Array.from({ length: 20_000 }, (_, index) => (index === 19_999 ? placeOf({ kind: 'unique' }) : placeOf({ kind: 'property', name: 'a', term: place(index + 1) })));
  assert.deepEqual(samePlaces(places), [...places.keys()]);
});
