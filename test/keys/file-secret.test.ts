import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileSecret } from '../../src/keys/file-secret.ts';
import { isFailure } from '../builders/is-failure.ts';

suite('fileSecret()', () => {
  test('reads what stands there now, through the links of a mounted secret, and none where it is empty', async (context) => {
    const folder = aFolder(context);
    symlinkSync(join(folder, 'data'), join(folder, 'secret'));
    const secret = fileSecret(join(folder, 'secret'));
    await assert.rejects(secret.read(), isFailure('KEY_UNAVAILABLE', /found ENOENT, expected a file that this user may read/));
    writeFileSync(join(folder, 'data'), 'first\n');
    assert.equal(await secret.read(), 'first\n');
    writeFileSync(join(folder, 'data'), ' \n');
    assert.equal(await secret.read(), null);
  });

  test('reads nothing that does not end, or is far larger than a key', async (context) => {
    const folder = aFolder(context);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'large'), 'x'.repeat(64 * 1024 + 1));
    await assert.rejects(fileSecret(join(folder, 'pipe')).read(), isFailure('KEY_UNAVAILABLE', /found something else, expected a plain file/));
    await assert.rejects(fileSecret(folder).read(), isFailure('KEY_UNAVAILABLE', /found something else, expected a plain file/));
    await assert.rejects(fileSecret(join(folder, 'large')).read(), isFailure('KEY_UNAVAILABLE', /found 65537 bytes, expected a plain file/));
  });
});

function aFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-secret-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
