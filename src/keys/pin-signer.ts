import { quote } from '../audit/quote.ts';
import { Failure } from '../domain/failure.ts';
import type { KeyService, Signer } from '../flows/ports/key-service.ts';

/** The key that a reference means now. Throws as the service does. */
export async function pinSigner(service: KeyService, keyRef: string): Promise<Signer> {
  const key = await service.publicKey(keyRef);
  return {
    key,
    name: `${quote(keyRef)} of ${service.name}`,
    sign: async (bytes) => {
      const signed = await service.sign(bytes, keyRef);
      if (signed.key.id === key.id) return signed.signature;
      throw new Failure('KEY_REFUSED', `Cannot sign with ${quote(keyRef)} of ${service.name}: it means the key ${signed.key.id} now, expected ${key.id}, which it meant when the server was started. Nothing was signed. Start the server anew, with the key before as SIGNING_KEY_PREVIOUS, so that the change stands in the log.`);
    },
  };
}
