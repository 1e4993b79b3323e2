import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { Effort } from './effort.ts';
import { mappedTarget } from './mapped-target.ts';
import type { MappedTarget } from './mapped-target.ts';
import { folderOf, pathAt } from './resolve-relative.ts';

/** What of a `tsconfig.json` decides where imports lead. Paths are from the root of the repository. */
export interface PathSettings {
  readonly mappings: readonly PathMapping[];
  /** Whether folders are laid over each other, so that a relative import may lead to another one. */
  readonly hasRootFolders: boolean;
}

/** `*` stands for any text, once. */
export interface PathMapping {
  readonly pattern: string;
  readonly targets: readonly string[];
}

export interface ReadPathSettings extends PathSettings {
  /** Of which it takes what it does not say itself, as written. */
  readonly extended: readonly string[];
}

/** Patterns of one file. */
const most = 200;

/** To cut one and to hold a name against it costs as much as to look at so many characters. */
const perPattern = 64;

/** @param path Of the file itself. Null: it is none. */
export function readPathSettings(value: JsonValue | undefined, path: string): ReadPathSettings | null {
  if (!isJsonObject(value)) return null;
  const { extends: extended = [], compilerOptions = {} } = value;
  if (!isJsonObject(compilerOptions)) return null;
  const { baseUrl, paths, rootDirs } = compilerOptions;
  const folder = folderOf(path);
  const baseFolder = typeof baseUrl === 'string' ? pathAt(folder, baseUrl) : null;
  const mappings = isJsonObject(paths) ? Object.entries(paths).slice(0, most).flatMap(([pattern, targets]) => mappingOf(pattern, targets, baseFolder ?? folder)) : [];
  return { mappings, hasRootFolders: Array.isArray(rootDirs), extended: [extended].flat().filter((one) => typeof one === 'string') };
}

function mappingOf(pattern: string, targets: JsonValue, folder: string): readonly PathMapping[] {
  if (!Array.isArray(targets)) return [];
  return [{ pattern, targets: targets.slice(0, 20).flatMap((one) => (typeof one === 'string' ? (pathAt(folder, one) ?? []) : [])) }];
}

/** Where a name that is no path may stand, the likeliest first: the longest pattern counts, as in TypeScript. `isForAll`: that of any name. */
export function mappedPaths({ mappings }: PathSettings, specifier: string, effort: Effort): { readonly targets: readonly MappedTarget[]; readonly isForAll: boolean } {
  effort.spend(mappings.reduce((sum, { pattern }) => sum + pattern.length + perPattern, 0));
  const fitting = mappings.flatMap(({ pattern, targets }) => {
    const [before = '', after] = pattern.split('*', 2);
    const fits = after === undefined ? pattern === specifier : specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
    return fits ? [{ before, targets, part: after === undefined ? '' : specifier.slice(before.length, specifier.length - after.length) }] : [];
  });
  const [best] = fitting.toSorted((a, b) => b.before.length - a.before.length);
  const targets = best === undefined ? [] : best.targets.flatMap((target) => mappedTarget('', target, best.part) ?? []);
  return { targets, isForAll: best?.before === '' };
}
