import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';
import type { Effort } from './effort.ts';
import { folderOf, pathAt } from './resolve-relative.ts';

/** A package of the repository itself. */
export interface WorkspacePackage {
  /** From the root; empty: the root. */
  readonly folder: string;
  readonly name: string;
  readonly manifest: JsonObject;
  /** Of the text of it. */
  readonly characters: number;
}

/** Null for what is no manifest, or has no name. */
export function workspacePackage(text: string, path: string): WorkspacePackage | null {
  const value = parseJson(text);
  if (!isJsonObject(value)) return null;
  const { name } = value;
  return { folder: folderOf(path), name: typeof name === 'string' ? name : '', manifest: value, characters: text.length };
}

/** To hold a name against one costs as much as to look at so many characters. */
const perPackage = 32;

/** Targets of one package that are tried. */
const mostTargets = 50;

interface NamedFrom {
  readonly from: string;
  readonly specifier: string;
  readonly effort: Effort;
}

/** Packages by their names, of which npm knows each once. */
export interface WorkspacePackages {
  readonly all: readonly WorkspacePackage[];
  readonly byName: ReadonlyMap<string, WorkspacePackage>;
}

export function workspacePackages(all: readonly WorkspacePackage[]): WorkspacePackages {
  return { all, byName: new Map(all.filter(({ name }) => name !== '').map((one) => [one.name, one] as const).toReversed()) };
}

/** Where a name leads in the packages of the repository, whatever the conditions; null where it is none of theirs. */
export function packageTargets({ all, byName }: WorkspacePackages, { from, specifier, effort }: NamedFrom): readonly string[] | null {
  if (specifier.startsWith('#')) {
    effort.spend(all.reduce((sum, { folder }) => sum + folder.length + perPackage, 0));
    const own = all.filter(({ folder }) => folder === '' || from.startsWith(`${folder}/`)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
    if (own === undefined) return null;
    effort.spend(own.characters);
    return within(own, matched(own.manifest['imports'], specifier));
  }
  const one = byName.get(nameIn(specifier));
  if (one === undefined) return null;
  effort.spend(one.characters);
  const subpath = `.${specifier.slice(one.name.length)}`;
  const { exports: exported } = one.manifest;
  if (exported !== undefined) return within(one, matched(isJsonObject(exported) && Object.keys(exported).some((key) => key.startsWith('.')) ? exported : { '.': exported }, subpath));
  const mains = ['source', 'types', 'typings', 'module', 'main', 'browser'].flatMap((field) => [one.manifest[field] ?? []].flat().slice(0, mostTargets)).filter((main) => typeof main === 'string').slice(0, mostTargets);
  return within(one, subpath === '.' ? [...mains, '.'] : [subpath]);
}

/** A name has one part, or two where it has a scope. */
function nameIn(specifier: string): string {
  return specifier.split('/', 2).slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function within({ folder }: WorkspacePackage, targets: readonly string[]): readonly string[] {
  return targets.flatMap((target) => pathAt(folder, target) ?? []);
}

/** All targets of a name, by Node's patterns: the exact name, else the longest pattern. */
function matched(map: JsonValue | undefined, name: string): readonly string[] {
  if (!isJsonObject(map)) return [];
  if (map[name] !== undefined) return textsIn(map[name]);
  const patterns = Object.keys(map).filter((key) => key.includes('*')).toSorted((a, b) => b.length - a.length);
  for (const pattern of patterns) {
    const [before = '', after = ''] = pattern.split('*', 2);
    if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) continue;
    const part = name.slice(before.length, name.length - after.length);
    return textsIn(map[pattern]).map((target) => target.replaceAll('*', () => part));
  }
  return [];
}

/** Targets of a map that nests as deep as its author likes: without recursion, and not all of very many. */
function textsIn(value: JsonValue | undefined): readonly string[] {
  const found: string[] = [];
  const open: JsonValue[] = value === undefined ? [] : [value];
  for (let next = open.pop(); next !== undefined && found.length < mostTargets; next = open.pop()) {
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next)) open.push(...next.slice(0, mostTargets).toReversed());
    else if (isJsonObject(next)) open.push(...Object.values(next).slice(0, mostTargets).toReversed());
  }
  return found;
}
