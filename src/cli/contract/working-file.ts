import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { repoWords } from '../repo-option.ts';

/** A new file follows the umask. */
const newFileMode = 0o666;

const ownerMayWrite = 0o200;

/** Where typed paths start, and the repository that they must stay in. */
export interface WorkingPlace {
  readonly directory: string;
  /** Top of the working tree. */
  readonly root: string;
  /** The value of `--repo`, as typed. */
  readonly repo: string;
}

/** A file of the working tree, never a link and never outside of it. */
export interface WorkingFile {
  /** As typed. */
  readonly file: string;
  /** The words that name it in another command. */
  readonly words: string;
  readonly absolute: string;
  /** In the repository, with slashes. */
  readonly path: string;
}

/** The place that a typed name stands for. @throws Failure USAGE for a link, and for a place outside of the repository. */
export async function workingFile({ directory, root, repo }: WorkingPlace, file: string): Promise<WorkingFile> {
  const named = resolve(directory, file);
  const absolute = join(await existingFolder(dirname(named), file), basename(named));
  const path = relative(await realpath(root), absolute).split(sep).join('/');
  if (path === '' || path.startsWith('../') || path === '..' || /^[A-Za-z]:/.test(path) || path.split('/').includes('.git')) throw new Failure('USAGE', `Cannot work on ${JSON.stringify(file)}: it is not a file of the repository ${JSON.stringify(root)}, expected one. Name its repository with --repo <dir>: paths start there.`);
  const found = await lstat(absolute).catch(() => null);
  if (found !== null && !found.isFile()) throw new Failure('USAGE', `Cannot work on ${JSON.stringify(file)}: it is ${found.isSymbolicLink() ? 'a symbolic link' : 'no file'}, expected a file. Name the file itself.`);
  return { file, words: `${shellWord(file)}${repoWords(repo)}`, absolute, path };
}

/** @throws Failure USAGE where there is none. */
export async function readWorkingFile({ file, words, absolute }: WorkingFile): Promise<Uint8Array> {
  const found = await lstat(absolute).catch(() => null);
  if (found === null) throw new Failure('USAGE', `Cannot read ${JSON.stringify(file)}: there is no such file, expected a contract at ${JSON.stringify(absolute)}. Write a first one with: plumbline contract init ${words}`);
  if (found.size > limits.fileBytes) throw new Failure('USAGE', `Cannot read ${JSON.stringify(file)}: it has ${found.size} bytes, expected at most ${limits.fileBytes}. Make it smaller.`);
  return await readFile(absolute);
}

export async function isTaken({ absolute }: Pick<WorkingFile, 'absolute'>): Promise<boolean> {
  return (await lstat(absolute).catch(() => null)) !== null;
}

/** All of it or nothing, with the mode that the file has. @throws Failure USAGE for a file that its owner may not write. */
export async function replaceFile({ file, absolute }: Pick<WorkingFile, 'file' | 'absolute'>, bytes: Uint8Array): Promise<void> {
  const mode = await writableMode({ file, absolute });
  await written(file, absolute, bytes, mode, async (temporary) => await rename(temporary, absolute));
}

/** A folder that can be written to lets any file in it be replaced: whoever took the permission away meant the file. @throws Failure USAGE */
export async function writableMode({ file, absolute }: Pick<WorkingFile, 'file' | 'absolute'>): Promise<number> {
  const mode = (await lstat(absolute)).mode & 0o777;
  if ((mode & ownerMayWrite) !== 0) return mode;
  throw new Failure('USAGE', `Cannot write ${JSON.stringify(file)}: it is read-only (mode ${mode.toString(8).padStart(4, '0')}), expected write permission. Nothing was changed. Give it with: chmod u+w -- ${shellWord(file)}`);
}

/** As `replaceFile`, for a file that must not be there yet. @throws Failure USAGE when it is. */
export async function createFile({ file, absolute }: Pick<WorkingFile, 'file' | 'absolute'>, bytes: Uint8Array, place: (from: string, to: string) => Promise<void> = link): Promise<void> {
  await written(file, absolute, bytes, newFileMode, async (temporary) => {
    try {
      await place(temporary, absolute);
    } catch (error) {
      if (isThere(error)) throw error;
      await createInPlace(absolute, bytes);
    }
  });
}

/** Where the file system has no hard links. Still never over a file that exists; what was begun and failed is taken away. */
async function createInPlace(absolute: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(absolute, 'wx', newFileMode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(absolute, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

async function written(file: string, absolute: string, bytes: Uint8Array, mode: number, place: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(absolute), `.${basename(absolute).slice(0, 100)}.${randomUUID()}`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      // The file's own mode, whatever the umask; a new file follows the umask.
      if (mode !== newFileMode) await handle.chmod(mode);
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(temporary);
  } catch (error) {
    throw new Failure('USAGE', `Cannot write ${JSON.stringify(file)}: ${isThere(error) ? 'it exists already, expected none' : 'its folder can not be written to, expected that it can'}. Nothing was changed.`, { cause: error });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The nearest folder that exists says where a new one would stand. */
async function existingFolder(folder: string, file: string): Promise<string> {
  const found = await realpath(folder).catch(() => null);
  if (found !== null) return found;
  const above = dirname(folder);
  if (above === folder) throw new Failure('USAGE', `Cannot find ${JSON.stringify(file)}: there is no such folder, expected one.`);
  return join(await existingFolder(above, file), basename(folder));
}

/** Makes the folders of a file that is to be created. */
export async function makeFolders({ absolute }: WorkingFile): Promise<void> {
  await mkdir(dirname(absolute), { recursive: true });
}
