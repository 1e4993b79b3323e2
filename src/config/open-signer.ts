import { Failure } from '../domain/failure.ts';
import type { KeyService, Signer } from '../flows/ports/key-service.ts';
import { createKeyService } from '../keys/key-service.ts';
import { localKeys } from '../keys/local-keys.ts';
import { pinSigner } from '../keys/pin-signer.ts';
import type { GivenKey } from './key-service-settings.ts';

/**
 * Opens a key of the server. @param name What it is called where it is kept nowhere else. @param service Null where none is set.
 * @throws Failure CONFIG_INVALID, KEY_UNAVAILABLE or KEY_REFUSED
 */
export async function openSigner(name: string, given: GivenKey, service: KeyService | null): Promise<Signer> {
  if (given.kind === 'pem') return await pinSigner(createKeyService(localKeys({ [name]: given.pem.reveal() })), name);
  if (service === null) throw new Failure('CONFIG_INVALID', 'Cannot use a key of a key service: KEY_SERVICE names none, expected awskms, gcpkms or vault.');
  return await pinSigner(service, given.keyRef);
}
