import type { Configuration } from '../../domain/configuration/configuration.ts';
import { Failure } from '../../domain/failure.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readWorkingKeys } from './working-keys.ts';

/** The keys of the working tree; none where its key files can not be used, which is told by whoever needs them. */
export async function usableKeys(root: string, configuration: Configuration | null): Promise<readonly PublicKey[]> {
  try {
    return (await readWorkingKeys(root, configuration)).keys;
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
