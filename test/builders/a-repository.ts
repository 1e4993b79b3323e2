import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** A git repository in a temporary directory that goes away with its test. */
export interface TestRepository {
  readonly directory: string;
  /** Runs git in it and gives what it wrote, trimmed. */
  git(...words: string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Writes, stages everything and commits. Gives the commit. */
  commit(files: Readonly<Record<string, string | Uint8Array>>, message?: string): string;
}

export function aRepository(context: TestContext, options: { readonly format?: 'sha1' | 'sha256'; readonly branch?: string } = {}): TestRepository {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  const repository = repositoryIn(directory);
  repository.git('init', '-q', `--object-format=${options.format ?? 'sha1'}`, '-b', options.branch ?? 'main');
  return repository;
}

export function repositoryIn(directory: string): TestRepository {
  const run = (program: string, words: readonly string[]): string => execFileSync(program, words, { cwd: directory, env: environment(), encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const git = (...words: string[]): string => run('git', words);
  const write = (files: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
  };
  return {
    directory,
    git,
    write,
    commit(files, message = 'change') {
      write(files);
      return run('sh', ['-ec', commitAll, 'sh', message]);
    },
  };
}

/** In one process of a shell: to start one out of a test process of many megabytes costs more than what git does. */
const commitAll = 'git add -A; git commit -q --allow-empty --no-verify -m "$1"; git rev-parse HEAD';

/** It is gone in seconds: git need not wait for the disk, nor look after each commit whether there is something to tidy up. */
const shortLived = { 'core.fsync': 'none', 'maintenance.auto': 'false' };

/** Nothing of the machine's git settings, and a fixed author and date. */
function environment(): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) => (value === undefined || name.startsWith('GIT_') ? [] : [[name, value] as const]));
  const person = { NAME: 'Test', EMAIL: 'test@example.com', DATE: '2026-01-01T00:00:00Z' };
  const identity = Object.entries(person).flatMap(([name, value]) => [[`GIT_AUTHOR_${name}`, value] as const, [`GIT_COMMITTER_${name}`, value] as const]);
  const settings = Object.entries(shortLived).flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key] as const, [`GIT_CONFIG_VALUE_${index}`, value] as const]);
  return { ...Object.fromEntries([...kept, ...identity, ...settings]), GIT_CONFIG_COUNT: String(Object.keys(shortLived).length), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
}
