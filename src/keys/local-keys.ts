import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { quote } from '../audit/quote.ts';
import { signingKeyOf } from '../audit/signing-key.ts';
import type { SigningKey } from '../audit/signing-key.ts';
import { Failure } from '../domain/failure.ts';
import type { KeyVendor } from './key-vendor.ts';

interface LocalKey {
  readonly privateKey: KeyObject;
  readonly key: SigningKey;
}

/**
 * Keys in the memory of this process, by name.
 * @param pems Private keys in PKCS#8 PEM: ES256 (P-256) or Ed25519.
 * @throws Failure CONFIG_INVALID, never with any part of a key in its text.
 */
export function localKeys(pems: Readonly<Record<string, string>>): KeyVendor {
  const keys = new Map(Object.entries(pems).map(([name, pem]) => [name, readKey(name, pem)]));
  const find = (keyRef: string): LocalKey => {
    const found = keys.get(keyRef);
    if (found === undefined) throw new Failure('KEY_REFUSED', `Cannot use the key ${quote(keyRef)} of local: found no such key, expected ${[...keys.keys()].map(quote).join(' or ')}. Nothing was signed.`);
    return found;
  };
  return {
    name: 'local',
    readKey: async (keyRef) => ({ version: keyRef, key: find(keyRef).key }),
    sign: async ({ message, keyRef }) => {
      const { privateKey, key } = find(keyRef);
      return { version: keyRef, signature: key.algorithm === 'ES256' ? sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }) : sign(null, message, privateKey) };
    },
  };
}

function readKey(name: string, pem: string): LocalKey {
  try {
    const privateKey = createPrivateKey(pem);
    const key = signingKeyOf(createPublicKey(privateKey));
    if (key !== null) return { privateKey, key };
  } catch {
    // The parser's own error may quote key material.
  }
  throw new Failure('CONFIG_INVALID', `Cannot use the key ${quote(name)}: found no private key that signs, expected ES256 (P-256) or Ed25519 in PEM form. Make one with openssl genpkey -algorithm ed25519.`);
}
