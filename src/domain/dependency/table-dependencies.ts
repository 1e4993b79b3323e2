import { pythonName } from '../python-name.ts';
import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { extrasIn, markerVariables, repositoryKinds, requirementForm } from './requirement-form.ts';
import { isTable, textAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';

/** What a program makes of such a table. */
export interface TableForm {
  /** What the name of an index stands for. */
  readonly indexOf: (name: string) => string;
  /** Whether it takes a text for a path and for nothing else. */
  readonly isPath: (text: string) => boolean;
}

/** A `path` is a path, also one of a single name. */
const usual: TableForm = { indexOf: (name) => name, isPath: (text) => requirementForm.isPath(text) || requirementForm.isPath(`./${text}`) };

/** Where a package comes from, when that is no index; the first that stands counts. Beside one of these a `path` is not what is installed. */
export const addressKeys = [...repositoryKinds, 'url', 'file'];

const indexKeys = ['index', 'source'];
const revisions = ['rev', 'ref', 'tag', 'branch'];
const environment = ['python', 'platform', ...markerVariables];

/** Fields that lead to no other package, each in its form. */
const harmless: ReadonlyMap<string, (value: TomlValue) => boolean> = new Map<string, (value: TomlValue) => boolean>([
  ['version', (value) => typeof value === 'string' && requirementForm.isRange(value)],
  ['extras', (value) => extrasIn(value) !== null],
  ...environment.map((name) => [name, (value: TomlValue) => typeof value === 'string' && (requirementForm.isRange(value) || requirementForm.isMarker(value))] as const),
  ...['markers', 'marker'].map((name) => [name, (value: TomlValue) => typeof value === 'string' && requirementForm.isMarker(value)] as const),
  ...['extra', 'group', 'category'].map((name) => [name, (value: TomlValue) => typeof value === 'string' && requirementForm.isName(value)] as const),
  ...['optional', 'allow-prereleases', 'allows-prereleases', 'develop', 'editable', 'workspace', 'package', 'lfs'].map((name) => [name, (value: TomlValue) => typeof value === 'boolean'] as const),
]);

/** A table of names, as Poetry, uv and Pipenv write it: a range, a table with a version or an address, or a list of them. */
export function tableDependencies(table: TomlTable, kind: string, form = usual): readonly Dependency[] {
  return Object.entries(table).flatMap(([name, value]) => [value].flat().map((one) => dependencyOf(name, one, kind, form)));
}

/** What is not known to lead to no other package is a part of where it comes from: another folder of a repository, an index, and any field of another form. */
function dependencyOf(name: string, value: TomlValue, kind: string, form: TableForm): Dependency {
  if (typeof value === 'string') return declared(pythonName(name), kind, value, requirementForm.isRange(value) ? null : value);
  if (!isTable(value)) return declared(pythonName(name), kind, JSON.stringify(value), JSON.stringify(value));
  const [place, at] = [[...addressKeys, 'path', ...indexKeys], revisions].map((keys) => fieldOf(value, keys));
  const isIndex = place === undefined || indexKeys.includes(place.key);
  const others = Object.entries(value).filter(([key, one]) => key !== place?.key && key !== at?.key && harmless.get(key)?.(one) !== true);
  const source = [...(place === undefined ? [] : isIndex ? [form.indexOf(place.text)] : [place.text]), ...others.map(([key, one]) => `${key} = ${JSON.stringify(one)}`).toSorted()];
  const wanted = isIndex ? (textAt(value, 'version') ?? '*') : place.text;
  const isFolder = (place?.key === 'path' || place?.key === 'file') && source.length === 1 && at === undefined && form.isPath(place.text);
  const one = declared(pythonName(name), kind, at === undefined ? wanted : `${wanted}@${at.text}`, source.length === 0 ? null : source.join(' '));
  const isConditional = Object.keys(value).some((key) => environment.includes(key) || ['markers', 'marker', 'extra', 'optional', 'group'].includes(key));
  return { ...one, extras: extrasIn(value['extras']) ?? [], ...(isConditional ? { isConditional } : {}), ...(isFolder ? { place: place.text } : {}) };
}

function fieldOf(table: TomlTable, keys: readonly string[]): { readonly key: string; readonly text: string } | undefined {
  return keys.flatMap((key) => {
    const text = textAt(table, key);
    return text === null ? [] : [{ key, text }];
  })[0];
}
