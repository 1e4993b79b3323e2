import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { canonicalText } from '../../src/domain/canonical.ts';
import { digestOfValue } from '../../src/domain/digest.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';

const runs = { seed: 8785, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 50_000 : 250 };

/** Names and texts that formats differ about: of prototypes, words and numbers of YAML, escapes, surrogate pairs. */
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('__proto__', 'constructor', '', '1', '01', '1e3', '0x1', '~', 'null', 'true', 'yes', '- a', 'a: b', '#', '\u20ac', '\u{1f600}', '\ufb33', '\r', '\u0080', '\u2028', '\ufeff', ' a ', 'a\n', '\u0000', '\u007f', '<<'));
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(-0, 1e21, 1e-7, 5e-324, Number.MAX_VALUE));
const value = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(text, tie('value'), { maxKeys: 5 })),
})).value;

/** RFC 8785, section 3.2, word for word and as slow as it likes: members by UTF-16 code units, scalars as ECMAScript writes them. */
function plainCanonicalForm(one: JsonValue): string {
  if (Array.isArray(one)) return `[${one.map(plainCanonicalForm).join(',')}]`;
  if (typeof one !== 'object' || one === null) return JSON.stringify(one);
  const names = Object.keys(one).toSorted(byCodeUnits);
  return `{${names.map((name) => `${JSON.stringify(name)}:${plainCanonicalForm(Object.entries(one).find(([key]) => key === name)?.[1] ?? null)}`).join(',')}}`;
}

function byCodeUnits(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

test('canonicalText() writes what a plain reading of RFC 8785 writes, whatever the value', () => {
  fc.assert(fc.property(value, (one) => {
    assert.equal(canonicalText(one), plainCanonicalForm(one));
  }), runs);
});

test('canonicalText() does not depend on the order of members, and reads back as the same value', () => {
  fc.assert(fc.property(fc.dictionary(text, value, { maxKeys: 6 }), (members) => {
    const turned = Object.fromEntries(Object.entries(members).toReversed());
    assert.equal(canonicalText(turned), canonicalText(members));
    const reading = readDocument(Buffer.from(canonicalText(members)), 'json');
    if (reading.kind === 'document') assert.equal(canonicalText(reading.document.value), canonicalText(members));
  }), runs);
});

test('JSON and YAML twins of any value have the hash of the value, or one of them is refused', () => {
  const read = { json: 0, yaml: 0, both: 0 };
  fc.assert(fc.property(value, fc.constantFrom(undefined, 2, '\t'), fc.constantFrom<'PLAIN' | 'QUOTE_DOUBLE'>('PLAIN', 'QUOTE_DOUBLE'), fc.nat(120), (one, indent, style, lineWidth) => {
    const json = readDocument(Buffer.from(JSON.stringify(one, null, indent)), 'json');
    const yaml = readDocument(Buffer.from(stringify(one, { defaultStringType: style, lineWidth: lineWidth < 40 ? 0 : lineWidth, aliasDuplicateObjects: false, version: '1.2' })), 'yaml');
    const expected = digestOfValue(one);
    for (const reading of [json, yaml]) if (reading.kind === 'document') assert.equal(digestOfValue(reading.document.value), expected);
    read.json += json.kind === 'document' ? 1 : 0;
    read.yaml += yaml.kind === 'document' ? 1 : 0;
    read.both += json.kind === 'document' && yaml.kind === 'document' ? 1 : 0;
  }), runs);
  // Else the property would hold of readers that refuse everything.
  assert.ok(read.both > runs.numRuns / 3, JSON.stringify(read));
});
