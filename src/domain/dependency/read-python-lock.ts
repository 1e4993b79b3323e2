import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { isPythonFile, pythonFilePlace } from './python-file-place.ts';
import { pythonName } from '../python-name.ts';
import { pythonRequirement } from './python-requirement.ts';
import { addressKeys } from './table-dependencies.ts';
import { isTable, listAt, readToml, tableAt, textAt, valueAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';

/** What a program writes at the top of its lock file: its lists of packages, and what names none. */
interface LockForm {
  readonly lists: readonly string[];
  readonly others: readonly string[];
}

const poetryForm: LockForm = { lists: ['package'], others: ['extras', 'metadata'] };
const pdmForm: LockForm = { lists: ['package'], others: ['metadata'] };
const pylockForm: LockForm = { lists: ['packages'], others: ['lock-version', 'environments', 'requires-python', 'extras', 'dependency-groups', 'default-groups', 'created-by', 'tool'] };
/** It takes its packages by an older name too. */
const uvForm: LockForm = { lists: ['package', 'distribution'], others: ['version', 'revision', 'requires-python', 'resolution-markers', 'environment-markers', 'supported-markers', 'required-markers', 'supported-environments', 'required-environments', 'conflicts', 'options', 'manifest'] };

/** Lists of packages with version, source and files. What lies in the repository itself each format says in its own way, and takes from nothing else. */
export function readPoetryLock(text: string): DependencyFacts {
  return factsOf(text, poetryForm, (entry) => {
    const source = tableAt(entry, 'source');
    return textAt(source, 'type') === 'directory' ? textAt(source, 'url') : null;
  });
}

export function readPdmLock(text: string): DependencyFacts {
  return factsOf(text, pdmForm, (entry) => (hasNone(entry, addressKeys) ? textAt(entry, 'path') : null));
}

export function readPylock(text: string): DependencyFacts {
  return factsOf(text, pylockForm, (entry) => (hasNone(entry, ['vcs', 'archive', 'sdist', 'wheels']) ? folderAt(tableAt(entry, 'directory')) : null));
}

function folderAt(directory: TomlTable): string | null {
  const path = textAt(directory, 'path');
  return path === null ? null : [path, ...textsAt(directory, ['subdirectory'])].join('/');
}

function hasNone(entry: TomlTable, names: readonly string[]): boolean {
  return !names.some((name) => Object.hasOwn(entry, name));
}

const own = ['editable', 'virtual', 'directory', 'path'];

/** uv lists the project itself among its packages: with a source of this kind, and of no other. */
export function readUvLock(text: string): DependencyFacts {
  return factsOf(text, uvForm, (entry) => {
    const source = tableAt(entry, 'source');
    const [kind, ...others] = Object.keys(source);
    return kind !== undefined && others.length === 0 && own.includes(kind) ? textAt(source, kind) : null;
  });
}

/** @param placeOf Where a package lies that is a folder or an archive; null for any other. */
function factsOf(text: string, form: LockForm, placeOf: (entry: TomlTable) => string | null): DependencyFacts {
  const table = readToml(text);
  const packages = packagesOf(table, form);
  const direct = new Set(packages.filter((one) => placeOf(one) !== null).flatMap((one) => directOf(one)));
  const apart = filesApart(tableAt(table, 'metadata'));
  const dependencies = packages.flatMap((one) => {
    const place = placeOf(one);
    const found = dependencyOf({ ...one, files: [...listAt(one, 'files'), ...apart(one)] }, direct);
    return place === null ? found : found.map((dependency) => ({ ...dependency, source: place, place }));
  });
  return { dependencies, indexes: [], asked: packages.flatMap(askedBy) };
}

/** Without what a marker or an extra may leave out. Poetry has a table, PDM requirements, the others tables with a name. */
function askedBy(entry: TomlTable): readonly string[] {
  const asks = valueAt(entry, 'dependencies') ?? [];
  if (isTable(asks)) return Object.entries(asks).flatMap(([name, wanted]) => (typeof wanted === 'string' ? pythonName(name) : []));
  return [asks].flat().flatMap((one) => {
    if (typeof one === 'string') return one.includes(';') ? [] : pythonRequirement(one, 'lock').name;
    return isTable(one) && !['marker', 'markers'].some((key) => Object.hasOwn(one, key)) ? nameOf(one) : [];
  });
}

/** A part with another name may have packages for some version of its program. */
function packagesOf(table: TomlTable, { lists, others }: LockForm): readonly TomlTable[] {
  if (Object.keys(table).some((name) => !lists.includes(name) && !others.includes(name))) throw new UnreadDependencies('it has a part that is not known');
  return lists.flatMap((name) => [table[name] ?? []].flat()).map((one) => {
    if (!isTable(one) || textAt(one, 'name') === null) throw new UnreadDependencies('it has a package without a name');
    return one;
  });
}

/** Versions of one package that share a list of files: nobody but an attacker locks as many. */
const shared = 20;

/** Files of a package where Poetry (by its name) and PDM (by name and version) once had those of all packages; at first their digests alone. */
function filesApart(metadata: TomlTable): (entry: TomlTable) => readonly TomlValue[] {
  const files = [...Object.entries(tableAt(metadata, 'files')), ...Object.entries(tableAt(metadata, 'hashes')).map(([key, digests]) => [key, [digests].flat().map((hash) => ({ hash }))] as const)];
  const lists = Map.groupBy(files, ([key]) => {
    const [name = '', version = ''] = key.split(' ');
    return `${pythonName(name)} ${version}`;
  });
  const taken = new Map<string, number>();
  return (entry) => [textAt(entry, 'version') ?? '', ''].flatMap((version) => {
    const key = `${pythonName(textAt(entry, 'name') ?? '')} ${version}`;
    const list = lists.get(key)?.flatMap(([, some]) => some) ?? [];
    const count = (taken.get(key) ?? 0) + 1;
    if (list.length > 0 && count > shared) throw new UnreadDependencies(`it has files that more than ${shared} packages share`);
    taken.set(key, count);
    return list;
  });
}

function directOf(entry: TomlTable): readonly string[] {
  const groups = [...Object.values(tableAt(entry, 'optional-dependencies')), ...Object.values(tableAt(entry, 'dev-dependencies'))];
  // Poetry has a table of them, which says nothing of what the project asks for itself.
  return [...[valueAt(entry, 'dependencies') ?? []].flat(), ...groups.flat()].flatMap((one) => (isTable(one) && typeof one['name'] === 'string' ? pythonName(one['name']) : []));
}

function nameOf(value: TomlValue): readonly string[] {
  const name = isTable(value) ? textAt(value, 'name') : null;
  return name === null ? [] : [pythonName(name)];
}

function dependencyOf(entry: TomlTable, direct: ReadonlySet<string>): readonly Dependency[] {
  return nameOf(entry).map((name) => ({
    name,
    kind: 'lock',
    wanted: textAt(entry, 'version') ?? '',
    source: sourceOf(entry, name),
    hashes: hashesOf(entry),
    isDirect: direct.has(name),
  }));
}

const commitKeys = ['reference', 'resolved_reference', 'ref', 'rev', 'revision', 'branch', 'tag', 'requested-revision', 'commit-id', 'subdirectory'];

/** The index, or the repository with its commit, whatever else it names, and where its files lie: programs do not agree on which of them counts. A name that is of no file of this version counts too. */
function sourceOf(entry: TomlTable, name: string): string | null {
  const version = textAt(entry, 'version') ?? '';
  const named = ['source', 'vcs', 'archive'].flatMap((key) => textsAt(tableAt(entry, key), ['registry', ...addressKeys, ...commitKeys]));
  const addresses = [...named, ...textsAt(entry, ['index', ...addressKeys, ...commitKeys])];
  const places = filesOf(entry).flatMap((file) => textsAt(file, ['url', 'path'])).map((address) => pythonFilePlace(address, name, version));
  const others = filesOf(entry).flatMap((file) => textsAt(file, ['file', 'name', 'filename'])).filter((file) => !isPythonFile(file, name, version));
  const all = [...addresses, ...new Set([...places, ...others].toSorted())];
  return all.length === 0 ? null : all.join(' ');
}

function textsAt(table: TomlTable, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => textAt(table, name) ?? []);
}

function filesOf(entry: TomlTable): readonly TomlTable[] {
  return [...listAt(entry, 'files'), ...listAt(entry, 'wheels'), entry['sdist'] ?? {}].filter(isTable);
}

/** Of a file that has none an empty one: that file may be anything. */
function hashesOf(entry: TomlTable): readonly string[] {
  const files = [...filesOf(entry), tableAt(entry, 'archive')].filter((file) => Object.keys(file).length > 0);
  return files.flatMap((file) => {
    const digests = [textAt(file, 'hash') ?? [], Object.entries(tableAt(file, 'hashes')).map(([kind, digest]) => `${kind}:${typeof digest === 'string' ? digest : ''}`)].flat();
    return digests.length === 0 ? [''] : digests;
  });
}
