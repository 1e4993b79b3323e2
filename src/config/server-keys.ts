import { Failure } from '../domain/failure.ts';
import type { Config } from '../config.ts';
import type { LogSigner } from '../flows/ports/audit-log.ts';
import type { KeyService, Signer } from '../flows/ports/key-service.ts';
import { createKeyService } from '../keys/key-service.ts';
import { localKeys } from '../keys/local-keys.ts';
import { pinSigner } from '../keys/pin-signer.ts';
import type { GivenKey } from './key-service-settings.ts';
import { keptLogKey } from './log-key-file.ts';
import { openKeyService } from './open-key-service.ts';

/** What the server signs with, and what it signed with before. */
export interface OpenedKeys {
  /** Named by the public address, so that a log says whose it is. */
  readonly signer: LogSigner;
  /** The same key, as one that signs. */
  readonly log: Signer;
  /** Signs envelopes; the log key, where no other is set. */
  readonly signing: Signer;
  readonly previousSigners: readonly Signer[];
  /** Raw public keys. */
  readonly previousLogKeys: readonly Uint8Array[];
}

/**
 * Opens the keys of the settings; the key of an embedded store is made where there is none.
 * @throws Failure CONFIG_INVALID, KEY_UNAVAILABLE or KEY_REFUSED when one of the keys in force can not be had.
 */
export async function openServerKeys(config: Config): Promise<OpenedKeys> {
  const { keyService, logKeyRef, signingKey, previousSigningKey, previousLogKeys } = config;
  const service = keyService.kind === 'local' ? null : openKeyService(keyService);
  const log = logKeyRef === null ? await localSigner('the log key', (config.logKey ?? keptLogKey(config.dataDirectory)).reveal()) : await referredSigner(service, logKeyRef);
  if (log.key.algorithm !== 'Ed25519') throw new Failure('CONFIG_INVALID', `Cannot use the log key ${log.name}: found a key for ${log.key.algorithm}, expected Ed25519, which tools that read checkpoints verify. Name another key in LOG_KEY_REF.`);
  const signing = signingKey === null ? log : await givenSigner('the signing key', signingKey, service);
  const before = previousLogKeys.flatMap(({ privateKey }) => (privateKey === null ? [] : [localSigner('the log key before', privateKey.reveal())]));
  return {
    signer: { name: new URL(config.publicUrl).host, publicKey: log.key.spki.subarray(-rawLength), sign: (message) => log.sign(message) },
    log,
    signing,
    previousSigners: await Promise.all([...before, ...(previousSigningKey === null ? [] : [givenSigner('the signing key before', previousSigningKey, service)])]),
    previousLogKeys: previousLogKeys.map(({ publicKey }) => publicKey),
  };
}

function givenSigner(name: string, given: GivenKey, service: KeyService | null): Promise<Signer> {
  return given.kind === 'pem' ? localSigner(name, given.pem.reveal()) : referredSigner(service, given.keyRef);
}

function localSigner(name: string, pem: string): Promise<Signer> {
  return pinSigner(createKeyService(localKeys({ [name]: pem })), name);
}

async function referredSigner(service: KeyService | null, keyRef: string): Promise<Signer> {
  if (service === null) throw new Failure('CONFIG_INVALID', 'Cannot use a key of a key service: KEY_SERVICE names none, expected awskms, gcpkms or vault.');
  return await pinSigner(service, keyRef);
}

const rawLength = 32;
