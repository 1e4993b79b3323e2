import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { membersOf, objectIn } from './json-members.ts';
import { npmSource } from './npm-source.ts';
import { npmAlias, npmDependency, npmElsewhere } from './npm-spec.ts';
import { objectOf } from './read-package-json.ts';

const folder = 'node_modules/';
const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Versions 1 to 3. One that has both forms is read in both: which counts depends on who installs. */
export function readPackageLock(text: string): DependencyFacts {
  const value = objectOf(text);
  const packages = membersOf(value, 'packages');
  const direct = new Set(packages.filter(([path]) => !path.includes(folder)).flatMap(([, entry]) => (isJsonObject(entry) ? lists.flatMap((list) => membersOf(entry, list).map(([name]) => name)) : [])));
  return { dependencies: [...packages.flatMap(([path, entry]) => packageAt(path, entry, direct)), ...firstForm(value)], indexes: [], asked: packages.flatMap(([path, entry]) => askedAt(path, objectIn(entry, path))) };
}

/** What is optional or brought within, npm leaves out for some systems; the first form does not tell it apart. */
function askedAt(path: string, entry: JsonObject): readonly string[] {
  if (entry['inBundle'] === true) return [];
  const isInstalled = path.includes(folder);
  const asking = (isInstalled ? ['dependencies'] : ['dependencies', 'devDependencies']).flatMap((list) => membersOf(entry, list));
  const within = [entry['bundleDependencies'], entry['bundledDependencies']].flat();
  const left = new Set(within.includes(true) ? asking.map(([name]) => name) : [...membersOf(entry, 'optionalDependencies').map(([name]) => name), ...within]);
  return asking.flatMap(([name, spec]) => {
    const { name: asked, place } = npmDependency(name, textOf(spec) ?? '', 'lock');
    return place === undefined && !left.has(name) ? asked : [];
  });
}

/** A link leads to a folder, and a folder of the project is fetched from nowhere. */
function packageAt(path: string, entry: JsonValue, direct: ReadonlySet<string>): readonly Dependency[] {
  const [at, told] = [path.lastIndexOf(folder), objectIn(entry, path)];
  const [installed, resolved] = [at === -1 ? path : path.slice(at + folder.length), textOf(told['resolved'])];
  const one = keyed(locked(textOf(told['name']) ?? installed, told, direct.has(installed)), installed);
  if (told['link'] === true) return [{ ...one, source: resolved, place: resolved ?? '' }];
  return at === -1 && told['resolved'] === undefined && told['integrity'] === undefined ? [] : [one];
}

/** Nested as the folders are: walked without recursion. */
function firstForm(value: JsonObject): readonly Dependency[] {
  const found: Dependency[] = [];
  const open = [...membersOf(value, 'dependencies')].toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, entry] = next;
    const told = objectIn(entry, name);
    const alias = npmAlias(textOf(told['version']) ?? '');
    found.push(alias === null ? locked(name, told, false) : keyed(locked(alias.name, { ...told, version: alias.wanted }, false), name));
    for (const inner of membersOf(told, 'dependencies')) open.push([inner[0], inner[1]]);
  }
  return found;
}

function keyed(one: Dependency, key: string): Dependency {
  return one.name === key ? one : { ...one, key };
}

/** The first form may have an address in place of the version. */
function locked(name: string, entry: JsonObject, isDirect: boolean): Dependency {
  const [version, resolved, integrity] = [textOf(entry['version']) ?? '', textOf(entry['resolved']), textOf(entry['integrity'])];
  const sources = [resolved === null ? null : npmSource(resolved, { name, version }), npmElsewhere(name, version)].filter((one) => one !== null);
  return { name, kind: 'lock', wanted: version, source: sources.length === 0 ? null : sources.join(' '), hashes: integrity?.split(/\s+/) ?? [], isDirect };
}

/** Of an older version `false` stands for none, and an entry that is bundled has `true`. */
function textOf(value: JsonValue | undefined): string | null {
  if (value !== undefined && typeof value === 'object') throw new UnreadDependencies('it has a field that is no text');
  return typeof value === 'string' ? value : null;
}
