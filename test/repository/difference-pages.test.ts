import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { differenceKinds } from '../../src/domain/compatibility/difference-kind.ts';
import type { DifferenceKind } from '../../src/domain/compatibility/difference-kind.ts';
import { differenceFixtures } from '../domain/compatibility/difference-fixtures.ts';
import { differenceList, differencePage } from './difference-page.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'differences');
const kinds = Object.keys(differenceKinds).filter((kind): kind is DifferenceKind => Object.hasOwn(differenceKinds, kind));

test('every kind of difference has a good and a bad fixture and a page, and no page is without a kind', async () => {
  // With PLUMBLINE_WRITE_PAGES=1 the pages are written anew.
  if (process.env['PLUMBLINE_WRITE_PAGES'] === '1') await writePages();
  assert.deepEqual(Object.keys(differenceFixtures).toSorted(), kinds.toSorted());
  assert.deepEqual(globSync('*.md', { cwd: folder }).toSorted(), ['README.md', ...kinds.map((kind) => `${kind}.md`)].toSorted());
});

test('every page of a difference shows what the comparison really answers', async () => {
  for (const kind of kinds) assert.equal(readFileSync(join(folder, `${kind}.md`), 'utf8'), await differencePage(kind), `${kind}: run this test with PLUMBLINE_WRITE_PAGES=1`);
  assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), differenceList());
});

async function writePages(): Promise<void> {
  for (const kind of kinds) writeFileSync(join(folder, `${kind}.md`), await differencePage(kind));
  writeFileSync(join(folder, 'README.md'), differenceList());
}
