import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { satisfies, sort } from 'semver';
import type { Corpus, PublishedVersion } from './corpus.ts';

/**
 * The corpus' versions in the order of their numbers, fetched once with the user's npm and kept in a folder. In the order
 * of time would be truer, but what a registry tells is not always when a version was published. No script of a package runs.
 */
export function publishedVersions(corpus: Corpus, cache: string): readonly PublishedVersion[] {
  const folder = join(cache, corpus.name);
  const kept = join(folder, 'versions.json');
  if (!existsSync(kept)) writeKept(kept, JSON.stringify(versionsOf(corpus)));
  const versions: readonly string[] = JSON.parse(readFileSync(kept, 'utf8'));
  return versions.map((version) => publishedVersion(corpus, version, join(folder, version)));
}

function versionsOf({ package: name, range, versions }: Corpus): readonly string[] {
  const told: string | readonly string[] = JSON.parse(npm(['view', name, 'versions', '--json']));
  const all = (typeof told === 'string' ? [told] : told).filter((version) => satisfies(version, range));
  if (all.length === 0) throw new Error(`Cannot evaluate ${name}: found no version of ${range}`);
  return sort([...all]).slice(-versions);
}

function publishedVersion(corpus: Corpus, version: string, folder: string): PublishedVersion {
  if (!existsSync(folder)) fetchVersion(corpus, version, folder);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return { version, files: Object.fromEntries(paths.toSorted().map((path) => [path.slice(folder.length + 1), readFileSync(path)])) };
}

function fetchVersion(corpus: Corpus, version: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${dirname(folder)}/fetching-`);
  try {
    npm(['pack', `${corpus.package}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', temporary]);
    const [archive = ''] = readdirSync(temporary);
    const files = join(temporary, 'files');
    mkdirSync(files);
    for (const entry of tar(['-tzf', join(temporary, archive)]).toString().split('\n')) {
      const path = corpus.place(entry.slice(entry.indexOf('/') + 1));
      if (path !== null && !entry.endsWith('/')) writeKept(join(files, path), tar(['-xzOf', join(temporary, archive), entry]));
    }
    renameSync(files, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function writeKept(path: string, text: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function npm(words: readonly string[]): string {
  return execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
}

function tar(words: readonly string[]): Buffer {
  return execFileSync('tar', words, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
}
