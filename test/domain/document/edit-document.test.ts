import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonicalText } from '../../../src/domain/canonical.ts';
import { editDocument } from '../../../src/domain/document/edit-document.ts';
import type { DocumentEdit } from '../../../src/domain/document/edit-document.ts';
import { pointerBelow } from '../../../src/domain/document/pointer.ts';
import { formatOf, readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { aWrittenDocument, someName, someValue } from '../../builders/a-text.ts';
import { bytesOf } from '../../builders/content.ts';
import { isFailure } from '../../builders/is-failure.ts';

const runs = { seed: 7, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 30, endOnFailure: true };

function edited(text: string, path: string, ...edits: readonly DocumentEdit[]): string {
  return new TextDecoder().decode(editDocument(bytesOf(text), path, edits));
}

function valueOf(text: string, path: string): JsonValue {
  const reading = readDocument(bytesOf(text), formatOf(path));
  return reading.kind === 'document' ? reading.document.value : assert.fail(`${reading.problem.message}\n${text}`);
}

/** Plain, so that it can not share a fault with what it is compared to. */
function withMember(value: JsonObject, name: string, member: JsonValue | undefined): JsonObject {
  const members = Object.entries(value).filter(([key]) => key !== name);
  return Object.fromEntries(member === undefined ? members : [...members, [name, member]]);
}

/** The part of `before` that is not in `after`, when everything around it is. */
function touched(before: string, after: string): { readonly start: number; readonly end: number } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, end: before.length - end };
}

