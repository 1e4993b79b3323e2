import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddressOf } from '../../../src/web/api/client-address.ts';
import { createRateLimit } from '../../../src/web/api/rate-limit.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

test('a key has its burst at once and then its rate, for ever', () => {
  const clock = fakeClock();
  const take = createRateLimit({ perMinute: 30, burst: 4 }, clock);
  const taken: (number | null)[] = [];
  for (let count = 0; count < 6; count += 1) taken.push(take('a'));
  assert.deepEqual(taken, [null, null, null, null, 2, 2]);
  let answered = 0;
  for (let second = 0; second < 600; second += 1) {
    clock.advance(1_000);
    if (take('a') === null) answered += 1;
  }
  assert.equal(answered, 300);
});

test('a clock that was ahead and is set back shuts nobody out for longer than the rate does', () => {
  const clock = fakeClock();
  const take = createRateLimit({ perMinute: 30, burst: 4 }, clock);
  clock.advance(86_400_000);
  assert.equal(take('a'), null);
  clock.advance(-86_400_000);
  assert.equal(take('a'), 2);
  clock.advance(2_000);
  assert.equal(take('a'), null);
});

test('attack: any number of keys is remembered in so much memory, and those who asked last are', () => {
  const take = createRateLimit({ perMinute: 1, burst: 1 }, fakeClock());
  for (let count = 0; count < 25_000; count += 1) take(`key ${count}`);
  assert.deepEqual([take('key 24999') === null, take('key 0')], [false, null]);
});

const addresses: readonly [heard: string | undefined, forwarded: string | undefined, proxies: number, counted: string][] = [
  ['192.0.2.1', '203.0.113.1', 0, '192.0.2.1'],
  ['192.0.2.1', '203.0.113.1:40001', 1, '203.0.113.1'],
  ['192.0.2.1', '::ffff:203.0.113.1', 1, '203.0.113.1'],
  ['192.0.2.1', '[::ffff:203.0.113.1]:40001', 1, '203.0.113.1'],
  ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2'],
  ['2001:db8::6', undefined, 0, '2001:db8:0:0'],
  ['2001:0db8:0:0:9::1', undefined, 0, '2001:db8:0:0'],
  ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0'],
  ['::1', undefined, 0, '0:0:0:0'],
  ['10.0.0.1', 'anything, 203.0.113.1', 1, '203.0.113.1'],
  ['10.0.0.1', '203.0.113.1, 10.0.0.2', 2, '203.0.113.1'],
  ['10.0.0.1', '203.0.113.1', 2, '10.0.0.1'],
  ['10.0.0.1', undefined, 1, '10.0.0.1'],
  ['10.0.0.1', '[2001:db8::1]:443', 1, '2001:db8:0:0'],
  [undefined, undefined, 0, 'unknown'],
];
for (const [heard, forwarded, proxies, counted] of addresses) {
  test(`${heard ?? 'nobody'} with ${forwarded ?? 'nothing'} behind ${proxies} is counted as ${counted}`, () => {
    assert.equal(clientAddressOf({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress: heard } as never }, proxies), counted);
  });
}
