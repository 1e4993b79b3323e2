import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { readWaiverFile } from '../../../src/domain/waiver/read-waiver-file.ts';
import type { WaiverFileReading } from '../../../src/domain/waiver/read-waiver-file.ts';
import { isTooLong, lastWaiverDay, mayEndAt, whyNotWaivable } from '../../../src/domain/waiver/waiver-bounds.ts';
import actionRequest from '../../../schemas/action-request.schema.json' with { type: 'json' };
import waivers from '../../../schemas/waivers.schema.json' with { type: 'json' };

const entry = { code: 'contract/schema_invalid', fingerprint: 'a'.repeat(16), path: 'a.yaml', owner: 'team:a', reason: 'known', grantedBy: 'mona', until: '2027-01-01' };

function read(value: JsonObject): WaiverFileReading {
  const reading = readDocument(new TextEncoder().encode(JSON.stringify(value)), 'json');
  if (reading.kind === 'problem') throw new Error(reading.problem.message);
  return readWaiverFile(reading.document);
}

function messagesOf(value: JsonObject): readonly string[] {
  const reading = read(value);
  return reading.kind === 'invalid' ? reading.violations.map(({ message }) => message) : [];
}

test('the schemas of waivers and of requests are schemas of their dialect', () => {
  const ajv = new Ajv();
  assert.deepEqual([ajv.validateSchema(waivers), ajv.validateSchema(actionRequest)], [true, true]);
});

test('an entry is read with its end as an instant and with where it stands', () => {
  assert.deepEqual(read({ version: 1, waivers: [entry] }), { kind: 'waivers', entries: [{ pointer: '/waivers/0', waiver: { ...entry, contract: null, until: '2027-01-01T00:00:00.000Z' } }] });
});

test('an entry may name a contract instead of a path, and not neither', () => {
  const { path, ...without } = entry;
  assert.deepEqual(messagesOf({ version: 1, waivers: [{ ...without, contract: path }] }), []);
  assert.deepEqual(messagesOf({ version: 1, waivers: [without] }), ['Cannot use `waivers.0`: found an object, expected the key `path` or `contract`.']);
});

test('a file with one thing wrong has no entry that counts', () => {
  assert.deepEqual(messagesOf({ version: 1, waivers: [entry, { ...entry, until: 'for ever' }] }), ['Cannot use `waivers.1.until`: found "for ever", expected a day such as 2027-03-31, or an instant with its zone.']);
  assert.deepEqual(messagesOf({ version: 1, waivers: [{ ...entry, util: 1 }] }), ['Cannot use the key "util" in `waivers.0`: it is not known. Did you mean `until`?']);
  assert.deepEqual(messagesOf({ waivers: [] }), ['Cannot use `waiver file`: found an object, expected the key `version`.']);
});

test('more entries than the limit are refused', () => {
  assert.equal(messagesOf({ version: 1, waivers: Array.from({ length: 501 }, () => entry) }).length, 1);
});

test('a code can be waived when it is declared so and the organisation leaves it alone', () => {
  assert.equal(whyNotWaivable('contract/schema_invalid', null), null);
  assert.equal(whyNotWaivable('contract/schema_invalid', { 'contract/removed': { kind: 'enforce' } }), null);
});

test('a code can not be waived when it is unknown, declared so, or set by the organisation', () => {
  assert.equal(whyNotWaivable('contract/removed', null), 'findings of this code can not be waived');
  assert.equal(whyNotWaivable('constructor', null), 'no finding of this version has this code');
  for (const code of ['contract/schema_invalid', '*']) assert.notEqual(whyNotWaivable('contract/schema_invalid', { [code]: { kind: 'warn', until: '2027-01-01T00:00:00.000Z' } }), null);
});

test('a waiver may end 90 days ahead and not a moment later, nor at no time at all', () => {
  const now = '2026-11-20T12:00:00.000Z';
  assert.deepEqual(['2027-02-18T12:00:00.000Z', '2027-02-18T12:00:00.001Z', 'never'].map((until) => isTooLong({ until }, now)), [false, true, true]);
  assert.deepEqual(['2026-11-20', now, '2026-11-21', '2027-02-18', '2027-02-19', 'never'].map((until) => mayEndAt(until, now)), [false, false, true, true, false, false]);
  assert.equal(lastWaiverDay(now), '2027-02-18');
});
