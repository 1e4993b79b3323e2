import { quotedWord } from '../../domain/shell-word.ts';
import { isSameKey } from '../../domain/signature/is-same-key.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { usableKeys } from './usable-keys.ts';
import type { WorkingContract } from './working-contract.ts';

/** The `kid` under which the key files of the working tree hold the public half of a private key, quoted for a shell; a placeholder where none does. */
export async function nameOfKey({ root, configuration }: WorkingContract, { publicKey }: SigningKey): Promise<string> {
  const known = await usableKeys(root, configuration);
  const same = known.find((one) => isSameKey(one, publicKey));
  return same === undefined ? 'local:<name>' : quotedWord(same.kid);
}
