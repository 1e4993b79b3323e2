import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createFile, replaceFile } from '../../../src/cli/contract/working-file.ts';
import type { WorkingFile } from '../../../src/cli/contract/working-file.ts';

function aPlace(t: TestContext): WorkingFile & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-file-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return { file: 'a.yaml', words: 'a.yaml', absolute: join(folder, 'a.yaml'), path: 'a.yaml', folder };
}

/** As a file system answers that has no hard links. */
async function noLinks(): Promise<void> {
  throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
}

const bytes = new TextEncoder().encode('new\n');

test('createFile() writes a new file where the file system has no hard links, and leaves nothing beside it', async (t) => {
  const { folder, ...place } = aPlace(t);
  await createFile(place, bytes, noLinks);
  assert.deepEqual([readFileSync(place.absolute, 'utf8'), readdirSync(folder)], ['new\n', ['a.yaml']]);
});

for (const [what, links] of [['with', undefined], ['without', noLinks]] as const) {
  test(`attack: createFile() ${what} hard links writes neither over a file nor through a symbolic link that came between`, async (t) => {
    const { folder, ...place } = aPlace(t);
    writeFileSync(place.absolute, 'theirs\n');
    await assert.rejects(createFile(place, bytes, links), { code: 'USAGE', message: 'Cannot write "a.yaml": it exists already, expected none. Nothing was changed.' });
    assert.equal(readFileSync(place.absolute, 'utf8'), 'theirs\n');
    const linked = { ...place, absolute: join(folder, 'b.yaml') };
    symlinkSync(join(folder, 'elsewhere'), linked.absolute);
    await assert.rejects(createFile(linked, bytes, links), { code: 'USAGE' });
    assert.deepEqual(readdirSync(folder), ['a.yaml', 'b.yaml']);
  });
}

test('replaceFile() keeps the mode of the file and refuses one that is read-only', { skip: process.platform === 'win32' }, async (t) => {
  const { folder, ...place } = aPlace(t);
  writeFileSync(place.absolute, 'old\n');
  chmodSync(place.absolute, 0o604);
  await replaceFile(place, bytes);
  assert.deepEqual([readFileSync(place.absolute, 'utf8'), statSync(place.absolute).mode & 0o777], ['new\n', 0o604]);
  chmodSync(place.absolute, 0o444);
  await assert.rejects(replaceFile(place, bytes), { code: 'USAGE', message: 'Cannot write "a.yaml": it is read-only (mode 0444), expected write permission. Nothing was changed. Give it with: chmod u+w -- a.yaml' });
  assert.deepEqual([statSync(place.absolute).mode & 0o777, readdirSync(folder)], [0o444, ['a.yaml']]);
});
