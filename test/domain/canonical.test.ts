import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalBytes, canonicalText } from '../../src/domain/canonical.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
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
  const holes: unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, undefined, { a: undefined }, [() => 1], Array(2)];
  for (const value of holes) assert.throws(() => Reflect.apply(canonicalText, null, [value]), `${String(value)} must be refused`);
});
