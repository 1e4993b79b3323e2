import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { filePatch } from '../../src/render/file-patch.ts';
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

/** What a patch has of the one side and of the other, with line ends. */
function sidesOf(hunks: ReturnType<typeof filePatch>['hunks']): readonly string[] {
  return ['+', '-'].map((other) => hunks.flatMap((hunk) => hunk.lines).map((line, index, all) => (all[index + 1]?.startsWith('\\') === true ? line : `${line}\n`)).filter((line) => !line.startsWith(other) && !line.startsWith('\\')).map((line) => line.slice(1)).join(''));
}

test('filePatch() of texts that are too long, or too different, to be compared shows all of both as replaced, in little time', () => {
  const long = 'a\nb\n'.repeat(process.env['PLUMBLINE_LONG'] === '1' ? 260_000 : 126_000);
  const other = Array.from({ length: 6_000 }, (_, index) => `${index % 2}\n`).join('');
  for (const [before, after] of [[long, `${long}x`], [other, 'b\na\na\n'.repeat(2_000)], [`${other}x`, 'b\n'.repeat(1_800)]] as const) {
    const started = process.cpuUsage();
    const { hunks } = filePatch({ path: 'a', before, after });
    const { user, system } = process.cpuUsage(started);
    assert.deepEqual([hunks.length, sidesOf(hunks)], [1, [before, after]]);
    assert.ok(user + system < 3_000_000, `${user + system} µs`);
  }
  assert.deepEqual(filePatch({ path: 'a', before: long, after: long }).hunks, []);
});

test('attack: a path can not put a line of its own into a diff', () => {
  const diff = unifiedDiff({ path: 'a\n+++ b/.github/workflows/x.yml\n@@ -1 +1 @@\t"\\é', before: 'x\n', after: 'y\n' });
  assert.equal(diff, '--- "a/a\\n+++ b/.github/workflows/x.yml\\n@@ -1 +1 @@\\t\\"\\\\\\303\\251"\n+++ "b/a\\n+++ b/.github/workflows/x.yml\\n@@ -1 +1 @@\\t\\"\\\\\\303\\251"\n@@ -1,1 +1,1 @@\n-x\n+y\n');
});

test('git makes of every diff what it was made from', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-diff-'));
  const texts = fc.sample(fc.tuple(lines, fc.boolean(), lines, fc.boolean()), { numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 1_000 : 12, seed: 11 });
  for (const [before, endsBefore, after, endsAfter] of texts) {
    const [from, to] = [`x${before.join('')}${endsBefore ? '\n' : ''}`, `x${after.join('')}${endsAfter ? '\n' : ''}`];
    if (from === to) continue;
    writeFileSync(join(directory, 'a.txt'), from);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: directory, input: unifiedDiff({ path: 'a.txt', before: from, after: to }), env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } });
    assert.equal(readFileSync(join(directory, 'a.txt'), 'utf8'), to);
  }
  rmSync(directory, { recursive: true });
});
