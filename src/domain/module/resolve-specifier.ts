import { nearestWord } from '../nearest-word.ts';
import { isAskedFor } from './asked-packages.ts';
import type { MappedTarget } from './mapped-target.ts';
import { mappedPaths } from './path-settings.ts';
import { folderOf, pathAt, standingAt } from './resolve-relative.ts';
import type { Surroundings } from './surroundings.ts';
import { mapsImports, packageTargets } from './workspace-package.ts';

export type Resolution =
  /** All of them may say what the module gives. */
  | { readonly kind: 'standing'; readonly paths: readonly string[] }
  | { readonly kind: 'missing'; readonly path: string }
  /** What is installed, or is part of the runtime: nothing of the repository. */
  | { readonly kind: 'outside' }
  /** Where it leads is up to a program that nobody here runs. */
  | { readonly kind: 'untold'; readonly why: string };

/** Where an import leads, as TypeScript, Node and bundlers agree. Where they may differ nothing is told. */
export function resolveSpecifier(from: string, specifier: string, surroundings: Surroundings): Resolution {
  const [plain = ''] = specifier.split(/[?]/, 1);
  if (plain === '' || /[!\\\0]|\$\{|^\w+:/.test(plain) || plain.startsWith('/')) return /^\w+:/.test(plain) ? { kind: 'outside' } : { kind: 'untold', why: 'a program that bundles decides where it leads' };
  return isRelative(plain) ? resolveRelative(from, plain, surroundings) : resolveBare(from, plain, surroundings);
}

export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

function resolveRelative(from: string, specifier: string, surroundings: Surroundings): Resolution {
  const path = pathAt(folderOf(from), specifier);
  if (path === null) return { kind: 'untold', why: 'it leads out of the repository' };
  const { paths } = surroundings;
  const standing = standingAt(path, paths.has);
  if (standing.length > 0) return { kind: 'standing', paths: standing };
  if (paths.isElsewhere(path)) return { kind: 'untold', why: 'it leads into a submodule' };
  if (paths.has(`${path}/package.json`)) return { kind: 'untold', why: 'it leads to a folder with a package.json of its own' };
  const settings = surroundings.settingsAt(from);
  if (settings === 'unread' || settings?.hasRootFolders === true) return { kind: 'untold', why: 'settings of TypeScript may put it elsewhere' };
  if (surroundings.isMadeLater(path)) return { kind: 'untold', why: 'git ignores what would stand there, so that a build may make it' };
  return { kind: 'missing', path };
}

/** At most so many names of one folder are compared. */
const compared = 500;

/** The file of the same folder that was most likely meant; null where none is near. */
export function nearestPath(path: string, { paths }: Surroundings): string | null {
  const folder = folderOf(path);
  const near = nearestWord(path.slice(folder === '' ? 0 : folder.length + 1), paths.namesIn(folder).slice(0, compared).filter((name) => name.length <= 100));
  return near === null ? null : folder === '' ? near : `${folder}/${near}`;
}

/** A name that is mapped, or that a package of the repository has; any other is one of a package that is installed. */
function resolveBare(from: string, specifier: string, surroundings: Surroundings): Resolution {
  const { paths } = surroundings;
  const settings = surroundings.settingsAt(from);
  const mapped = settings === null || settings === 'unread' ? { targets: [], isForAll: false } : mappedPaths(settings, specifier);
  const targets = packageTargets(surroundings.packages, from, specifier);
  for (const { path } of [...mapped.targets, ...(targets ?? [])]) {
    const standing = standingAt(path, paths.has);
    if (standing.length > 0) return { kind: 'standing', paths: standing };
  }
  if (mapped.targets.length === 0 && targets === null) return { kind: 'outside' };
  const isOwn = specifier.startsWith('#') ? settings !== 'unread' && (mapped.targets.length > 0 || mapsImports(surroundings.packages, from)) : targets === null && !mapped.isForAll && !isAskedFor(surroundings.packages, specifier);
  const all = [...mapped.targets, ...(targets ?? [])];
  return isOwn && all.every((target) => isSource(target, surroundings)) ? { kind: 'missing', path: all[0]?.path ?? specifier } : { kind: 'untold', why: 'what it is mapped to is not there before a build' };
}

/** Whether something would stand at a path already: its folder is there, and nobody said that a build makes it. */
function isSource({ path, root }: MappedTarget, surroundings: Surroundings): boolean {
  const { paths } = surroundings;
  return paths.hasFolder(root) && !paths.isElsewhere(path) && !surroundings.isMadeLater(path) && !paths.has(`${path}/package.json`);
}
