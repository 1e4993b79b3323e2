import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { PublishedVersion } from './corpus.ts';

/** Makes a git repository with one commit per version, the rules in the first, and gives the commits in order. */
export function versionRepository(directory: string, rules: Readonly<Record<string, string>>, versions: readonly PublishedVersion[]): readonly string[] {
  mkdirSync(directory, { recursive: true });
  execFileSync('git', ['init', '-q', '-b', 'main', directory]);
  const commits = versions.map((version, index) => commitOf(version, index, index === 0 ? rules : {}, versions[index - 1] ?? null));
  execFileSync('git', ['-C', directory, 'fast-import', '--quiet'], { input: Buffer.concat(commits) });
  return execFileSync('git', ['-C', directory, 'rev-list', '--reverse', 'main'], { encoding: 'utf8' }).trim().split('\n');
}

/** As git's fast-import reads it; each commit goes on from the one before. */
function commitOf({ version, files }: PublishedVersion, index: number, rules: Readonly<Record<string, string>>, before: PublishedVersion | null): Buffer {
  const gone = Object.keys(before?.files ?? {}).filter((path) => !Object.hasOwn(files, path));
  const head = `commit refs/heads/main\ncommitter Evaluation <evaluation@example.com> ${1_790_000_000 + index * 60} +0000\n`;
  const changes = Object.entries({ ...rules, ...files }).flatMap(([path, content]) => [Buffer.from(`M 100644 inline ${JSON.stringify(path)}\n`), sized(content)]);
  return Buffer.concat([Buffer.from(head), sized(version), ...gone.map((path) => Buffer.from(`D ${JSON.stringify(path)}\n`)), ...changes, Buffer.from('\n')]);
}

function sized(content: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${Buffer.byteLength(content)}\n`), Buffer.from(content), Buffer.from('\n')]);
}
