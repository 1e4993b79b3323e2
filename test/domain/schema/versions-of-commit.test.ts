import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aConfiguration, aSchemaSet } from '../../builders/a-configuration.ts';
import { schemaRecordOf } from '../../builders/a-schema-version.ts';
import type { SchemaFiles } from '../../builders/a-schema-version.ts';
import { blobOf } from '../../builders/content.ts';

const [one, two, three] = ['{"type":"object"}', '{"type":"array"}', '{"type":"string"}'];
const [a, b] = ['schemas/a.json', 'schemas/b.json'];
const names = new Map([one, two, three].map((text, index) => [blobOf(text), index + 1]));

/** `path: numbers of the texts`, in the order of their recording. */
function told(commits: readonly SchemaFiles[], layout: 'in-place' | 'versioned' = 'in-place'): Readonly<Record<string, readonly unknown[]>> {
  const record = schemaRecordOf(aConfiguration({ schemas: [aSchemaSet({ layout })] }), commits);
  return Object.fromEntries([...Map.groupBy(record, (version) => version.path)].map(([path, versions]) => [path, versions.map(({ blob }) => names.get(blob) ?? blob)]));
}

describe('in place', () => {
  test('each distinct content is a version, once', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: two }, { [a]: one }, { [a]: three }]), { [a]: [1, 2, 3] });
  });

  test('a byte-only change is no version', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: '{ "type": "object" }\n' }]), { [a]: [1] });
  });

  test('a schema that moves takes its versions along, through any number of moves', () => {
    const moves = [{ [a]: one }, { [a]: two }, { [a]: null, [b]: two }, { [b]: null, 'schemas/c.yaml': 'type: array\n' }, { 'schemas/c.yaml': 'type: string\n' }];
    assert.deepEqual(told(moves), { [a]: [1, 2], [b]: [1, 2], 'schemas/c.yaml': [1, 2, blobOf('type: string\n')] });
  });

  test('a schema that is overwritten by one that moves has the versions of both', () => {
    assert.deepEqual(told([{ [a]: one, [b]: three }, { [a]: two }, { [a]: null, [b]: two }]), { [a]: [1, 2], [b]: [3, 1, 2] });
  });

  test('a copy, or a rename with a change, takes no version along', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: two }, { [b]: two }]), { [a]: [1, 2], [b]: [2] });
    assert.deepEqual(told([{ [a]: one }, { [a]: null, [b]: two }]), { [a]: [1], [b]: [2] });
  });

  test('what can not be read is no version, and hides none', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: '{' }, { [a]: '{"a":1,"a":2}' }, { [a]: two }]), { [a]: [1, 2] });
  });

  test('many schemas with one content that move together are recorded in time', () => {
    const paths = Array.from({ length: 2_000 }, (_, index) => `schemas/${index}.json`);
    const all = (folder: string, text: string | null) => Object.fromEntries(paths.map((path) => [path.replace('schemas', folder), text]));
    const record = told([all('schemas', one), { ...all('schemas', null), ...all('schemas/moved', one) }]);
    assert.equal(Object.keys(record).length, 4_000);
  });
});

describe('versioned', () => {
  test('a path keeps its first content, whatever is pushed to it', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: two }, { [a]: null }, { [a]: three }], 'versioned'), { [a]: [1] });
  });

  test('a path that was mutated and moves takes the released content along, not the mutation', () => {
    assert.deepEqual(told([{ [a]: one }, { [a]: two }, { [a]: null, [b]: two }], 'versioned'), { [a]: [1], [b]: [1] });
  });

  test('a released path gets no version of one that moves onto it', () => {
    assert.deepEqual(told([{ [a]: one, [b]: three }, { [a]: null, [b]: one }], 'versioned'), { [a]: [1], [b]: [3] });
  });
});
