import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalBytes, canonicalText } from '../../src/domain/canonical.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import { limits } from '../../src/domain/limits.ts';
import { conformanceFolder, needsConformance } from '../builders/conformance.ts';

test('canonicalBytes() writes the published RFC 8785 bytes', needsConformance('jcs'), () => {
  const folder = conformanceFolder('jcs');
  const names = readdirSync(join(folder, 'input'));
  assert.equal(names.length, 6);
  for (const name of names) {
    const reading = readDocument(readFileSync(join(folder, 'input', name)), 'json');
    assert.ok(reading.kind === 'document', name);
    const hex = readFileSync(join(folder, 'outhex', name.replace('.json', '.txt')), 'utf8').replaceAll(/\s/g, '');
    assert.equal(Buffer.from(canonicalBytes(reading.document.value)).toString('hex'), hex, name);
  }
});

test('canonicalText() refuses what JSON can not express', () => {
  const holes: unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, undefined, { a: undefined }, [() => 1], Array(2), Array.from([1, 2]).concat(Array(1)), [undefined], Symbol('a'), { a: Symbol('a') }, 1n, new Date(0), [new Map()], Buffer.from('a')];
  for (const value of holes) assert.throws(() => Reflect.apply(canonicalText, null, [value]), `${String(value)} must be refused`);
});

test('canonicalText() writes a value that is fifty times as deep as a document may be', () => {
  const depth = 50 * limits.depth;
  const deep: unknown = JSON.parse(`${'{"a":['.repeat(depth / 2)}1${']}'.repeat(depth / 2)}`);
  assert.equal(Reflect.apply(canonicalText, null, [deep]), `${'{"a":['.repeat(depth / 2)}1${']}'.repeat(depth / 2)}`);
});

test('canonicalText() keeps members that are called as those of every object, in their order', () => {
  const members: unknown = JSON.parse('{"toJSON":1,"constructor":2,"__proto__":{"b":[],"a":{}},"10":3,"9":4}');
  assert.equal(Reflect.apply(canonicalText, null, [members]), '{"10":3,"9":4,"__proto__":{"a":{},"b":[]},"constructor":2,"toJSON":1}');
});
