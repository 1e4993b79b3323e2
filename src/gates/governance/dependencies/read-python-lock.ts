import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonFilePlace } from './python-file-place.ts';
import { pythonName } from '../../../domain/python-name.ts';
import { addressKeys } from './read-pyproject.ts';
import { isTable, listAt, readToml, tableAt, textAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';

/** Lists of packages with version, source and files. What lies in the repository itself each format says in its own way, and takes from nothing else. */
export function readPoetryLock(text: string): DependencyFacts {
  return factsOf(text, (entry) => textAt(tableAt(entry, 'source'), 'type') === 'directory');
}

export function readPdmLock(text: string): DependencyFacts {
  return factsOf(text, (entry) => textAt(entry, 'path')?.includes('://') === false && hasNone(entry, addressKeys));
}

export function readPylock(text: string): DependencyFacts {
  return factsOf(text, (entry) => isTable(entry['directory']) && hasNone(entry, ['vcs', 'archive', 'sdist', 'wheels']));
}

function hasNone(entry: TomlTable, names: readonly string[]): boolean {
  return !names.some((name) => Object.hasOwn(entry, name));
}

const own = ['editable', 'virtual', 'directory', 'path'];

/** uv lists the project itself among its packages: with a source of this kind, and of no other. */
export function readUvLock(text: string): DependencyFacts {
  return factsOf(text, (entry) => {
    const [kind, ...others] = Object.keys(tableAt(entry, 'source'));
    return kind !== undefined && others.length === 0 && own.includes(kind);
  });
}

function factsOf(text: string, isOwn: (entry: TomlTable) => boolean): DependencyFacts {
  const table = readToml(text);
  const packages = [...listAt(table, 'package'), ...listAt(table, 'packages')].filter(isTable);
  const direct = new Set(packages.filter(isOwn).flatMap((one) => directOf(one)));
  return { dependencies: packages.filter((one) => !isOwn(one)).flatMap((one) => dependencyOf(one, direct)), indexes: [] };
}

function directOf(entry: TomlTable): readonly string[] {
  const groups = [...Object.values(tableAt(entry, 'optional-dependencies')), ...Object.values(tableAt(entry, 'dev-dependencies'))];
  return [...listAt(entry, 'dependencies'), ...groups.flat()].flatMap((one) => nameOf(one));
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

/** The index, or the repository with its commit, whatever else it names, and where its files lie: programs do not agree on which of them counts. */
function sourceOf(entry: TomlTable, name: string): string | null {
  const named = ['source', 'vcs', 'archive'].flatMap((key) => textsAt(tableAt(entry, key), ['registry', ...addressKeys, ...commitKeys]));
  const addresses = [...named, ...textsAt(entry, ['index', ...addressKeys, ...commitKeys])];
  const files = filesOf(entry).flatMap((file) => textsAt(file, ['url'])).map((url) => pythonFilePlace(url, name, textAt(entry, 'version') ?? ''));
  const all = [...addresses, ...new Set(files.toSorted())];
  return all.length === 0 ? null : all.join(' ');
}

function textsAt(table: TomlTable, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => textAt(table, name) ?? []);
}

function filesOf(entry: TomlTable): readonly TomlTable[] {
  return [...listAt(entry, 'files'), ...listAt(entry, 'wheels'), entry['sdist'] ?? {}].filter(isTable);
}

function hashesOf(entry: TomlTable): readonly string[] {
  return [...filesOf(entry), tableAt(entry, 'archive')].flatMap((file) => [textAt(file, 'hash') ?? [], Object.values(tableAt(file, 'hashes'))].flat(2).filter((hash) => typeof hash === 'string'));
}
