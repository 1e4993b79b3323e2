import type { CryptoKey } from 'jose';
import { canonicalBytes } from '../../domain/canonical.ts';
import type { Answer, SignatureAnswer } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { encodeBase64Url } from '../../domain/signature/base64url.ts';
import type { DetachedSignature } from '../../domain/signature/read-signature.ts';
import { unavailable } from '../answers.ts';

/** Whether one of the keys made this signature over the content. Each key is tried with the header's algorithm and no other. The library is loaded here: most changes have no signature. */
export async function verifySignature({ signature, content, keys }: RequestOf<'signature'>): Promise<Answer<'signature'>> {
  const payload = encodeBase64Url(canonicalBytes(content));
  let trouble: Answer<'signature'> | null = null;
  let refusal: SignatureAnswer = { kind: 'refused' };
  for (const key of keys) {
    try {
      const answer = await verifyWith(key, signature, payload);
      if (answer.kind === 'verified') return { kind: 'answered', value: answer };
      if (answer.kind === 'unusable') refusal = answer;
    } catch (thrown) {
      trouble = unavailable(thrown);
    }
  }
  return trouble ?? { kind: 'answered', value: refusal };
}

async function verifyWith(key: PublicKey, { header, signature, algorithm }: DetachedSignature, payload: string): Promise<SignatureAnswer> {
  const imported = await importKey(key, algorithm);
  if (imported === null) return { kind: 'unusable', why: `the key is none that ${algorithm} can be verified with` };
  const { errors, flattenedVerify } = await import('jose');
  try {
    await flattenedVerify({ protected: header, payload, signature }, imported, { algorithms: [algorithm] });
    return { kind: 'verified', key: key.digest };
  } catch (thrown) {
    if (thrown instanceof errors.JWSSignatureVerificationFailed) return { kind: 'refused' };
    throw thrown;
  }
}

/** Null for material that makes no key: an answer, since the same file gives it again. A key of one kind has one algorithm. */
async function importKey(key: PublicKey, algorithm: string): Promise<CryptoKey | null> {
  const known = importedKeys.get(key);
  if (known !== undefined) return known;
  try {
    const { importJWK } = await import('jose');
    const imported = await importJWK({ ...key.material }, algorithm);
    if (imported instanceof Uint8Array) return null;
    importedKeys.set(key, imported);
    return imported;
  } catch {
    return null;
  }
}

/** One key signs many contracts. */
const importedKeys = new WeakMap<PublicKey, CryptoKey>();
