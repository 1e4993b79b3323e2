import { realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** Where commands are typed, and what they are about. Directories are absolute, and without links. */
export interface Standing {
  readonly directory: string;
  /** What `--repo` names, as typed and as it is. */
  readonly repo: string;
  readonly repository: string;
  /** Top of the working tree. */
  readonly root: string;
  /** What `--base` names; null where it was left out. */
  readonly base: string | null;
}

/** @param root Top of the working tree that was judged. */
export async function standingAt(terminal: Terminal, { repo, base }: { readonly repo: string; readonly base?: string }, root: string): Promise<Standing> {
  const [directory, repository, top] = await Promise.all([terminal.directory, resolve(terminal.directory, repo), root].map(async (path) => await realpath(path)));
  return { directory: directory ?? terminal.directory, repo, repository: repository ?? root, root: top ?? root, base: base ?? null };
}

/** A path of the repository, as it is named from one of the directories. */
export function pathFrom(start: string, { root }: Pick<Standing, 'root'>, path: string): string {
  return relative(start, join(root, path)).split(sep).join('/');
}
