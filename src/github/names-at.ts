import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { HowToName, NamedObject } from '../flows/ports/object-source.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { numberAt, shaAt, textAt, valueAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

interface Place {
  readonly commit: Sha;
  readonly path: string;
}

/** Places in one query, and such of which the modes are told; their commits come on top. */
const mostPlaces = 100;
const mostWithModes = 50;

/** So few places are kept: a long walk would read and write the store once for each. */
const fewPlaces = 4;

/** What stands at a path of each commit, in order, null where nothing does. A commit that GitHub does not have throws. */
export async function readNamesAt(calls: RepositoryCalls, cache: ObjectCache, places: readonly Place[], { tellsModes }: HowToName = { tellsModes: false }): Promise<readonly (NamedObject | null)[]> {
  if (places.length > fewPlaces) return queryAll(calls, places, tellsModes);
  const keys = places.map((place) => keyOfName(place.commit, place.path));
  const kept = await Promise.all(keys.map((key) => cache.find(calls.ref.account.id, key)));
  const known = kept.flatMap((text) => readKept(text) ?? []);
  if (known.length === places.length) return known.map((one) => one.found);
  const names = await queryAll(calls, places, true);
  await Promise.all(names.map((found, index) => cache.keep(calls.ref.account.id, keys[index] ?? '', textOfName(found))));
  return names;
}

const kinds = ['blob', 'link', 'tree', 'commit'] as const;

/** Under which it is kept what stands at a place. */
export function keyOfName(commit: Sha, path: string): string {
  return `object:${commit}:${path}`;
}

/** The value that is kept. */
export function textOfName(found: NamedObject | null): string {
  return found === null ? '-' : `${found.kind} ${found.name}`;
}

function readKept(text: string | null): { readonly found: NamedObject | null } | null {
  if (text === '-') return { found: null };
  const [, word, name] = /^(blob|link|tree|commit) ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(text ?? '') ?? [];
  const kind = kinds.find((one) => one === word);
  return kind === undefined || name === undefined ? null : { found: { name, kind } };
}

/** An entry of a tree, as GraphQL tells it; its mode is the number that git writes in octal. */
export function entryOf(entry: unknown): NamedObject {
  const kind = kindOf(textAt(entry, ['type']));
  return { name: shaAt(entry, ['oid']), kind: numberAt(entry, ['mode']) === 0o120000 ? 'link' : kind };
}

function kindOf(word: string): NamedObject['kind'] {
  const kind = kinds.find((one) => one === word.toLowerCase());
  if (kind !== undefined) return kind;
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot read what stands at a path: GitHub calls it "${word.slice(0, 80)}", expected a blob, a tree or a commit`);
}

async function queryAll(calls: RepositoryCalls, places: readonly Place[], tellsModes: boolean): Promise<readonly (NamedObject | null)[]> {
  const names: (NamedObject | null)[] = [];
  const most = tellsModes ? mostWithModes : mostPlaces;
  for (let start = 0; start < places.length; start += most) {
    names.push(...(await queryNames(calls, places.slice(start, start + most), tellsModes)));
  }
  return names;
}

/** Commits are asked for too: without that, "no such commit" and "nothing at that path" would look the same. */
async function queryNames(calls: RepositoryCalls, places: readonly Place[], tellsModes: boolean): Promise<readonly (NamedObject | null)[]> {
  const commits = [...new Set(places.map((place) => place.commit))];
  // An entry of the tree tells links and submodules too, at a higher price: it is asked for where few places are, and where it matters.
  const entries = !tellsModes ? [] : places.flatMap((place, index) => (place.path !== '' && isGitPath(place.path) ? [{ ...place, index }] : []));
  const declared = [
    ...commits.map((_, index) => `$c${index}: GitObjectID!`),
    ...places.map((_, index) => `$e${index}: String!`),
    ...entries.map(({ index }) => `$f${index}: String!`),
  ].join(', ');
  const entriesOf = (commit: Sha): string => entries.filter((entry) => entry.commit === commit).map(({ index }) => ` ... on Commit { f${index}: file(path: $f${index}) { oid type mode } }`).join('');
  const asked = [
    ...commits.map((commit, index) => `c${index}: object(oid: $c${index}) { oid${entriesOf(commit)} }`),
    ...places.map((_, index) => `e${index}: object(expression: $e${index}) { __typename oid }`),
  ].join(' ');
  const repository = await calls.query(`query($owner: String!, $name: String!, ${declared}) { repository(owner: $owner, name: $name) { ${asked} } }`, {
    ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
    ...Object.fromEntries(places.map((place, index) => [`e${index}`, `${place.commit}:${place.path}`])),
    ...Object.fromEntries(entries.map(({ index, path }) => [`f${index}`, path])),
  });
  for (const [index, commit] of commits.entries()) {
    if (valueAt(repository, [`c${index}`, 'oid']) === commit) continue;
    throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read commit ${commit}: GitHub does not have it, expected a commit of ${calls.ref.owner}/${calls.ref.name}`);
  }
  return places.map((place, index) => (isGitPath(place.path) ? foundAt(repository, commits.indexOf(place.commit), index) : null));
}

function foundAt(repository: unknown, commit: number, place: number): NamedObject | null {
  const entry = valueAt(repository, [`c${commit}`, `f${place}`]);
  if (entry !== null && entry !== undefined) return entryOf(entry);
  const object = valueAt(repository, [`e${place}`]);
  if (object === null || object === undefined) return null;
  return { name: shaAt(object, ['oid']), kind: kindOf(textAt(object, ['__typename'])) };
}

/** Git resolves `./x` and `x/../y` in an expression, but no tree holds such a path, nor one with NUL. */
function isGitPath(path: string): boolean {
  return path === '' || (!path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'));
}
