import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bumpLevel, changeClasses, isBumpEnough, isChangeClass, smallestVersion, strictestClass } from '../../../src/domain/contract/change-class.ts';
import { isSuccessor } from '../../../src/domain/contract/version.ts';

test('smallestVersion() raises the part that the class asks for', () => {
  const versions = (previous: string) => changeClasses.map((one) => smallestVersion(previous, one));
  assert.deepEqual(versions('1.2.3'), ['1.2.4', '1.3.0', '2.0.0']);
  assert.deepEqual(versions('v1.2.3+build'), ['v1.2.4', 'v1.3.0', 'v2.0.0']);
});

test('smallestVersion() takes the minor part for breaking before 1.0.0, and the patch part for the rest', () => {
  assert.deepEqual(changeClasses.map((one) => smallestVersion('0.2.3', one)), ['0.2.4', '0.2.4', '0.3.0']);
  assert.deepEqual(changeClasses.map((one) => bumpLevel('0.2.3', one)), ['patch', 'patch', 'minor']);
});

test('smallestVersion() counts the numbers that a pre-release has announced', () => {
  assert.deepEqual(changeClasses.map((one) => smallestVersion('2.0.0-rc.1', one)), ['2.0.0', '2.0.0', '2.0.0']);
  assert.deepEqual(changeClasses.map((one) => smallestVersion('1.1.0-rc.1', one)), ['1.1.0', '1.1.0', '2.0.0']);
  assert.deepEqual(changeClasses.map((one) => smallestVersion('1.0.1-rc.1', one)), ['1.0.1', '1.1.0', '2.0.0']);
});

test('smallestVersion() goes on with the next part where a number can not grow', () => {
  const most = Number.MAX_SAFE_INTEGER;
  assert.equal(smallestVersion(`1.2.${most}`, 'cosmetic'), '1.3.0');
  assert.equal(smallestVersion(`${most}.${most}.${most}`, 'cosmetic'), `${most}.${most}.${most}`);
});

test('isBumpEnough() takes what says as much or more, pre-releases of it included', () => {
  for (const next of ['2.0.0', '2.0.0-rc.1', '3.1.0', 'v2.0.0']) assert.equal(isBumpEnough('1.2.3', next, 'breaking'), true, next);
  for (const next of ['1.3.0', '1.3.0-0', '2.0.0']) assert.equal(isBumpEnough('1.2.3', next, 'additive'), true, next);
});

test('isBumpEnough() refuses what says less, what does not come after, and what is no version', () => {
  for (const next of ['1.2.4', '1.3.0', '1.9.9-rc.1', '1.2.3', '0.9.0', 'next', '1.2.3-rc.1']) assert.equal(isBumpEnough('1.2.3', next, 'breaking'), false, next);
  assert.equal(isBumpEnough('0.2.3', '0.2.4', 'breaking'), false);
});

test('a breaking change that hides behind a pre-release of a patch is refused', () => {
  assert.deepEqual([isBumpEnough('1.0.0', '1.0.1-rc.1', 'cosmetic'), isBumpEnough('1.0.1-rc.1', '1.0.1', 'breaking'), isBumpEnough('1.0.1-rc.1', '1.0.1-rc.2', 'additive')], [true, false, false]);
});

test('the smallest version of a class is enough for it, comes after, and is never smaller for a stricter class', () => {
  const number = fc.nat({ max: 3 });
  const version = fc.tuple(number, number, number, fc.constantFrom('', '-rc.1', '-0', '+b')).map(([major, minor, patch, tag]) => `${major}.${minor}.${patch}${tag}`);
  fc.assert(
    fc.property(version, fc.constantFrom(...changeClasses), (previous, one) => {
      const smallest = smallestVersion(previous, one);
      assert.deepEqual([isBumpEnough(previous, smallest, one), isSuccessor(smallest, previous)], [true, true]);
      assert.ok(!isSuccessor(smallest, smallestVersion(previous, 'breaking')));
    }),
    { seed: 5 },
  );
});

test('strictestClass() of none is none, and a class is one of three words', () => {
  assert.deepEqual([strictestClass([]), strictestClass(['cosmetic', 'breaking', 'additive'])], [null, 'breaking']);
  assert.deepEqual(['breaking', 'Breaking', 'constructor', 1].map(isChangeClass), [true, false, false, false]);
});
