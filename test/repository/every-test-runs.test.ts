import assert from 'node:assert/strict';
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesInOrder } from '../files-in-order.ts';
import { sharingFolders } from '../sharing-folders.ts';

const root = join(import.meta.dirname, '..', '..');

test('every test file is run by npm test, once', () => {
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.match(scripts['unit'] ?? '', / test\/run\.ts$/);
  const alone = filesInOrder();
  const together = Object.values(sharingFolders).flat().flatMap((folder) => globSync(`test/${folder}/**/*.test.ts`, { cwd: root }));
  const all = globSync('test/**/*.test.ts', { cwd: root });
  assert.ok(all.length > 200);
  assert.deepEqual([...alone, ...together].toSorted(), all.toSorted());
});

test('every suite of the one server is run by its test', () => {
  const folder = join(root, 'test', 'acceptance', 'on-one-server');
  const text = readFileSync(`${folder}.test.ts`, 'utf8');
  const suites = readdirSync(folder).filter((name) => name !== 'one-server.ts').map((name) => name.replace(/\.ts$/, ''));
  assert.ok(suites.length > 4);
  for (const suite of suites) assert.ok(text.includes(`'${suite}'`), suite);
});
