import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Failure } from '../domain/failure.ts';

/** Writes a new file, readable by its owner alone, that is whole or not there. @throws Failure USAGE when it exists or can not be made. */
export async function writeFileWhole(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await create(path);
  try {
    for await (const piece of pieces) await file.appendFile(piece);
    await file.sync();
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (thrown) {
    const why = thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST' ? 'it exists already' : String(thrown);
    throw new Failure('USAGE', `Cannot write ${path}: ${why}. Choose another file.`, { cause: thrown });
  }
}
