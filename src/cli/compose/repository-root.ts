import { realpath } from 'node:fs/promises';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';

/** Top of the working tree that the directory is in; the directory itself where it is in none. */
export async function repositoryRoot(directory: string): Promise<string> {
  try {
    const repository = await openLocalRepository(directory);
    await repository.close();
    return repository.root;
  } catch {
    return await realpath(directory).catch(() => directory);
  }
}