function offsetOf(text: string, path: string, pointer: string): number {
  const reading = readDocument(bytesOf(text), formatOf(path));
  if (reading.kind !== 'document') return assert.fail('unreadable');
  const { line, column } = reading.document.positionOf(pointer);
  return text.split('\n').slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

test('editDocument() gives the value that was meant, whatever the document looks like', () => {
  fc.assert(
    fc.property(aWrittenDocument, someName, fc.option(someValue, { nil: undefined }), ({ path, value, text }, name, member) => {
      const after = edited(text, path, { pointer: pointerBelow('', name), value: member });
      assert.equal(canonicalText(valueOf(after, path)), canonicalText(withMember(value, name, member)), `${text}\n=>\n${after}`);
    }),
    runs,
  );
});

test('editDocument() reaches members below the root and makes what is missing on the way', () => {
  fc.assert(
    fc.property(aWrittenDocument, fc.constantFrom('meta', 'spec'), someName, someValue, ({ path, value, text }, above, name, member) => {
      const before = Object.hasOwn(value, above) ? value[above] : {};
      fc.pre(typeof before === 'object' && before !== null && !Array.isArray(before));
      const after = edited(text, path, { pointer: `/${above}${pointerBelow('', name)}`, value: member });
      const wanted = withMember(value, above, withMember(before as JsonObject, name, member));
      assert.equal(canonicalText(valueOf(after, path)), canonicalText(wanted), `${text}\n=>\n${after}`);
    }),
    runs,
  );
});

test('editDocument() leaves every byte of a document that has the value already', () => {
  fc.assert(
    fc.property(aWrittenDocument, ({ path, value, text }) => {
      for (const [name, member] of Object.entries(value)) assert.equal(edited(text, path, { pointer: pointerBelow('', name), value: member }), text);
    }),
    runs,
  );
});

test('editDocument() touches nothing between one member and the next but the member that it replaces', () => {
  fc.assert(
    fc.property(aWrittenDocument, fc.nat(), fc.constantFrom<JsonValue>('2.0.0', null, 'x y', 7), ({ path, value, text }, choice, member) => {
      const names = Object.keys(value);
      fc.pre(names.length > 0);
      const name = names[choice % names.length] ?? '';
      fc.pre(value[name] !== member);
      const { start, end } = touched(text, edited(text, path, { pointer: pointerBelow('', name), value: member }));
      const from = offsetOf(text, path, pointerBelow('', name));
      const others = names.filter((one) => one !== name).map((one) => offsetOf(text, path, pointerBelow('', one))).filter((at) => at > from);
      assert.ok(start >= from && end <= Math.min(text.length, ...others), `${text}\n${start}-${end}`);
      const old = value[name];
      if (typeof old !== 'object' && !/[#\n]/.test(String(old))) assert.doesNotMatch(text.slice(start, end), /#|\n/);
    }),
    runs,
  );
});

test('editDocument() adds a member as one piece, and removing it leaves nothing but white space', () => {
  fc.assert(
    fc.property(aWrittenDocument, fc.constantFrom('policyBundleChecksum', 'kmsKeyRef', 'other'), someValue, ({ path, value, text }, name, member) => {
      const after = edited(text, path, { pointer: `/${name}`, value: member });
      const { start, end } = touched(text, after);
      assert.equal(start, end, `${text}\n=>\n${after}`);
      if (Object.keys(value).length > 0) assert.equal(unspaced(edited(after, path, { pointer: `/${name}`, value: undefined })), unspaced(text));
    }),
    runs,
  );
});

function unspaced(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

const contract = `# yaml-language-server: $schema=x
contractId:   checkout
contractVersion: '1.0.0' # semver
# null at first
previousContractRef: null
lifecycle: active
emergencyFlags: {halted: false}   # see the runbook
signature: "abc"
spec:
  promise: one # kept

  # more to come
`;

const ref = `sha256:${'a'.repeat(64)}`;

test('editDocument() keeps comments, quotes, alignment and blank lines of a YAML contract', () => {
  const after = edited(contract, 'a.yaml', { pointer: '/contractVersion', value: '1.1.0' }, { pointer: '/previousContractRef', value: ref }, { pointer: '/policyBundleChecksum', value: ref }, { pointer: '/signature', value: undefined }, { pointer: '/emergencyFlags', value: { halted: true, humanApprovalRequired: true } });
  const expected = contract.replace("'1.0.0'", "'1.1.0'").replace('Ref: null\n', `Ref: ${ref}\npolicyBundleChecksum: ${ref}\n`).replace('signature: "abc"\n', '').replace('{halted: false}', '{halted: true, humanApprovalRequired: true}');
  assert.equal(after, expected);
});

test('editDocument() keeps the layout of a JSON contract with tabs and CRLF', () => {
  const before = '{\r\n\t"contractId": "checkout",\r\n\t"contractVersion" : "v1.0.0",\r\n\t"lifecycle": "active",\r\n\t"signature": "abc"\r\n}\r\n';
  const after = edited(before, 'a.JSON', { pointer: '/contractVersion', value: 'v1.1.0' }, { pointer: '/previousContractRef', value: ref }, { pointer: '/signature', value: undefined });
  assert.equal(after, `{\r\n\t"contractId": "checkout",\r\n\t"contractVersion" : "v1.1.0",\r\n\t"previousContractRef" : "${ref}",\r\n\t"lifecycle": "active"\r\n}\r\n`);
});

test('editDocument() edits mapped fields below the root, in the order that it is given', () => {
  const before = 'kind: Api\ninfo:\n  title: Pets\n  version: 1.0.0\npaths: {}\n';
  const after = edited(before, 'a.yml', { pointer: '/info/version', value: '1.1.0' }, { pointer: '/info/previous', value: ref, order: ['/info/title', '/info/previous', '/info/version'] });
  assert.equal(after, `kind: Api\ninfo:\n  title: Pets\n  previous: ${ref}\n  version: 1.1.0\npaths: {}\n`);
});

test('editDocument() writes a version that would read as a number in quotes', () => {
  assert.equal(edited('a: x\n', 'a.yaml', { pointer: '/a', value: '1.0' }), 'a: "1.0"\n');
});

const long = { skip: process.env['PLUMBLINE_LONG'] === '1' ? false : 'takes a second: set PLUMBLINE_LONG=1' };

test('editDocument() says of comments beyond the limit what to take out', long, () => {
  assert.throws(() => edited(`a: 1\n${'#\n'.repeat(200_000)}`, 'a.yaml', { pointer: '/a', value: '2' }), /more than 400000 pieces of text, expected at most 400000\. Nothing was changed\. Comments and blank lines count too: take some out/);
});

for (const [title, text, path, pointer] of [
  ['a file that can not be read', 'a: 1\na: 2\n', 'a.yaml', '/a'],
  ['the whole document', 'a: 1\n', 'a.yaml', ''],
  ['what is no pointer', 'a: 1\n', 'a.yaml', 'a'],
  ['a member of a list', '{"a": [1]}', 'a.json', '/a/0'],
  ['a member of a text', '{"a": "b"}', 'a.json', '/a/b'],
  ['a layout in which the result would read otherwise', '? a\n: b: 1\n', 'a.yaml', '/a'],
] as const) {
  test(`editDocument() refuses ${title}`, () => {
    assert.throws(() => edited(text, path, { pointer, value: '2' }), isFailure('EDIT_FAILED'));
  });
}
