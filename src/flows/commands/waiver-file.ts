import type { Configuration } from '../../domain/configuration/configuration.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import type { Sha } from '../../domain/tree.ts';

/** The file that waivers are added to, and what stands in it at a commit; `bytes: null`: it is not there yet. */
export interface WaiverFile {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** The repository's own: the first configured file that is named in full; else the first one that a configured pattern finds. Null: none is configured. */
export async function waiverFileAt(github: GitHubRepository, configuration: Configuration | null, commit: Sha): Promise<WaiverFile | null> {
  const patterns = (configuration?.ownGlobs ?? []).flatMap(({ kind, glob }) => (kind === 'waivers' ? [glob] : []));
  const path = patterns.find((pattern) => /^[\w./ @-]+$/.test(pattern)) ?? (await firstMatch(github, patterns, commit));
  if (path === null) return null;
  const [found] = await github.namesAt([{ commit, path }]);
  if (found === null || found === undefined) return { path, bytes: null };
  const content = found.kind === 'blob' ? (await github.blobs([{ blob: found.name, size: null }])).get(found.name) : undefined;
  return content?.kind === 'bytes' ? { path, bytes: content.bytes } : null;
}

async function firstMatch(github: GitHubRepository, patterns: readonly string[], commit: Sha): Promise<string | null> {
  if (patterns.length === 0) return null;
  const { entries } = await github.tree(commit);
  const globs = patterns.map((pattern) => compileGlob(pattern));
  return entries.map(({ path }) => path).toSorted().find((path) => globs.some((glob) => glob.matches(path))) ?? null;
}
