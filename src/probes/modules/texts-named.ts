import { compareText } from '../../domain/compare-text.ts';
import type { ModuleLibrary } from './module-library.ts';
import type { RepositoryTree } from './repository-tree.ts';

export type TextAtPath = readonly [path: string, text: string];

/** Files of one kind that are read: the nearest to the root. */
export const mostNamed = 300;

/** Texts of files by their paths, but for what is installed. What is no text is left out. */
export async function textsNamed(tree: RepositoryTree, name: RegExp, library: ModuleLibrary): Promise<readonly TextAtPath[]> {
  const paths = [...tree.sides.keys()].filter((path) => name.test(path) && !path.includes('node_modules/'));
  const nearest = paths.toSorted((a, b) => a.split('/').length - b.split('/').length || compareText(a, b)).slice(0, mostNamed);
  return await textsAt(tree, nearest, library);
}

export async function textsAt(tree: RepositoryTree, paths: readonly string[], library: ModuleLibrary): Promise<readonly TextAtPath[]> {
  const files = paths.flatMap((path) => {
    const side = tree.fileAt(path);
    return side === null ? [] : [{ path, side }];
  });
  const texts = await library.surroundings(files);
  return files.flatMap(({ path, side }) => {
    const text = texts.get(side.blob) ?? null;
    return text === null ? [] : [[path, text] as const];
  });
}
