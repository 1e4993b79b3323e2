import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { KeyService } from '../../../src/flows/ports/key-service.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { derOf } from '../../fakes/keys/kept-key.ts';

export interface KeyFixture {
  readonly service: KeyService;
  /** References to keys that are there, and their public halves in DER as the keeper of the keys knows them. */
  readonly es256: { readonly keyRef: string; readonly spki: Uint8Array };
  readonly other: { readonly keyRef: string; readonly spki: Uint8Array };
  readonly ed25519: { readonly keyRef: string; readonly spki: Uint8Array };
  /** Well-formed, and of no key. */
  readonly absent: string;
}

export type OpenKeys = (context: TestContext) => Promise<KeyFixture>;

/** Everything that `KeyService` promises. Every adapter passes it. */
export function keyServiceSuite(title: string, open: OpenKeys): void {
  describe(title, () => {
    for (const kind of ['es256', 'other', 'ed25519'] as const) {
      it(`publicKey() answers the public half of ${kind}`, async (context) => {
        const { service, [kind]: { keyRef, spki } } = await open(context);
        assert.deepEqual(Buffer.from((await service.publicKey(keyRef)).spki), Buffer.from(spki));
      });

      for (const size of [0, 1, 32, 4_096]) {
        // A service that is asked to sign nothing may say no; ES256 has a digest also of nothing.
        if (size === 0 && kind === 'ed25519') continue;
        it(`sign() with ${kind} signs ${size} bytes so that others verify it`, async (context) => {
          const { service, [kind]: { keyRef, spki } } = await open(context);
          const message = Buffer.alloc(size, 0xa5);
          const { key, signature } = await service.sign(message, keyRef);
          assert.equal(signature.length, 64);
          assert.deepEqual(Buffer.from(key.spki), Buffer.from(spki));
          assert.ok(isVerified(spki, message, signature));
        });
      }
    }

    it('sign() with ES256 signs a megabyte', async (context) => {
      const { service, es256 } = await open(context);
      const message = Buffer.alloc(1024 * 1024, 7);
      assert.ok(isVerified(es256.spki, message, (await service.sign(message, es256.keyRef)).signature));
    });

    it('sign() signs many messages at once, each its own', async (context) => {
      const { service, es256, ed25519 } = await open(context);
      const asked = Array.from({ length: 16 }, (_, index) => ({ message: Buffer.from(`message ${index}`), of: index % 2 === 0 ? es256 : ed25519 }));
      const signed = await Promise.all(asked.map(({ message, of }) => service.sign(message, of.keyRef)));
      assert.deepEqual(signed.map(({ signature }, index) => isVerified(asked[index]?.of.spki ?? Buffer.of(), asked[index]?.message ?? Buffer.of(), signature)), asked.map(() => true));
    });

    it('sign() and publicKey() refuse a key that is not there', async (context) => {
      const { service, absent } = await open(context);
      await assert.rejects(service.sign(Buffer.of(1), absent), isFailure('KEY_REFUSED'));
      await assert.rejects(service.publicKey(absent), isFailure('KEY_REFUSED'));
    });

    it('a refusal names the service, the key and a next step', async (context) => {
      const { service, absent } = await open(context);
      await assert.rejects(service.sign(Buffer.of(1), absent), (thrown: Error) => thrown.message.includes(service.name) && thrown.message.includes(absent.slice(0, 40)) && /Nothing was signed/.test(thrown.message));
    });
  });
}

/** By the runtime's own verification, in the other encoding than that of the code under test. */
function isVerified(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return key.asymmetricKeyType === 'ed25519' ? verify(null, message, key, signature) : verify('sha256', message, { key, dsaEncoding: 'der' }, derOf(signature));
}

/** A private key in PEM, and its public half in DER. */
export function aPemKey(kind: 'ES256' | 'Ed25519'): { readonly pem: string; readonly spki: Buffer } {
  const { privateKey, publicKey } = kind === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) : generateKeyPairSync('ed25519');
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), spki: publicKey.export({ type: 'spki', format: 'der' }) };
}
