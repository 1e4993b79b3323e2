import { canonicalText } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import { quotedWord } from '../../domain/shell-word.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import type { WorkingContract } from './working-contract.ts';
import { readWorkingKeys } from './working-keys.ts';

/** The id, as a word for a shell, under which the key files of the working tree have a private key's public half; a placeholder where they do not. */
export async function nameOfKey({ root, configuration }: WorkingContract, { publicKey }: SigningKey): Promise<string> {
  const known = await readWorkingKeys(root, configuration).catch((error: unknown) => {
    // Key files that can not be used are told by whoever needs them.
    if (error instanceof Failure) return { keys: [] };
    throw error;
  });
  const same = known.keys.find(({ material }) => canonicalText(material) === canonicalText(publicKey.material));
  return same === undefined ? 'local:<name>' : quotedWord(same.kid);
}
