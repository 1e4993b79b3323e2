import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';
import type { Effort } from './effort.ts';
import { mappedTarget } from './mapped-target.ts';
import type { MappedTarget } from './mapped-target.ts';
import { folderOf } from './resolve-relative.ts';

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
  /** Whether any manifest asks for the package of a name that code imports. */
  isAskedFor(specifier: string): boolean;
}

const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

export function workspacePackages(all: readonly WorkspacePackage[]): WorkspacePackages {
  const asked = new Set(all.flatMap(({ manifest }) => lists.flatMap((list) => Object.keys(isJsonObject(manifest[list]) ? manifest[list] : {}))));
  return { all, isAskedFor: (specifier) => asked.has(nameIn(specifier)), byName: new Map(all.filter(({ name }) => name !== '').map((one) => [one.name, one] as const).toReversed()) };
}

export interface PackageTargets {
  readonly targets: readonly MappedTarget[];
  /** Of `#name`: whether the package that the module is of maps such names itself, so that no other ones lead anywhere. */
  readonly mapsImports: boolean;
}

/** Where a name leads in the packages of the repository, whatever the conditions; null where it is none of theirs. */
export function packageTargets({ all, byName }: WorkspacePackages, { from, specifier, effort }: NamedFrom): PackageTargets | null {
  if (specifier.startsWith('#')) {
    effort.spend(all.reduce((sum, { folder }) => sum + folder.length + perPackage, 0));
    const own = all.filter(({ folder }) => folder === '' || from.startsWith(`${folder}/`)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
    if (own === undefined) return null;
    effort.spend(own.characters);
    const targets = matched(own.manifest['imports'], specifier);
    // They may be packages, too.
    return targets.some(({ target }) => !target.startsWith('.')) ? null : { targets: within(own, targets), mapsImports: isJsonObject(own.manifest['imports']) };
  }
  const one = byName.get(nameIn(specifier));
  if (one === undefined) return null;
  effort.spend(one.characters);
  const subpath = `.${specifier.slice(one.name.length)}`;
  const { exports: exported } = one.manifest;
  if (exported !== undefined) return ofName(one, matched(isJsonObject(exported) && Object.keys(exported).some((key) => key.startsWith('.')) ? exported : { '.': exported }, subpath));
  const mains = ['source', 'types', 'typings', 'module', 'main', 'browser'].flatMap((field) => [one.manifest[field] ?? []].flat().slice(0, mostTargets)).filter((main) => typeof main === 'string').slice(0, mostTargets);
  return ofName(one, (subpath === '.' ? [...mains, '.'] : [subpath]).map((target) => ({ target, part: '' })));
}

function ofName(one: WorkspacePackage, targets: readonly Matched[]): PackageTargets {
  return { targets: within(one, targets), mapsImports: false };
}

/** A name has one part, or two where it has a scope. */
function nameIn(specifier: string): string {
  return specifier.split('/', 2).slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** As it is written, and what stands for `*` in it. */
interface Matched {
  readonly target: string;
  readonly part: string;
}

function within({ folder }: WorkspacePackage, targets: readonly Matched[]): readonly MappedTarget[] {
  return targets.flatMap(({ target, part }) => mappedTarget(folder, target, part) ?? []);
}

/** All targets of a name, by Node's patterns: the exact name, else the longest pattern. */
function matched(map: JsonValue | undefined, name: string): readonly Matched[] {
  if (!isJsonObject(map)) return [];
  if (map[name] !== undefined) return textsIn(map[name]).map((target) => ({ target, part: '' }));
  const patterns = Object.keys(map).filter((key) => key.includes('*')).toSorted((a, b) => b.length - a.length);
  for (const pattern of patterns) {
    const [before = '', after = ''] = pattern.split('*', 2);
    if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) continue;
    const part = name.slice(before.length, name.length - after.length);
    return textsIn(map[pattern]).map((target) => ({ target, part }));
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
