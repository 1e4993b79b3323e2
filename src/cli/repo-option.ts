import type { Command } from 'commander';
import { shellWord } from '../domain/shell-word.ts';

/** The option of every command that works on contracts: as with `git -C`, their paths start from the directory that it names. */
export function withRepo(command: Command): Command {
  return command.option('--repo <dir>', 'the repository, or a directory in it: the paths of contracts start there; those of all other files start where you stand', '.');
}

/** The option for a command that has to find the same repository; nothing where it does by itself. */
export function repoWords(repo: string): string {
  return repo === '.' ? '' : ` --repo ${shellWord(repo)}`;
}
