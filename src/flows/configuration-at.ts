import { resolveConfiguration } from '../domain/configuration/resolve-configuration.ts';
import type { ConfigurationToResolve } from '../domain/configuration/resolve-configuration.ts';
import { judgingVersion } from '../domain/configuration/judging-version.ts';
import type { ConfigurationVersion, LevelVersions, SoundVersion } from '../domain/configuration/judging-version.ts';
import { limits } from '../domain/limits.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import type { NamedObject, ObjectSource } from './ports/object-source.ts';

/** Commits of first-parent history that are searched at a time for a valid configuration. */
const pageSize = 100;

/** Where a level's older versions are found. */
export interface LevelSources {
  readonly organization: ObjectSource | null;
  readonly repository: ObjectSource;
}

/** What stands at a path of a commit. */
export async function versionAt(objects: ObjectSource, commit: Sha, path: string): Promise<ConfigurationVersion> {
  const [found] = await objects.namesAt([{ commit, path }]);
  return found === null || found === undefined ? { commit, bytes: null } : versionOf(objects, commit, found);
}

/** Resolves which versions judge, reading older history only while no valid version was found. */
export async function resolveWithHistory(wanted: ConfigurationToResolve, sources: LevelSources): Promise<ConfigurationState> {
  let asked = wanted;
  for (;;) {
    const resolution = resolveConfiguration(asked);
    if (resolution.kind === 'resolved') return resolution.state;
    asked = await withOlder(asked, resolution.level, sources);
  }
}

/** The newest valid version at a commit or before it; null: there is none. */
export async function newestValid(objects: ObjectSource, commit: Sha, path: string): Promise<SoundVersion | null> {
  let level: LevelVersions = { path, versions: [{ commit, bytes: null }], exhausted: false, seen: true, unreadable: null };
  for (;;) {
    const judging = judgingVersion(level);
    if (judging.kind === 'valid' || judging.kind === 'stale') return judging.version;
    if (judging.kind !== 'need-older') return null;
    const older = await olderVersions(objects, level);
    level = { ...level, versions: [...level.versions, ...older.versions], exhausted: older.exhausted };
  }
}

async function withOlder(asked: ConfigurationToResolve, level: 'organization' | 'repository', sources: LevelSources): Promise<ConfigurationToResolve> {
  const known = asked[level];
  const objects = sources[level];
  if (known === null) return asked;
  const older = objects === null ? { versions: [], exhausted: true } : await olderVersions(objects, known);
  return { ...asked, [level]: { ...known, versions: [...known.versions, ...older.versions], exhausted: older.exhausted } };
}

/** The next page of history below the oldest known version: one entry where the file changed, and one for where the search stopped. */
async function olderVersions(objects: ObjectSource, level: LevelVersions): Promise<Pick<LevelVersions, 'versions' | 'exhausted'>> {
  const from = level.versions.at(-1)?.commit;
  if (from === undefined) return { versions: [], exhausted: true };
  const page = await objects.history(from, { limit: pageSize });
  const commits = page.commits.map((commit) => commit.sha);
  const names = await objects.namesAt(commits.map((commit) => ({ commit, path: level.path })));
  const changed = commits.flatMap((commit, index) => {
    const found = names[index] ?? null;
    return found !== null && found.name !== names[index - 1]?.name ? [{ commit, found }] : [];
  });
  const versions = await Promise.all(changed.map(({ commit, found }) => versionOf(objects, commit, found)));
  return { versions: page.next === null ? versions : [...versions, { commit: page.next, bytes: null }], exhausted: page.next === null };
}

/** What is no file is never read as one: whoever may push could put it there. */
async function versionOf(objects: ObjectSource, commit: Sha, { name: blob, kind }: NamedObject): Promise<ConfigurationVersion> {
  if (kind !== 'blob') return { commit, bytes: null, unusable: `it is ${words[kind]}` };
  const content = (await objects.blobs([{ blob, size: null }])).get(blob);
  if (content?.kind === 'bytes') return { commit, bytes: content.bytes };
  return { commit, bytes: null, unusable: content === undefined ? 'it can not be read' : `it is too large (${content.size} bytes, expected at most ${limits.fileBytes})` };
}

const words = { link: 'a symlink', tree: 'a directory', commit: 'a submodule' } as const;
