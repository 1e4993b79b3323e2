import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceInWords } from '../../../src/domain/behavior/difference-in-words.ts';

const blob = 'a'.repeat(40);
const file = { path: 'LICENSE', template: 'org:templates/LICENSE', expected: { blob, mode: '100644' } };
const contract = { contractId: 'checkout', version: '1.0.0', released: { path: 'contracts/a.yaml', lifecycle: 'retired' }, found: { path: 'contracts/b.yaml', lifecycle: 'active' } };

test('a difference is told with what differs, from what and how', () => {
  const differences = [
    { ...file, kind: 'missing', found: null }, { ...file, kind: 'changed', found: { blob, mode: '100644' } }, { ...file, kind: 'changed', found: { blob, mode: '120000' } }, { ...file, kind: 'changed', found: { blob, mode: '160000' } }, { ...file, kind: 'mode', found: { blob, mode: '100755' } },
    { kind: 'changed', setting: '/merge/squash', expected: true, found: false }, { kind: 'missing', setting: '/rulesets/main', expected: { enforcement: 'active' }, found: null },
    ...['changed', 'gone', 'unreleased', 'set-back', 'mislinked'].map((kind) => ({ ...contract, kind })),
    { kind: 'planned', address: 'module.shop.bucket', actions: ['delete', 'create'] }, 'order/id must be integer',
  ];
  assert.deepEqual(differences.map(differenceInWords), [
    '"LICENSE" is not there, unlike its template "org:templates/LICENSE"', '"LICENSE" has another content than its template "org:templates/LICENSE"', '"LICENSE" is a symbolic link, and no file like its template "org:templates/LICENSE"', '"LICENSE" is a submodule, and no file like its template "org:templates/LICENSE"', '"LICENSE" is executable, unlike its template "org:templates/LICENSE"',
    '"/merge/squash" is "false", and is declared as "true"', '"/rulesets/main" is declared, and is not there',
    'the contract "checkout" 1.0.0 at "contracts/b.yaml" has another content than was released', 'the contract "checkout" 1.0.0 was released at "contracts/a.yaml", and is gone', 'the contract "checkout" 1.0.0 at "contracts/b.yaml" stands as released, and never was', 'the contract "checkout" 1.0.0 at "contracts/b.yaml" is "active", and was "retired" already', 'the contract "checkout" 1.0.0 at "contracts/b.yaml" names another version than the one before it',
    'the plan would delete and create "module.shop.bucket"', 'order/id must be integer',
  ]);
});

test('what is no difference that is known is told as one', () => {
  assert.deepEqual([null, 7, []].map(differenceInWords), ['something differs', 'something differs', 'something differs']);
});
