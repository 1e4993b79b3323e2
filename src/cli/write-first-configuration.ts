import { lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { defaultConfiguration } from '../domain/configuration/default-configuration.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { Failure } from '../domain/failure.ts';
import { terminalText } from '../render/escape.ts';
import { repositoryRoot } from './compose/repository-root.ts';
import { exitCodes } from './exit-codes.ts';
import { repoWords } from './repo-option.ts';
import type { Terminal } from './terminal.ts';

/** Never overwrites, and never writes through a symbolic link to somewhere else. */
export async function writeFirstConfiguration(terminal: Terminal, directory: string): Promise<number> {
  const named = await existing(resolve(terminal.directory, directory));
  const root = await realpath(await repositoryRoot(named));
  const path = join(root, repositoryConfigurationPath);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  if (!`${await realpath(folder)}${sep}`.startsWith(`${root}${sep}`)) throw new Failure('USAGE', `Cannot write ${repositoryConfigurationPath}: its folder is a link that leaves the repository, expected a folder. Replace the link.`);
  try {
    await writeFile(path, defaultConfiguration(), { flag: 'wx' });
  } catch (error) {
    throw new Failure('USAGE', `Cannot write ${repositoryConfigurationPath}: ${(await isThere(path)) ? `it exists already, expected none. Nothing was changed. Check it with: plumbline config check${repoWords(directory)}` : 'the folder can not be written to. Check its permissions.'}`, { cause: error });
  }
  const again = terminalText(repoWords(directory));
  const shown = root === named ? repositoryConfigurationPath : `${repositoryConfigurationPath} in ${terminalText(root)}, the top of the repository`;
  terminal.write(`Wrote ${shown}: everything is observed, nothing is blocked.\n\nNext:\n  1. Name your contracts in it, then: plumbline config check${again}\n  2. Commit it on a branch and see what it would decide: plumbline check${again}\n  3. Name approvers and who may change what, as the file shows.\n  4. Open a pull request. To enforce, remove the last lines of the file.\n`);
  return exitCodes.allow;
}

async function existing(directory: string): Promise<string> {
  try {
    return await realpath(directory);
  } catch (error) {
    throw new Failure('USAGE', `Cannot find ${JSON.stringify(directory)}: there is no such directory, expected the repository. Name it with --repo <dir>.`, { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
