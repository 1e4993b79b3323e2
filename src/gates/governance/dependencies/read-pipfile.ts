import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonName } from '../../../domain/python-name.ts';
import { objectOf } from './read-package-json.ts';
import { addressKeys, tableDependencies } from './read-pyproject.ts';
import { indexByName, pipenvIndexes, pipenvSettings } from './pipenv-indexes.ts';
import { isTable, readToml } from './toml-table.ts';

/** Every table of packages, whatever its group is called. */
export function readPipfile(text: string): DependencyFacts {
  const table = readToml(text);
  const groups = Object.entries(table).filter(([name]) => !['source', 'requires', 'scripts', 'pipenv'].includes(name));
  const indexes = pipenvIndexes(table['source']);
  const indexOf = indexByName(indexes);
  return { dependencies: groups.flatMap(([name, group]) => (isTable(group) ? tableDependencies(group, name, indexOf) : [])), indexes: [...indexes.map(({ told }) => told), ...pipenvSettings(table['pipenv'])] };
}

export function readPipfileLock(text: string): DependencyFacts {
  const { _meta: meta, ...groups } = objectOf(text);
  const indexes = pipenvIndexes(isJsonObject(meta) ? meta['sources'] : undefined);
  const indexOf = indexByName(indexes);
  return { dependencies: Object.values(groups).flatMap((group) => Object.entries(tableOf(group)).flatMap(([name, entry]) => lockedOf(name, entry, indexOf))), indexes: indexes.map(({ told }) => told) };
}

function tableOf(group: JsonValue): JsonObject {
  if (!isJsonObject(group)) throw new UnreadDependencies('it has a group of packages that is no table');
  return group;
}

/** An entry that is a text is a version, which Pipenv installs without any digest. All texts it writes into one line for pip: what breaks the line is of another package. */
function lockedOf(name: string, entry: JsonValue, indexOf: (name: string) => string): readonly Dependency[] {
  if (typeof entry === 'string') return lockedOf(name, { version: entry }, indexOf);
  if (!isJsonObject(entry) || hasLineEnd(entry)) throw new UnreadDependencies('it has a package that Pipenv would not write');
  const [version, path, index, hashes] = [entry['version'], entry['path'], entry['index'], entry['hashes']];
  const address = addressKeys.map((key) => entry[key]).find((one) => typeof one === 'string');
  if (address === undefined && typeof path === 'string' && !path.includes('://')) return [];
  const source = [address ?? path ?? (typeof index === 'string' ? indexOf(index) : null), entry['ref'], entry['subdirectory']].filter((one) => typeof one === 'string').join(' ');
  return [{ name: pythonName(name), kind: 'lock', wanted: typeof version === 'string' ? version.replace(/^==/, '') : '', source: source === '' ? null : source, hashes: Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === 'string') : [], isDirect: false }];
}

function hasLineEnd(entry: JsonObject): boolean {
  return Object.values(entry).flat().some((value) => typeof value === 'string' && /[\r\n]/.test(value));
}
