import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aDirectory } from '../builders/server-process.ts';

const root = join(import.meta.dirname, '..', '..');

test('an error that nobody awaited fails the tests that it came from', (context) => {
  const file = join(aDirectory(context), 'one.test.mjs');
  writeFileSync(file, `import { test } from 'node:test';\ntest('passes', async () => { void Promise.reject(new Error('unawaited')); });\n`);
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ['--import', './test/untracked-promises.ts', '--test', file], { cwd: root, env: environment, encoding: 'utf8' });
  assert.deepEqual([status, /Error: unawaited/.test(stdout), /^ℹ fail 1$/m.test(stdout)], [1, true, true], stdout);
});
