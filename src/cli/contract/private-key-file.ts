import { rm, writeFile } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';

export interface WrittenKey {
  discard(): Promise<void>;
}

/** Readable by its owner only. One that exists is never touched, nor followed when it is a link. */
export async function writePrivateKey(path: string, pem: string): Promise<WrittenKey> {
  try {
    await writeFile(path, pem, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Failure('USAGE', `Cannot write the private key to ${JSON.stringify(path)}: ${exists ? 'it exists already' : 'it can not be made'}, expected a new file. Nothing was written. Choose another with --private <file>.`, { cause: error });
  }
  return { discard: async () => await rm(path, { force: true }) };
}
