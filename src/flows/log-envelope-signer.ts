import { ed25519KeyOf } from '../audit/ed25519-key.ts';
import type { EnvelopeSigner } from '../audit/envelope.ts';
import { signingKeyOf } from '../audit/signing-key.ts';
import { Failure } from '../domain/failure.ts';
import type { LogSigner } from './ports/audit-log.ts';

/** The log key as what signs envelopes, where there is no other key. */
export function logEnvelopeSigner(signer: LogSigner): EnvelopeSigner {
  const key = signingKeyOf(ed25519KeyOf(signer.publicKey));
  if (key === null) throw new Failure('CONFIG_INVALID', 'Cannot sign with the log key: it is no Ed25519 key.');
  return { key, sign: (bytes) => signer.sign(bytes) };
}
