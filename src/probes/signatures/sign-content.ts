import { FlattenedSign } from 'jose';
import { canonicalBytes } from '../../domain/canonical.ts';
import { digestOfValue } from '../../domain/digest.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import { readSignature } from '../../domain/signature/read-signature.ts';
import { signatureType } from '../../domain/signature/signature-header.ts';
import type { SignatureHeader } from '../../domain/signature/signature-header.ts';
import type { SigningKey } from './signing-key.ts';
import { verifySignature } from './verify-signature.ts';

/**
 * Signs a contract's content: a detached JWS over its canonical bytes. It is verified before it is given out.
 * @param content As `contractContent` gives it: without signature and state.
 * @param kid The content's `kmsKeyRef`.
 * @throws Failure USAGE for a key that is kept elsewhere: this version calls no key service.
 */
export async function signContent(content: JsonValue, key: SigningKey, kid: string): Promise<string> {
  if (!kid.startsWith('local:')) {
    const found = JSON.stringify(kid.slice(0, 80));
    throw new Failure('USAGE', `Cannot sign as ${found}: this version signs with keys of its own (local:…) only, expected a key on this disk. Sign with the key service, and put the detached JWS into \`signature\`; its public key verifies as ${found} like any other.`);
  }
  const header: SignatureHeader = { alg: key.algorithm, kid, typ: signatureType };
  const jws = await new FlattenedSign(canonicalBytes(content)).setProtectedHeader({ ...header }).sign(key.privateKey);
  const written = `${jws.protected ?? ''}..${jws.signature}`;
  await verifyOwn(written, content, key);
  return written;
}

async function verifyOwn(written: string, content: JsonValue, { publicKey }: SigningKey): Promise<void> {
  const reading = readSignature(written);
  if (reading.kind === 'malformed') throw new Failure('USAGE', `Cannot sign: found ${reading.found}, expected ${reading.expected} (at most ${limits.signatureCharacters} characters in all). Use a shorter kmsKeyRef or key.`);
  const answer = await verifySignature({ kind: 'signature', signature: reading.signature, content, contentHash: digestOfValue(content), keys: [publicKey] });
  if (answer.kind !== 'answered' || answer.value.kind !== 'verified') throw new Failure('PROBE_FAILED', 'Cannot sign: the signature does not verify with its own public key, expected one that does. Nothing was written; sign again.');
}
