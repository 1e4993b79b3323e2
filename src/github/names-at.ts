import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports.ts';
import { optionalShaAt, valueAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

interface Place {
  readonly commit: Sha;
  readonly path: string;
}

/** Places in one query; their commits come on top. */
const mostPlaces = 100;

/** So few places are kept: a long walk would read and write the store once for each. */
const fewPlaces = 4;

/** The object name at a path of each commit, in order, null where nothing stands. A commit that GitHub does not have throws. */
export async function readNamesAt(calls: RepositoryCalls, cache: ObjectCache, places: readonly Place[]): Promise<readonly (Sha | null)[]> {
  if (places.length > fewPlaces) return queryAll(calls, places);
  const keys = places.map((place) => keyOfName(place.commit, place.path));
  const kept = await Promise.all(keys.map((key) => cache.find(calls.ref.account.id, key)));
  const known = kept.map((text) => (text === nothing ? null : text)).filter((name) => name === null || isSha(name));
  if (!kept.includes(null) && known.length === places.length) return known;
  const names = await queryAll(calls, places);
  await Promise.all(names.map((name, index) => cache.keep(calls.ref.account.id, keys[index] ?? '', name ?? nothing)));
  return names;
}

/** Under which a name is kept; the value is the name, or this where nothing stands. */
export const nothing = '-';

export function keyOfName(commit: Sha, path: string): string {
  return `name:${commit}:${path}`;
}

function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

async function queryAll(calls: RepositoryCalls, places: readonly Place[]): Promise<readonly (Sha | null)[]> {
  const names: (Sha | null)[] = [];
  for (let start = 0; start < places.length; start += mostPlaces) {
    names.push(...(await queryNames(calls, places.slice(start, start + mostPlaces))));
  }
  return names;
}

/** Commits are asked for too: without that, "no such commit" and "nothing at that path" would look the same. */
async function queryNames(calls: RepositoryCalls, places: readonly Place[]): Promise<readonly (Sha | null)[]> {
  const commits = [...new Set(places.map((place) => place.commit))];
  const declared = [...commits.map((_, index) => `$c${index}: GitObjectID!`), ...places.map((_, index) => `$e${index}: String!`)].join(', ');
  const asked = [
    ...commits.map((_, index) => `c${index}: object(oid: $c${index}) { oid }`),
    ...places.map((_, index) => `e${index}: object(expression: $e${index}) { oid }`),
  ].join(' ');
  const repository = await calls.query(`query($owner: String!, $name: String!, ${declared}) { repository(owner: $owner, name: $name) { ${asked} } }`, {
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
    ...Object.fromEntries(places.map((place, index) => [`e${index}`, `${place.commit}:${place.path}`])),
  });
  for (const [index, commit] of commits.entries()) {
    if (valueAt(repository, [`c${index}`, 'oid']) === commit) continue;
    throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read commit ${commit}: GitHub does not have it, expected a commit of ${calls.ref.owner}/${calls.ref.name}`);
  }
  return places.map((place, index) => (isGitPath(place.path) ? optionalShaAt(repository, [`e${index}`, 'oid']) : null));
}

/** Git resolves `./x` and `x/../y` in an expression, but no tree holds such a path. */
function isGitPath(path: string): boolean {
  return path === '' || path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
