import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Reading } from '../../../src/domain/document/document.ts';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import { conformanceFolder, needsConformance } from '../../builders/conformance.ts';

/** Strictly refused although RFC 8259 leaves it open: duplicate keys. */
const refusedOnPurpose = new Set(['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json']);

function cases(folder: string): readonly (readonly [string, Uint8Array])[] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const);
}

test('the JSON reader accepts what must be accepted, with the value of JSON.parse', needsConformance('json'), () => {
  const wrong: string[] = [];
  for (const [name, bytes] of cases(conformanceFolder('json/test_parsing'))) {
    if (!name.startsWith('y_') || refusedOnPurpose.has(name)) continue;
    const reading = readDocument(bytes, 'json');
    if (reading.kind !== 'document') wrong.push(name);
    else assert.deepEqual(JSON.stringify(reading.document.value), JSON.stringify(JSON.parse(new TextDecoder().decode(bytes))), name);
  }
  assert.deepEqual(wrong, []);
});

test('the JSON reader refuses what must be refused, and duplicate keys', needsConformance('json'), () => {
  const accepted = cases(conformanceFolder('json/test_parsing'))
    .filter(([name]) => name.startsWith('n_') || refusedOnPurpose.has(name))
    .filter(([, bytes]) => readDocument(bytes, 'json').kind === 'document')
    .map(([name]) => name);
  assert.deepEqual(accepted, []);
});

test('the JSON reader never gives another value than JSON.parse for what the specification leaves open', needsConformance('json'), () => {
  const folders = ['json/test_parsing', 'json/test_transform'].map(conformanceFolder);
  const accepted = folders.flatMap((folder) => cases(folder)).flatMap(([name, bytes]) => {
    const reading = readDocument(bytes, 'json');
    if (reading.kind === 'problem' || name.startsWith('y_')) return [];
    assert.deepEqual(reading.document.value, JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)), name);
    return [name];
  });
  assert.deepEqual(accepted.toSorted(), [
    'number_1.0.json',
    'number_1.000000000000000005.json',
    'number_1000000000000000.json',
    'number_1e6.json',
    'object_key_nfc_nfd.json',
    'object_key_nfd_nfc.json',
    'string_with_escaped_NULL.json',
  ]);
});

interface YamlCase {
  readonly id: string;
  readonly name: string;
  readonly yaml: string;
  readonly error: boolean;
  readonly json?: string;
}

function yamlCases(): readonly YamlCase[] {
  const lines = readFileSync(join(conformanceFolder('yaml'), 'yaml-test-suite.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line): YamlCase => JSON.parse(line));
}

function readCase(one: YamlCase): Reading {
  return readDocument(new TextEncoder().encode(one.yaml), 'yaml');
}

test('the YAML reader gives the expected value or refuses, never another value', needsConformance('yaml'), () => {
  let same = 0;
  for (const one of yamlCases()) {
    const reading = readCase(one);
    if (reading.kind === 'problem') continue;
    assert.equal(one.error, false, `${one.id} ${one.name} must be refused`);
    if (one.json === undefined) continue;
    assert.deepEqual(reading.document.value, JSON.parse(one.json), `${one.id} ${one.name}`);
    same += 1;
  }
  assert.ok(same >= 150, `only ${same} documents are read at all`);
});

test('the YAML reader accepts every document of the suite that is in the subset and not empty', needsConformance('yaml'), () => {
  const outside = /[&*!%]|^---[\s\S]*^---|\.\.\.|<<|^\s*\?|^\s*:/m;
  const refused = yamlCases()
    .filter((one) => !one.error && (one.json ?? '') !== '' && !outside.test(one.yaml))
    .flatMap((one) => {
      const reading = readCase(one);
      return reading.kind === 'problem' ? [`${one.id} ${one.name}: ${reading.problem.message}`] : [];
    });
  assert.deepEqual(refused, []);
});
