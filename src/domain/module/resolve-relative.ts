import type { Effort } from './effort.ts';
import { isSourceFile } from './source-file.ts';

/** Endings by which a module may be found, in the order in which they are tried. */
const endings = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.d.mts', '.d.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.node', '.vue', '.svelte', '.astro', '.wasm'];

/** Parts before an ending by which bundlers choose a file for a platform. */
const platforms = ['', '.native', '.ios', '.android', '.web', '.windows', '.macos', '.browser', '.server', '.client'];

/** What TypeScript looks for where the emitted file is named. */
const emitted: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx', '.d.ts', '.jsx'], '.jsx': ['.tsx', '.d.ts'], '.mjs': ['.mts', '.d.mts', '.ts'], '.cjs': ['.cts', '.d.cts', '.ts'] };

/**
 * Paths at which a module may stand of which the path is named, in groups of which the first that has one counts: itself or with another
 * ending, then an index of a folder.
 * @param path From the root of the repository, normal; empty: the root itself.
 */
function candidatePaths(path: string): readonly (readonly string[])[] {
  const [, stem = '', ending = ''] = /^(.*?)(\.[cm]?jsx?)$/s.exec(path) ?? [];
  const swapped = (emitted[ending] ?? []).map((other) => `${stem}${other}`);
  const index = path === '' ? 'index' : `${path}/index`;
  const beside = path === '' ? [] : [...swapped, path, ...appended(path), ...platformPaths(path, stem, ending), `${path}.d.ts`];
  return [[...new Set(beside)], [...appended(index), ...platformPaths(index, '', '')]];
}

function appended(path: string): readonly string[] {
  return endings.map((ending) => `${path}${ending}`);
}

function platformPaths(path: string, stem: string, ending: string): readonly string[] {
  return platforms.slice(1).flatMap((platform) => [...(ending === '' ? [] : [`${stem}${platform}${ending}`]), ...['.ts', '.tsx', '.js', '.jsx'].map((one) => `${path}${platform}${one}`)]);
}

/** A path from a folder of the repository, without `.` and `..`; null where it leads out of the repository. */
export function pathAt(folder: string, relative: string): string | null {
  const parts: string[] = [];
  for (const part of [...folder.split('/'), ...relative.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The folder of a path, without a slash at its end; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Paths that are tried for one that is named, at most. */
const mostCandidates = 128;

/** Where a module stands of which the path is named; of several modules beside each other all count, since each may say what the others do not. */
export function standingAt(path: string, has: (path: string) => boolean, effort: Effort): readonly string[] {
  effort.spend(mostCandidates * (path.length + 16));
  const standing = candidatePaths(path).map((group) => group.filter(has)).find((group) => group.length > 0) ?? [];
  const [first] = standing;
  return first === undefined || !isSourceFile(first) ? standing.slice(0, 1) : standing.filter((one) => isSourceFile(one));
}
