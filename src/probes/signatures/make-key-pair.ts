import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonObject } from '../../domain/json-value.ts';
import type { SignatureAlgorithm } from '../../domain/signature/signature-algorithm.ts';
import { readSigningKey } from './read-signing-key.ts';

export interface KeyPair {
  /** PKCS#8. */
  readonly privatePem: string;
  readonly publicJwk: JsonObject;
}

const generate = promisify(generateKeyPair);

/** A new key that signs with this algorithm. */
export async function makeKeyPair(algorithm: SignatureAlgorithm): Promise<KeyPair> {
  const privatePem = (await privateKeyFor(algorithm)).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privatePem, publicJwk: readSigningKey(new TextEncoder().encode(privatePem), 'the new key').publicKey.material };
}

async function privateKeyFor(algorithm: SignatureAlgorithm): Promise<KeyObject> {
  switch (algorithm) {
    case 'ES256':
      return (await generate('ec', { namedCurve: 'P-256' })).privateKey;
    case 'ES384':
      return (await generate('ec', { namedCurve: 'P-384' })).privateKey;
    case 'EdDSA':
      return (await generate('ed25519')).privateKey;
    case 'PS256':
      return (await generate('rsa', { modulusLength: 3072 })).privateKey;
  }
}
