import type { Effort } from './effort.ts';
import type { MappedTarget } from './mapped-target.ts';
import { mappedPaths } from './path-settings.ts';
import { folderOf, pathAt, standingAt } from './resolve-relative.ts';
import type { Surroundings } from './surroundings.ts';
import { packageTargets } from './workspace-package.ts';

export type Resolution =
  /** All of them may say what the module gives. */
  | { readonly kind: 'standing'; readonly paths: readonly string[] }
  | { readonly kind: 'missing'; readonly path: string }
  /** What is installed, or is part of the runtime: nothing of the repository. */
  | { readonly kind: 'outside' }
  /** Where it leads is up to a program that nobody here runs. */
  | { readonly kind: 'untold'; readonly why: string };

/** Where an import stands, and what is known of where it may lead. */
export interface ImportWorld {
  readonly surroundings: Surroundings;
  readonly effort: Effort;
}

/** Where an import leads, as TypeScript, Node and bundlers agree. Where they may differ nothing is told. */
export function resolveSpecifier(from: string, specifier: string, world: ImportWorld): Resolution {
  world.effort.spend(from.length + specifier.length);
  const [plain = ''] = specifier.split(/[?]/, 1);
  if (plain === '' || /[!\\\0]|\$\{|^\w+:/.test(plain) || plain.startsWith('/')) return /^\w+:/.test(plain) ? { kind: 'outside' } : { kind: 'untold', why: 'a program that bundles decides where it leads' };
  return isRelative(plain) ? resolveRelative(from, plain, world) : resolveBare(from, plain, world);
}

export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

function resolveRelative(from: string, specifier: string, { surroundings, effort }: ImportWorld): Resolution {
  const path = pathAt(folderOf(from), specifier);
  if (path === null) return { kind: 'untold', why: 'it leads out of the repository' };
  const { paths } = surroundings;
  const standing = standingAt(path, paths.has, effort);
  if (standing.length > 0) return { kind: 'standing', paths: standing };
  if (paths.isElsewhere(path, effort)) return { kind: 'untold', why: 'it leads into a submodule' };
  if (paths.has(`${path}/package.json`)) return { kind: 'untold', why: 'it leads to a folder with a package.json of its own' };
  const settings = surroundings.settingsAt(from, effort);
  if (settings === 'unread' || settings?.hasRootFolders === true) return { kind: 'untold', why: 'settings of TypeScript may put it elsewhere' };
  if (surroundings.isMadeLater(path, effort)) return { kind: 'untold', why: 'git ignores what would stand there, so that a build may make it' };
  return { kind: 'missing', path };
}

/** A name that is mapped, or that a package of the repository has; any other is one of a package that is installed. */
function resolveBare(from: string, specifier: string, { surroundings, effort }: ImportWorld): Resolution {
  const { paths } = surroundings;
  const settings = surroundings.settingsAt(from, effort);
  const mapped = settings === null || settings === 'unread' ? { targets: [], isForAll: false } : mappedPaths(settings, specifier, effort);
  const named = packageTargets(surroundings.packages, { from, specifier, effort });
  const all = [...mapped.targets, ...(named?.targets ?? [])];
  for (const { path } of all) {
    const standing = standingAt(path, paths.has, effort);
    if (standing.length > 0) return { kind: 'standing', paths: standing };
  }
  if (mapped.targets.length === 0 && named === null) return { kind: 'outside' };
  const isOwn = specifier.startsWith('#') ? settings !== 'unread' && (mapped.targets.length > 0 || named?.mapsImports === true) : named === null && !mapped.isForAll && !surroundings.packages.isAskedFor(specifier);
  return isOwn && all.every((target) => isSource(target, { surroundings, effort })) ? { kind: 'missing', path: all[0]?.path ?? specifier } : { kind: 'untold', why: 'what it is mapped to is not there before a build' };
}

/** Whether something would stand at a path already: its folder is there, and nobody said that a build makes it. */
function isSource({ path, root }: MappedTarget, { surroundings, effort }: ImportWorld): boolean {
  const { paths } = surroundings;
  return paths.hasFolder(root, effort) && !paths.isElsewhere(path, effort) && !surroundings.isMadeLater(path, effort) && !paths.has(`${path}/package.json`);
}
