import type { Configuration } from '../../domain/configuration/configuration.ts';
import { Failure } from '../../domain/failure.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readKeySet } from '../../domain/signature/read-key-set.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';

export interface WorkingKeys {
  readonly keys: readonly PublicKey[];
  /** Files that were read. */
  readonly files: readonly string[];
}

/** The keys that the working tree's own configuration names, not committed ones included. @throws Failure USAGE for one that is none. */
export async function readWorkingKeys(root: string, configuration: Configuration | null): Promise<WorkingKeys> {
  const globs = (configuration?.keys ?? []).map((glob) => compileGlob(glob));
  if (globs.length === 0) return { keys: [], files: [] };
  const repository = await openLocalRepository(root);
  try {
    const { entries } = await repository.tree(await repository.worktreeCommit());
    const files = entries.filter(({ path, mode }) => mode.startsWith('100') && globs.some((glob) => glob.matches(path)));
    const contents = await repository.blobs(files);
    const keys = files.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return keysOf(path, content?.kind === 'bytes' ? content.bytes : null);
    });
    return { keys, files: files.map(({ path }) => path) };
  } finally {
    await repository.close();
  }
}

function keysOf(path: string, bytes: Uint8Array | null): readonly PublicKey[] {
  const reading = bytes === null ? null : readKeySet(bytes, path);
  if (reading?.kind === 'keys') return reading.keys;
  const found = reading === null ? 'a file over the size limit' : `line ${reading.position.line}, column ${reading.position.column}: ${reading.why}`;
  throw new Failure('USAGE', `Cannot use the keys in ${JSON.stringify(path)}: ${found}. Mend the file, or name another with --keys <file>.`);
}
