import type { Command } from 'commander';
import { shellWord } from '../domain/shell-word.ts';

const ofContracts = 'the paths of contracts start there; those of all other files start where you stand';

/**
 * The option of every command that works on contracts: as with `git -C`, their paths start from the directory that it names.
 * @param says What it is for, where that is not where contracts are found.
 */
export function withRepo(command: Command, says: string = ofContracts): Command {
  return command.option('--repo <dir>', `the repository, or a directory in it: ${says}`, '.');
}

/** The options of every command that reads what the base has released. */
export function withBase(command: Command): Command {
  return withRepo(command).option('--base <ref>', 'the branch that the change would be merged into (default: origin/HEAD, else main, else master)');
}

/** The option for a command that has to find the same repository; nothing where it does by itself. */
export function repoWords(repo: string): string {
  return repo === '.' ? '' : ` --repo ${shellWord(repo)}`;
}
