import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { changedLines } from '../../src/render/changed-lines.ts';
import { unifiedDiff } from '../../src/render/unified-diff.ts';

test('unifiedDiff() shows what changes with three lines around it', () => {
  const before = Array.from({ length: 12 }, (_, index) => `${index}\n`).join('');
  assert.equal(unifiedDiff({ path: 'a.txt', before, after: before.replace('5\n', 'five\n') }), '--- a/a.txt\n+++ b/a.txt\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n');
});

test('unifiedDiff() says what comes, what goes, and that a last line has no end', () => {
  assert.equal(unifiedDiff({ path: 'a', before: null, after: 'x' }), '--- /dev/null\n+++ b/a\n@@ -0,0 +1,1 @@\n+x\n\\ No newline at end of file\n');
  assert.equal(unifiedDiff({ path: 'a', before: 'x\n', after: null }), '--- a/a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n');
  assert.equal(unifiedDiff({ path: 'a', before: 'x', after: 'x' }), '');
});

const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 30 });

test('changedLines() gives both texts back, whatever they are', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const changes = changedLines(before, after);
      assert.deepEqual(changes.filter(({ kind }) => kind !== 'added').map(({ text }) => text), before);
      assert.deepEqual(changes.filter(({ kind }) => kind !== 'removed').map(({ text }) => text), after);
    }),
    { numRuns: process.env['PLUMBLINE_LONG'] === undefined ? 500 : 20_000, seed: 7 },
  );
});

test('git makes of every diff what it was made from', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-diff-'));
  const texts = fc.sample(fc.tuple(lines, fc.boolean(), lines, fc.boolean()), { numRuns: process.env['PLUMBLINE_LONG'] === undefined ? 40 : 1_000, seed: 11 });
  for (const [before, endsBefore, after, endsAfter] of texts) {
    const [from, to] = [`x${before.join('')}${endsBefore ? '\n' : ''}`, `x${after.join('')}${endsAfter ? '\n' : ''}`];
    if (from === to) continue;
    writeFileSync(join(directory, 'a.txt'), from);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: directory, input: unifiedDiff({ path: 'a.txt', before: from, after: to }), env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } });
    assert.equal(readFileSync(join(directory, 'a.txt'), 'utf8'), to);
  }
  rmSync(directory, { recursive: true });
});
