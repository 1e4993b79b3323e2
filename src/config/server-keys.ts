import { Failure } from '../domain/failure.ts';
import type { Config } from '../config.ts';
import type { LogSigner } from '../flows/ports/audit-log.ts';
import type { Signer } from '../flows/ports/key-service.ts';
import { keptLogKey } from './log-key-file.ts';
import { openKeyService } from './open-key-service.ts';
import { openSigner } from './open-signer.ts';

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
  const log = await openSigner('the log key', logKeyRef === null ? { kind: 'pem', pem: config.logKey ?? keptLogKey(config.dataDirectory) } : { kind: 'reference', keyRef: logKeyRef }, service);
  if (log.key.algorithm !== 'Ed25519') throw new Failure('CONFIG_INVALID', `Cannot use the log key ${log.name}: found a key for ${log.key.algorithm}, expected Ed25519, which tools that read checkpoints verify. Name another key in LOG_KEY_REF.`);
  const signing = signingKey === null ? log : await openSigner('the signing key', signingKey, service);
  const before = previousLogKeys.flatMap(({ privateKey }) => (privateKey === null ? [] : [openSigner('the log key before', { kind: 'pem', pem: privateKey }, service)]));
  return {
    signer: { name: new URL(config.publicUrl).host, publicKey: log.key.spki.subarray(-rawLength), sign: (message) => log.sign(message) },
    log,
    signing,
    previousSigners: await Promise.all([...before, ...(previousSigningKey === null ? [] : [openSigner('the signing key before', previousSigningKey, service)])]),
    previousLogKeys: previousLogKeys.map(({ publicKey }) => publicKey),
  };
}

const rawLength = 32;
