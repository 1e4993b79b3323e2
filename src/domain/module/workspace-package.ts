import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { mappedTarget } from './mapped-target.ts';
import type { MappedTarget } from './mapped-target.ts';
import { folderOf } from './resolve-relative.ts';

/** A package of the repository itself. */
export interface WorkspacePackage {
  /** From the root; empty: the root. */
  readonly folder: string;
  readonly name: string;
  readonly manifest: JsonObject;
}

/** Null for what is no manifest, or has no name. */
export function workspacePackage(value: JsonValue | undefined, path: string): WorkspacePackage | null {
  if (!isJsonObject(value)) return null;
  const { name } = value;
  return { folder: folderOf(path), name: typeof name === 'string' ? name : '', manifest: value };
}

/** Where a name leads in the packages of the repository, whatever the conditions; null where it is none of theirs. */
export function packageTargets(packages: readonly WorkspacePackage[], from: string, specifier: string): readonly MappedTarget[] | null {
  if (specifier.startsWith('#')) {
    const own = nearestPackage(packages, from);
    const targets = own === null ? [] : matched(own.manifest['imports'], specifier);
    // They may be packages, too.
    return own === null || targets.some(({ target }) => !target.startsWith('.')) ? null : within(own, targets);
  }
  const one = packages.find(({ name }) => name !== '' && (specifier === name || specifier.startsWith(`${name}/`)));
  if (one === undefined) return null;
  const subpath = `.${specifier.slice(one.name.length)}`;
  const { exports: exported } = one.manifest;
  if (exported !== undefined) return within(one, matched(isJsonObject(exported) && Object.keys(exported).some((key) => key.startsWith('.')) ? exported : { '.': exported }, subpath));
  const mains = ['source', 'types', 'typings', 'module', 'main', 'browser'].flatMap((field) => [one.manifest[field] ?? []].flat()).filter((main) => typeof main === 'string');
  return within(one, (subpath === '.' ? [...mains, '.'] : [subpath]).map((target) => ({ target, part: '' })));
}

/** Whether the package that a module is of maps names like `#name` itself: then no other names of this form lead anywhere. */
export function mapsImports(packages: readonly WorkspacePackage[], from: string): boolean {
  return isJsonObject(nearestPackage(packages, from)?.manifest['imports']);
}

function nearestPackage(packages: readonly WorkspacePackage[], from: string): WorkspacePackage | null {
  return packages.filter(({ folder }) => folder === '' || from.startsWith(`${folder}/`)).toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null;
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
  for (let next = open.pop(); next !== undefined && found.length < 50; next = open.pop()) {
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next)) open.push(...next.slice(0, 50).toReversed());
    else if (isJsonObject(next)) open.push(...Object.values(next).slice(0, 50).toReversed());
  }
  return found;
}
