import type { Envelope } from './envelope.ts';
import { preAuthentication } from './pre-authentication.ts';
import { quote } from './quote.ts';
import { isSignedBy } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';

export type EnvelopeOpening =
  | { readonly kind: 'signed'; readonly by: SigningKey }
  | { readonly kind: 'refused'; readonly reason: 'key_unknown' | 'signature'; readonly why: string };

/** Checks an envelope against trusted keys (DSSE 1.0.0). The key that it names is only where to look: it must be a trusted one. */
export function openEnvelope({ payloadType, payload, keyId, signature }: Envelope, trusted: readonly SigningKey[]): EnvelopeOpening {
  const key = trusted.find(({ id }) => id === keyId);
  if (key === undefined) return { kind: 'refused', reason: 'key_unknown', why: `it is signed by ${quote(keyId)}, which is not among the trusted keys` };
  if (isSignedBy(key, preAuthentication(payloadType, payload), signature)) return { kind: 'signed', by: key };
  return { kind: 'refused', reason: 'signature', why: `the signature of key ${quote(keyId)} is wrong` };
}
