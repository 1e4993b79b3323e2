import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editItem } from '../../../src/domain/document/edit-item.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { isFailure } from '../../builders/is-failure.ts';

const edited = (text: string, index: number, value: JsonValue, path = 'a.yaml'): string => new TextDecoder().decode(editItem(new TextEncoder().encode(text), path, { member: 'items', index }, [{ pointer: '/b', value }]));

test('editItem() changes one member of one item, and no other byte', () => {
  const text = '# top\nitems:\n  # first\n  - {a: 1, b: 2} # one\n  # second\n  - a: 1 # kept\n    # about b\n    b: 2\n\n  # third\n  - a: 3\nlast: 1\n';
  assert.equal(edited(text, 0, 5), text.replace('{a: 1, b: 2}', '{a: 1, b: 5}'));
  assert.equal(edited(text, 1, 5), text.replace('    b: 2', '    b: 5'));
  assert.equal(edited(text, 2, 5), text.replace('  - a: 3\n', '  - a: 3\n    b: 5\n'));
});

test('editItem() keeps lines ends of Windows, and a last line without an end', () => {
  assert.equal(edited('items:\r\n- a: 1\r\n  b: 2\r\n', 0, 5), 'items:\r\n- a: 1\r\n  b: 5\r\n');
  assert.equal(edited('items:\n- b: 2', 0, 5), 'items:\n- b: 5');
});

test('editItem() writes a list between brackets, and one of JSON, anew', () => {
  assert.equal(edited('items: [{b: 1}, {b: 2}]\n', 1, 5), 'items: [{b: 1}, {b: 5}]\n');
  assert.equal(edited('{"items": [{"b": 1}]}', 0, [5], 'a.json'), '{"items": [{"b": [5]}]}');
});

test('editItem() refuses a list or an item that is not there', () => {
  assert.throws(() => edited('items: [1]\n', 0, 5), isFailure('EDIT_FAILED'));
  assert.throws(() => edited('other: 1\n', 0, 5), isFailure('EDIT_FAILED'));
  assert.throws(() => edited('items: [{b: 1}]\n', 1, 5), isFailure('EDIT_FAILED'));
});
