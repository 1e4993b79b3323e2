import { bytesOfBase64 } from '../audit/base64.ts';
import { quote } from '../audit/quote.ts';
import type { SigningAlgorithm, SigningKey } from '../audit/signing-key.ts';
import { readSigningKey, signatureLength } from '../audit/signing-key.ts';
import { p1363OfDer } from './ecdsa-encoding.ts';
import { refusedAnswer } from './service-call.ts';

/** Standard base64 of an answer. @throws Failure KEY_REFUSED */
export function answeredBytes(what: string, text: string): Uint8Array {
  const bytes = text === '' ? null : bytesOfBase64(text);
  if (bytes === null) throw refusedAnswer(what, `${quote(text)} where bytes should stand`, 'standard base64');
  return bytes;
}

/** A signature as services answer it, in DER for ES256, as we have it inside. @throws Failure KEY_REFUSED */
export function answeredSignature(what: string, bytes: Uint8Array, algorithm: SigningAlgorithm): Uint8Array {
  const signature = algorithm === 'ES256' ? p1363OfDer(bytes) : bytes;
  if (signature === null) throw refusedAnswer(what, `${bytes.length} bytes that are no signature`, 'an ECDSA signature on P-256 in DER');
  if (signature.length !== signatureLength) throw refusedAnswer(what, `a signature of ${signature.length} bytes`, `${signatureLength} bytes`);
  return signature;
}

/** @param spki PEM or DER. @throws Failure KEY_REFUSED when it is no key of this algorithm. */
export function answeredKey(what: string, spki: string | Uint8Array, algorithm: SigningAlgorithm): SigningKey {
  const key = readSigningKey(spki);
  if (key === null || key.algorithm !== algorithm) throw refusedAnswer(what, key === null ? 'something that is no public key for signing' : `a key for ${key.algorithm}`, `a public key for ${algorithm}`);
  return key;
}
