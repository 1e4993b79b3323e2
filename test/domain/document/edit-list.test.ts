import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendItems, removeItems } from '../../../src/domain/document/edit-list.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { isFailure } from '../../builders/is-failure.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array): string => new TextDecoder().decode(content);
const append = (before: string, path = 'w.yaml'): string => text(appendItems(bytes(before), path, 'waivers', [{ code: 'a/b', until: '2027-01-01' }]));
const remove = (before: string, path = 'w.yaml'): string => text(removeItems(bytes(before), path, 'waivers', (item: JsonValue) => isJsonObject(item) && item['code'] === 'a/b'));

const appended: readonly (readonly [what: string, before: string, after: string, path?: string])[] = [
  ['items on lines of their own', 'version: 1\nwaivers:\n  # the first\n  - {code: c/d} # kept\nmore: 1 # too\n', 'version: 1\nwaivers:\n  # the first\n  - {code: c/d} # kept\n  - {code: a/b, until: "2027-01-01"}\nmore: 1 # too\n'],
  ['items without indentation', 'waivers:\n- code: c/d\n  until: x\n', 'waivers:\n- code: c/d\n  until: x\n- {code: a/b, until: "2027-01-01"}\n'],
  ['a file that does not end with a line end', 'waivers:\n  - {code: c/d}', 'waivers:\n  - {code: c/d}\n  - {code: a/b, until: "2027-01-01"}'],
  ['line ends of another system', 'waivers:\r\n  - {code: c/d}\r\n', 'waivers:\r\n  - {code: c/d}\r\n  - {code: a/b, until: "2027-01-01"}\r\n'],
  ['an empty list', 'waivers: [] # none\n', 'waivers: [{code: a/b, until: "2027-01-01"}] # none\n'],
  ['a list between brackets', 'waivers: [{code: c/d}]\n', 'waivers: [{code: c/d}, {code: a/b, until: "2027-01-01"}]\n'],
  ['a member that is missing', 'version: 1\n# end\n', 'version: 1\nwaivers: [{code: a/b, until: "2027-01-01"}]\n# end\n'],
  ['JSON', '{"waivers": [\n  {"code": "c/d"}\n]}\n', '{"waivers": [\n  {"code": "c/d"}, {"code": "a/b", "until": "2027-01-01"}]}\n', 'w.json'],
];

for (const [what, before, after, path] of appended) {
  test(`appendItems() to ${what} changes nothing else`, () => {
    assert.equal(append(before, path), after);
  });
}

const removed: readonly (readonly [what: string, before: string, after: string, path?: string])[] = [
  ['the first of two', 'waivers:\n  - code: a/b\n    until: x # gone\n  - {code: c/d} # kept\nmore: 1\n', 'waivers:\n  - {code: c/d} # kept\nmore: 1\n'],
  ['the last of two', 'waivers:\n  - {code: c/d} # kept\n  - {code: a/b}\nmore: 1\n', 'waivers:\n  - {code: c/d} # kept\nmore: 1\n'],
  ['the only one', 'version: 1\nwaivers:\n  - {code: a/b}\n', 'version: 1\nwaivers: []\n'],
  ['none', 'waivers: [{code: c/d}]\n', 'waivers: [{code: c/d}]\n'],
  ['one between brackets', 'waivers: [{code: a/b}, {code: c/d}] # x\n', 'waivers: [{code: c/d}] # x\n'],
  ['one of JSON', '{"waivers": [{"code": "a/b"}, {"code": "c/d"}]}\n', '{"waivers": [{"code": "c/d"}]}\n', 'w.json'],
];

for (const [what, before, after, path] of removed) {
  test(`removeItems() of ${what} changes nothing else`, () => {
    assert.equal(remove(before, path), after);
  });
}

test('appendItems() refuses what can not be read, is no object, or has no list there', () => {
  for (const before of ['waivers: [', '- a\n', 'waivers: 7\n', 'waivers: &a [x]\nb: *a\n', 'waivers:\n  - a: |\n      text\n    b: {\n']) assert.throws(() => append(before), isFailure('EDIT_FAILED'), before);
});

test('an item that tries to leave its line stays one value', () => {
  const item = { code: 'a/b', reason: 'x}\n- {code: "*"}\n# \u2028 \u0000' };
  const after = text(appendItems(bytes('waivers:\n  - {code: c/d}\n'), 'w.yaml', 'waivers', [item]));
  assert.equal(after.split('\n').length, 4);
});
