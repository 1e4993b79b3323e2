import { open, rm } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';

export interface CredentialsFile {
  keep(text: string): Promise<void>;
  /** Removes it again, as long as nothing was kept. */
  discard(): Promise<void>;
}

/** Makes the file, empty and readable by its owner only. One that exists is never touched. */
export async function reserveCredentialsFile(path: string): Promise<CredentialsFile> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  let isKept = false;
  return {
    keep: async (text) => {
      await file.writeFile(text);
      await file.sync();
      isKept = true;
      await file.close();
    },
    discard: async () => {
      if (isKept) return;
      await file.close();
      await rm(path, { force: true });
    },
  };
}

function unwritable(path: string, error: unknown): Failure {
  const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
  return new Failure('USAGE', `Cannot write ${JSON.stringify(path)}: ${exists ? 'it exists already' : 'it can not be made'}, expected a new file. Nothing was registered. Choose another with --out <file>.`, { cause: error });
}
