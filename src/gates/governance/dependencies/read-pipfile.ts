import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { pythonName } from './python-requirement.ts';
import { objectOf } from './read-package-json.ts';
import { addressKeys, tableDependencies } from './read-pyproject.ts';
import { isTable, listAt, readToml, textAt } from './toml-table.ts';

/** Every table of packages, whatever its group is called. */
export function readPipfile(text: string): DependencyFacts {
  const table = readToml(text);
  const groups = Object.entries(table).filter(([name]) => !['source', 'requires', 'scripts', 'pipenv'].includes(name));
  const sources = listAt(table, 'source').flatMap((source) => (isTable(source) ? [textAt(source, 'url') ?? ''] : []));
  return { dependencies: groups.flatMap(([name, group]) => (isTable(group) ? tableDependencies(group, name) : [])), indexes: sources };
}

export function readPipfileLock(text: string): DependencyFacts {
  const groups = Object.entries(objectOf(text)).filter(([name]) => name !== '_meta');
  return { dependencies: groups.flatMap(([, group]) => (isJsonObject(group) ? Object.entries(group).flatMap(([name, entry]) => lockedOf(name, entry)) : [])), indexes: [] };
}

function lockedOf(name: string, entry: JsonValue): readonly Dependency[] {
  if (!isJsonObject(entry)) return [];
  const [version, path, index, hashes] = [entry['version'], entry['path'], entry['index'], entry['hashes']];
  const address = addressKeys.map((key) => entry[key]).find((one) => typeof one === 'string');
  if (address === undefined && typeof path === 'string' && !path.includes('://')) return [];
  const source = [address ?? path ?? index, entry['ref'], entry['subdirectory']].filter((one) => typeof one === 'string').join(' ');
  return [{ name: pythonName(name), kind: 'lock', wanted: typeof version === 'string' ? version.replace(/^==/, '') : '', source: source === '' ? null : source, hashes: Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === 'string') : [], isDirect: false }];
}
