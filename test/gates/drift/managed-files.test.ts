import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { answering, judgeBehaviorChange, ofChange, told } from './a-behavior-change.ts';
import type { BehaviorChange } from './a-behavior-change.ts';

const file = (path: string, differs: JsonObject = {}): JsonObject => ({ kind: 'changed', path, template: 'templates/ec', expected: { blob: 'a'.repeat(40), mode: '100644' }, found: { blob: 'b'.repeat(40), mode: '100644' }, ...differs });
const managed = (changes: JsonObject = {}): JsonObject => ofChange({ source: { type: 'repository-files', files: [{ path: '.editorconfig', template: 'templates/ec' }, { path: 'LICENSE', template: 'templates/ec' }] }, metrics: [{ name: 'files', pointer: '/differences', baseline: [] }], ...changes });

const judge = (differences: readonly JsonObject[], changed: readonly string[], more: BehaviorChange = {}) =>
  judgeBehaviorChange({ behavior: managed(), files: [{ path: 'templates/ec', base: 'root = true\n' }, ...changed.map((path) => ({ path, base: 'before\n', head: 'after\n', roles: [] }))], reading: answering({ differences }), ...more });

test('a managed file that this change makes another than its template is told at the file, with its template and what differs', () => {
  const verdict = judge([file('.editorconfig')], ['.editorconfig']);
  assert.deepEqual([verdict.verdict, told(verdict)], ['fail', ['drift/detected deny']]);
  const [finding] = verdict.findings;
  assert.deepEqual([finding?.path, finding?.message], ['.editorconfig', '".editorconfig" has another content than its template "templates/ec". The behaviour "checkout" wants it the same.']);
  assert.deepEqual([finding?.found, finding?.expected], ['mode 100644, content bbbbbbbbbbbb', 'mode 100644, content aaaaaaaaaaaa']);
});

test('a managed file that stood so in the base is a notice in a change that does not touch it', () => {
  const verdict = judge([file('.editorconfig')], ['README.md']);
  assert.deepEqual([verdict.verdict, told(verdict), verdict.findings[0]?.path], ['pass', ['drift/detected notice'], '.editorconfig']);
  assert.match(verdict.findings[0]?.message ?? '', /It stood so in the base before your change, and decides nothing\.$/);
});

test('of several files only those decide that the change touches', () => {
  const verdict = judge([file('.editorconfig'), file('LICENSE', { kind: 'missing', found: null })], ['LICENSE']);
  assert.deepEqual(verdict.findings.map(({ path, severity, found }) => [path, severity, found]), [['LICENSE', 'deny', 'nothing'], ['.editorconfig', 'notice', 'mode 100644, content bbbbbbbbbbbb']]);
});

test('attack: a drift of the base hides nothing of what the change does, and what only observes decides nothing', () => {
  assert.deepEqual(told(judge([file('.editorconfig'), file('LICENSE')], ['.editorconfig', 'LICENSE'])), ['drift/detected deny', 'drift/detected deny']);
  assert.deepEqual(told(judge([file('.editorconfig')], ['.editorconfig'], { behavior: managed({ strict: false }) })), ['drift/detected notice']);
});

test('without metrics of its own a behaviour of managed files is judged by its differences', () => {
  const { metrics: _metrics, ...behavior } = managed();
  assert.deepEqual(told(judge([file('LICENSE', { kind: 'mode', found: { blob: 'a'.repeat(40), mode: '100755' } })], ['LICENSE'], { behavior })), ['drift/detected deny']);
});
