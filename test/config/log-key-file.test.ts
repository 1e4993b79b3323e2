import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { keptLogKey } from '../../src/config/log-key-file.ts';
import { isFailure } from '../builders/is-failure.ts';

function aDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('keptLogKey() makes a key that only its owner can read, and nothing else', (context) => {
  const directory = join(aDirectory(context), 'data');
  keptLogKey(directory);
  assert.deepEqual(readdirSync(directory), ['log-key.pem']);
  assert.equal(statSync(join(directory, 'log-key.pem')).mode & 0o777, 0o600);
});

test('keptLogKey() gives the same key at every start', (context) => {
  const directory = aDirectory(context);
  assert.equal(keptLogKey(directory).reveal(), keptLogKey(directory).reveal());
});

test('keptLogKey() refuses a key that others can read', (context) => {
  const directory = aDirectory(context);
  keptLogKey(directory);
  chmodSync(join(directory, 'log-key.pem'), 0o644);
  assert.throws(() => keptLogKey(directory), isFailure('CONFIG_INVALID', /mode 644, expected 600/));
});

test('keptLogKey() refuses a data directory that is a file', (context) => {
  const path = join(aDirectory(context), 'data');
  writeFileSync(path, '');
  assert.throws(() => keptLogKey(path), isFailure('STORE_UNAVAILABLE', /DATA_DIR/));
});
