import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSide, blobOf } from '../../builders/content.ts';

const edit: FileInput = { path: 'src/a.ts', base: 'one', head: 'two' };
const evidence = ['.plumbline/evidence/*.json'];
const digestOf = (...files: readonly FileInput[]) => changeDigestOf({ files: files.map(aFile) }, evidence);

test('changeDigestOf() is that of path, mode and both blobs of each changed file', () => {
  assert.equal(digestOf(edit, { path: 'src/b.ts', base: 'gone', head: null }, { path: 'src/c.ts', head: aSide('new', '100755') }), digestOfValue([['src/a.ts', '100644', blobOf('one'), blobOf('two')], ['src/b.ts', '100644', blobOf('gone'), null], ['src/c.ts', '100755', null, blobOf('new')]]));
});

test('changeDigestOf() stays where the base moves on, other files stand or evidence changes', () => {
  const same = [[{ ...edit, mergeBase: 'one', base: 'moved on' }], [edit, { path: 'src/other.ts', base: 'stands' }], [edit, { path: '.plumbline/evidence/a.json', head: '{}' }]] as const;
  for (const files of same) assert.equal(digestOf(...files), digestOf(edit));
});

test('changeDigestOf() is another one for any other content, mode or path', () => {
  const others = [[{ ...edit, head: 'three' }], [{ ...edit, base: 'zero' }], [{ ...edit, path: 'src/b.ts' }], [{ ...edit, head: aSide('two', '100755') }], [edit, { path: '.plumbline/evidence/deep/a.json', head: '{}' }], []] as const;
  assert.equal(new Set([digestOf(edit), ...others.map((files) => digestOf(...files))]).size, others.length + 1);
});
