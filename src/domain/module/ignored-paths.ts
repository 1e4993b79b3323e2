import { compileGlob } from '../glob/glob.ts';
import { globProblem } from '../glob/glob-problem.ts';
import type { Glob } from '../glob/glob.ts';

/** Patterns of one file. */
const most = 500;

/**
 * Paths that a `.gitignore` ignores, as globs from the root of the repository. What it takes back with `!` counts all the same: the
 * question is what may be made later. A pattern that is not understood is passed over.
 * @param folder Of the file; empty: the root.
 */
export function ignoredPaths(text: string, folder: string): readonly Glob[] {
  const before = folder === '' ? '' : `${folder}/`;
  return text.split(/\r?\n/).slice(0, most).flatMap((line) => {
    const pattern = line.trim().replace(/\/+$/, '');
    if (pattern === '' || /^[#!]/.test(pattern) || pattern.length > 200) return [];
    const anchored = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
    return [`${before}${anchored}`, `${before}${anchored}/**`].filter((glob) => globProblem(glob) === null).map(compileGlob);
  });
}
