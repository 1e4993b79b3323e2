import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { DependencyFacts } from './dependency.ts';
import { indexByName, pipenvIndexes, pipenvSettings } from './pipenv-indexes.ts';
import { pipenvLocked } from './pipenv-locked.ts';
import { objectOf } from './read-package-json.ts';
import { requirementForm } from './requirement-form.ts';
import { tableDependencies } from './table-dependencies.ts';
import { isTable, readToml } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';

/** Every table of packages, whatever its group is called. */
export function readPipfile(text: string): DependencyFacts {
  const table = readToml(text);
  const groups = Object.entries(table).filter(([name]) => !['source', 'requires', 'scripts', 'pipenv'].includes(name));
  const indexes = pipenvIndexes(table['source']);
  const form = { indexOf: indexByName(indexes), isPath: requirementForm.isPath };
  return { dependencies: groups.flatMap(([name, group]) => tableDependencies(tableIn(group), name, form)), indexes: [...indexes.map(({ told }) => told), ...pipenvSettings(table['pipenv'])] };
}

export function readPipfileLock(text: string): DependencyFacts {
  const { _meta: meta, ...groups } = objectOf(text);
  const indexes = pipenvIndexes(isJsonObject(meta) ? meta['sources'] : undefined);
  const indexOf = indexByName(indexes);
  return { dependencies: Object.values(groups).flatMap((group) => Object.entries(objectIn(group)).flatMap(([name, entry]) => pipenvLocked(name, entry, indexOf))), indexes: indexes.map(({ told }) => told) };
}

function objectIn(group: JsonValue): JsonObject {
  if (!isJsonObject(group)) throw new UnreadDependencies('it has a group of packages that is no table');
  return group;
}

function tableIn(group: TomlValue): TomlTable {
  if (!isTable(group)) throw new UnreadDependencies('it has a group of packages that is no table');
  return group;
}
