import { readFile, stat } from 'node:fs/promises';
import { Failure } from '../domain/failure.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** A file that the user named. @param named As it was named. @param next What to do where it can not be read. @throws Failure USAGE */
export async function readAtMost(path: string, named: string, most: number, next: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > most) throw new Failure('USAGE', `Cannot read ${JSON.stringify(named)}: it has ${size} bytes, expected at most ${most}. Make it smaller.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('USAGE', `Cannot read ${JSON.stringify(named)}: ${whyUnreadable(error)}. ${next}`, { cause: error });
  }
}
