import { openSigner } from '../../config/open-signer.ts';
import { Failure } from '../../domain/failure.ts';
import type { Signer } from '../../flows/ports/key-service.ts';
import type { Terminal } from '../terminal.ts';
import { commandKeys } from './command-keys.ts';

/**
 * What the server's settings say that envelopes are signed with: the signing key, else the log key.
 * @throws Failure CONFIG_INVALID when there is none or a setting is wrong, KEY_UNAVAILABLE or KEY_REFUSED as a key service answers.
 */
export async function openBundleSigner(terminal: Terminal): Promise<Signer> {
  const keys = commandKeys(terminal, 'sign a bundle');
  const signing = keys.signingKey();
  const given = signing ?? keys.logKey();
  if (given === null) throw new Failure('CONFIG_INVALID', 'Cannot sign a bundle: found no key, expected the settings of the server: SIGNING_KEY, LOG_KEY or LOG_KEY_REF, or the key that its first start made in DATA_DIR. Run the command beside the server.');
  return await openSigner(signing === null ? 'the log key' : 'the signing key', given, keys.service());
}
