import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNumbers, schemaPlace } from '../../../src/domain/schema/schema-place.ts';

const places: readonly (readonly [path: string, family: string, version: string | null])[] = [
  ['schemas/order/v2.schema.json', 'schemas/order/*.schema.json', '2'],
  ['schemas/order-1.2.0.json', 'schemas/order-*.json', '1.2.0'],
  ['schemas/order/2026-01-15.json', 'schemas/order/*.json', '2026.01.15'],
  ['schemas/V3/order.json', 'schemas/*/order.json', '3'],
  ['schemas/draft-7/order/v10.json', 'schemas/draft-7/order/*.json', '10'],
  ['schemas/order.schema.json', 'schemas/order.schema.json', null],
  ['schemas/order2.json', 'schemas/order2.json', null],
  ['schemas/orderv2.json', 'schemas/orderv2.json', null],
  ['schemas/sha256sum.json', 'schemas/sha256sum.json', null],
];

for (const [path, family, version] of places) {
  test(`schemaPlace() finds ${version === null ? 'no version' : `version ${version}`} in ${path}`, () => {
    assert.deepEqual(schemaPlace(path), { family, version: version?.split('.') ?? null });
  });
}

test('schemaPlace() ends in time on a path made of nothing but numbers', () => {
  assert.equal(schemaPlace('1.'.repeat(100_000)).version?.length, 100_000);
  assert.equal(schemaPlace(`${'1.'.repeat(100_000)}1a`).version?.length, 100_000);
});

test('compareNumbers() compares number by number, whatever their length', () => {
  const numbers = ['10', '9', '1.10', '1.9', '1', '1.0', `1${'0'.repeat(30)}`, '002'].map((text) => text.split('.'));
  const sorted = numbers.toSorted(compareNumbers).map((one) => one.join('.'));
  assert.deepEqual(sorted, ['1', '1.0', '1.9', '1.10', '002', '9', '10', `1${'0'.repeat(30)}`]);
  assert.equal(compareNumbers(['1'], ['1', '0']), 0);
});
