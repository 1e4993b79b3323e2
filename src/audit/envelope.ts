import { Failure } from '../domain/failure.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { Digest } from '../domain/digest.ts';
import { base64Of } from './base64.ts';
import { preAuthentication } from './pre-authentication.ts';
import { isSignedBy } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';

/** A DSSE envelope with one signature. Nothing in it is believed before `openEnvelope`. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** Id of the key that is said to have signed. Not signed itself. */
  readonly keyId: Digest;
  /** 64 bytes: IEEE P1363 (r ‖ s) for ES256, RFC 8032 for Ed25519. */
  readonly signature: Uint8Array;
}

/** What signs envelopes: one key, whoever keeps it. */
export interface EnvelopeSigner {
  readonly key: SigningKey;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * Signs a payload, and checks the signature before anyone relies on it.
 * @throws Failure CONFIG_INVALID when the two halves of the key do not belong together; what the signer throws.
 */
export async function signEnvelope(payloadType: string, payload: Uint8Array, signer: EnvelopeSigner): Promise<Envelope> {
  const message = preAuthentication(payloadType, payload);
  const signature = await signer.sign(message);
  if (!isSignedBy(signer.key, message, signature)) throw new Failure('CONFIG_INVALID', 'Cannot sign an envelope: the key made a signature that its public key refuses. Configure both halves of one key.');
  return { payloadType, payload, keyId: signer.key.id, signature };
}

/** The JSON form of the specification, in RFC 8785 form, so that each envelope has one spelling. */
export function envelopeText({ payloadType, payload, keyId, signature }: Envelope): string {
  return canonicalText({ payload: base64Of(payload), payloadType, signatures: [{ keyid: keyId, sig: base64Of(signature) }] });
}
