import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoredPaths } from '../../../src/domain/module/ignored-paths.ts';
import { readJsonc } from '../../../src/domain/module/read-jsonc.ts';

test('readJsonc() reads JSON with comments and commas before an end, and leaves texts as they are', () => {
  assert.deepEqual(readJsonc('\uFEFF{ // so\n "a": [1, 2, /* x */ ], "b//": "/* no */ ,]", }'), { a: [1, 2], 'b//': '/* no */ ,]' });
});

test('readJsonc() refuses anything else', () => {
  for (const text of ['{ a: 1 }', '{"a" 1}', '', '// only']) assert.equal(readJsonc(text), undefined, text);
});

test('ignoredPaths() takes names in any folder, folders with all below, and paths from the folder of the file', () => {
  const globs = ignoredPaths('# so\ndist/\n/gen\n!kept\nsub/*.js\n\n', 'app');
  const ignored = (path: string): boolean => globs.some((glob) => glob.matches(path));
  assert.deepEqual(['app/dist/a.ts', 'app/x/dist/a.ts', 'app/gen/a.ts', 'app/x/gen/a.ts', 'app/kept', 'app/sub/a.js', 'dist/a.ts'].map(ignored), [true, true, true, false, false, true, false]);
});
