import { isSignedBy } from '../audit/signing-key.ts';
import { Failure } from '../domain/failure.ts';
import type { KeyService } from '../flows/ports/key-service.ts';
import type { KeyVendor, VendorKey } from './key-vendor.ts';
import { quote } from '../audit/quote.ts';

/** Puts the promises of a key service before what a keeper of keys answers: nothing that is not verified leaves it. */
export function createKeyService(vendor: KeyVendor): KeyService {
  /** By version: what a version is never changes. References are asked anew, since an alias may. */
  const known = new Map<string, VendorKey>();
  const readKey = async (keyRef: string): Promise<VendorKey> => {
    const found = known.get(keyRef) ?? (await vendor.readKey(keyRef));
    if (known.size >= mostKnown) known.clear();
    known.set(found.version, found);
    return found;
  };
  return {
    name: vendor.name,
    publicKey: async (keyRef) => (await readKey(keyRef)).key,
    sign: async (message, keyRef) => {
      const asked = await readKey(keyRef);
      const { version, signature } = await vendor.sign({ message, keyRef, algorithm: asked.key.algorithm });
      const { key } = version === asked.version ? asked : await readKey(version);
      if (isSignedBy(key, message, signature)) return { key, signature };
      throw new Failure('KEY_REFUSED', `Cannot sign with ${quote(keyRef)} of ${vendor.name}: found a signature that the public key of ${quote(version)} refuses, expected its ${key.algorithm} signature. Nothing was signed. Check what stands between Plumbline and the key service, and that nobody replaced the key.`);
    },
  };
}

const mostKnown = 1_000;
