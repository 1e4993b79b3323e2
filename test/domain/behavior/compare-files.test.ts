import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFiles } from '../../../src/domain/behavior/compare-files.ts';
import type { FileComparison } from '../../../src/domain/behavior/compare-files.ts';
import type { FileMode, FileSide } from '../../../src/domain/tree.ts';

const [one, other] = ['a'.repeat(40), 'b'.repeat(40)];
const side = (blob: string, mode: FileMode = '100644'): FileSide => ({ blob, mode, size: 1 });

function compare(template: FileSide | null, found: FileSide | null): FileComparison {
  return compareFiles([{ path: 'LICENSE', template: 'templates/LICENSE' }], () => template, () => found);
}

const common = { path: 'LICENSE', template: 'templates/LICENSE', expected: { blob: one, mode: '100644' } };

test('compareFiles() finds no difference where content and mode are the same', () => {
  assert.deepEqual(compare(side(one), side(one)), { kind: 'compared', differences: [] });
});

test('compareFiles() tells apart a missing file, another content and another mode', () => {
  const found = [null, side(other), side(one, '100755')].map((standing) => compare(side(one), standing));
  assert.deepEqual(found, [
    { kind: 'compared', differences: [{ ...common, kind: 'missing', found: null }] },
    { kind: 'compared', differences: [{ ...common, kind: 'changed', found: { blob: other, mode: '100644' } }] },
    { kind: 'compared', differences: [{ ...common, kind: 'mode', found: { blob: one, mode: '100755' } }] },
  ]);
});

test('attack: a link or a submodule whose name is that of the content is no file of that content', () => {
  for (const mode of ['120000', '160000'] as const) assert.deepEqual(compare(side(one), side(one, mode)), { kind: 'compared', differences: [{ ...common, kind: 'changed', found: { blob: one, mode } }] });
});

test('compareFiles() tells nothing where a template is not there, no file, or named by another hash', () => {
  const kinds = [compare(null, null), compare(side(one, '120000'), side(one)), compare(side('a'.repeat(64)), side(one))].map(({ kind }) => kind);
  assert.deepEqual(kinds, ['incomparable', 'incomparable', 'incomparable']);
});
