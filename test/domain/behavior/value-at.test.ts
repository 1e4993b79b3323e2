import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationOf } from '../../../src/domain/duration.ts';
import { isStrict } from '../../../src/domain/behavior/is-strict.ts';
import { valueAt } from '../../../src/domain/behavior/value-at.ts';
import { isRepositoryPath } from '../../../src/domain/repository-path.ts';
import { isWebUrl } from '../../../src/domain/web-url.ts';

test('valueAt() finds members, elements, and all of the answer at `/`', () => {
  const answer = { a: [1, { 'b/c': 2 }] };
  assert.deepEqual(['/', '/a', '/a/0', '/a/1/b~1c'].map((pointer) => valueAt(answer, pointer)), [answer, answer.a, 1, 2]);
});

test('valueAt() finds nothing where an answer has nothing of its own', () => {
  const answer = { a: [1], t: 'text' };
  const pointers = ['/b', '/a/1', '/a/-', '/a/00', '/a/length', '/t/length', '/constructor', '/__proto__', '/a/0/x', '/toString/name', 'a'];
  assert.deepEqual(pointers.map((pointer) => valueAt(answer, pointer)), pointers.map(() => undefined));
});

test('a duration is a number with its unit, and nothing else is one', () => {
  assert.deepEqual(['90s', '15m', '24h', '7d'].map(durationOf), [90_000, 900_000, 86_400_000, 604_800_000]);
  assert.deepEqual(['', '15', 'm', '0m', '-1m', '1.5h', '1w', ' 1m', '1m ', '1e3s', '1000000s', '1constructor'].map(durationOf), Array.from({ length: 12 }, () => null));
});

test('what the organisation asks for is strict, whatever a behaviour says', () => {
  const say = (strict: boolean | null, organization: boolean | null, inForce: boolean) => isStrict({ strict }, { organization, inForce });
  assert.deepEqual([say(false, true, true), say(null, true, false), say(false, true, false)], [true, true, true]);
});

test('else a behaviour says it itself, or the configuration does', () => {
  const say = (strict: boolean | null, organization: boolean | null, inForce: boolean) => isStrict({ strict }, { organization, inForce });
  assert.deepEqual([say(false, null, true), say(true, false, false), say(null, null, true), say(null, false, false)], [false, true, true, false]);
});

test('attack: a path names one place below the root in one way, or is none', () => {
  assert.deepEqual(['a', 'a/b.json', '.github/a'].map(isRepositoryPath), [true, true, true]);
  for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'a\\b', 'C:a', 'a\0', 'a\nb']) assert.equal(isRepositoryPath(path), false, JSON.stringify(path));
});

test('attack: an address is of the web, and carries nobody', () => {
  assert.deepEqual(['https://a.example.com/x?y=1', 'http://a.example.com:9090'].map(isWebUrl), [true, true]);
  for (const url of ['', 'a.example.com', '//a.example.com', 'file:///etc/passwd', 'gopher://a', 'javascript:1', 'https://', 'https://a@b.example.com', 'https://:p@b.example.com', 'https://a.example.com/#x', 'https://a.example.com/#', ' https://a.example.com', 'https://a.example.com\\@b', 'https://a.exa\nmple.com']) assert.equal(isWebUrl(url), false, JSON.stringify(url));
});
