import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { isFailure } from '../../builders/is-failure.ts';
import type { KeyServer, Misbehaviour } from '../../fakes/keys/a-key-server.ts';
import { aKeptKey, sha256, signDigest, signMessage } from '../../fakes/keys/kept-key.ts';
import type { aQuickCall } from '../../keys/quick-call.ts';
import type { KeyFixture } from './key-service-suite.ts';

export interface RemoteKeyFixture extends KeyFixture {
  readonly server: KeyServer;
  /** The settings of the service's calls, which take effect with the next attempt. */
  readonly call: ReturnType<typeof aQuickCall>;
}

/** What every key service over a network promises of bad answers: a failure with a code, never a signature that was not verified. */
export function remoteKeySuite(title: string, open: (context: TestContext) => Promise<RemoteKeyFixture>): void {
  describe(title, () => {
    for (const [misbehaviour, code] of Object.entries(codes)) {
      it(`sign() fails with ${code} where each answer is ${misbehaviour}`, async (context) => {
        const { service, server, call, es256 } = await open(context);
        await service.publicKey(es256.keyRef);
        if (misbehaviour === 'hang') call.timeoutMs = 40;
        server.misbehave.push(...Array.from({ length: 12 }, () => misbehaviour as Misbehaviour));
        await assert.rejects(service.sign(message, es256.keyRef), isFailure(code, /Cannot .*expected .*Nothing was (signed|read)/s));
      });
    }

    for (const misbehaviour of ['status-500', 'status-429', 'reset', 'hang', 'truncated', 'html'] as const) {
      it(`sign() asks again after an answer that is ${misbehaviour}`, async (context) => {
        const { service, server, call, es256 } = await open(context);
        if (misbehaviour === 'hang') call.timeoutMs = 40;
        call.pause = async () => void (call.timeoutMs = 10_000);
        server.misbehave.push(misbehaviour);
        assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
      });
    }

    const forgeries: Readonly<Record<string, (signature: Buffer) => Buffer>> = {
      'has one bit flipped': (signature) => flipped(signature),
      'is of another key': () => signDigest(stranger, sha256(message)),
      'is of another message': () => signDigest(stranger, sha256('another message')),
      'has its halves swapped': (signature) => Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]),
      'is all ones': () => Buffer.alloc(64, 0xff),
    };
    for (const [what, forge] of Object.entries(forgeries)) {
      it(`sign() with ES256 refuses a signature that ${what}`, async (context) => {
        const { service, server, es256 } = await open(context);
        server.forge = forge;
        await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED'));
      });
    }

    const edForgeries: Readonly<Record<string, (signature: Buffer) => Buffer>> = {
      'has one bit flipped': (signature) => flipped(signature),
      'is of another key': () => signMessage(aKeptKey('Ed25519'), message),
      'lacks its last byte': (signature) => signature.subarray(0, 63),
      'has a byte more': (signature) => Buffer.concat([signature, Buffer.of(0)]),
    };
    for (const [what, forge] of Object.entries(edForgeries)) {
      it(`sign() with Ed25519 refuses a signature that ${what}`, async (context) => {
        const { service, server, ed25519 } = await open(context);
        server.forge = forge;
        await assert.rejects(service.sign(message, ed25519.keyRef), isFailure('KEY_REFUSED'));
      });
    }

    it('no redirect is followed with the credentials', async (context) => {
      const { service, server, es256 } = await open(context);
      server.misbehave.push('redirect');
      await assert.rejects(service.publicKey(es256.keyRef), isFailure('KEY_REFUSED', /redirect/));
      assert.ok(server.asked.every(({ path }) => path !== '/elsewhere'));
    });

    it('after trouble the next call works again', async (context) => {
      const { service, server, es256 } = await open(context);
      server.misbehave.push('status-500', 'status-500', 'status-500');
      await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_UNAVAILABLE'));
      assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
    });

    it('the public key is asked for once for each key', async (context) => {
      const { service, server, es256 } = await open(context);
      for (let count = 0; count < 3; count += 1) await service.sign(message, es256.keyRef);
      assert.equal(server.asked.length, 4);
    });
  });
}

const codes = {
  html: 'KEY_UNAVAILABLE',
  'no-object': 'KEY_UNAVAILABLE',
  truncated: 'KEY_UNAVAILABLE',
  reset: 'KEY_UNAVAILABLE',
  hang: 'KEY_UNAVAILABLE',
  'status-500': 'KEY_UNAVAILABLE',
  'status-503': 'KEY_UNAVAILABLE',
  'status-429': 'KEY_UNAVAILABLE',
  huge: 'KEY_UNAVAILABLE',
  redirect: 'KEY_REFUSED',
  empty: 'KEY_REFUSED',
  'status-404-html': 'KEY_REFUSED',
} as const satisfies Record<Misbehaviour, string>;

const message = Buffer.from('what is signed');
const stranger = aKeptKey();

function flipped(signature: Buffer): Buffer {
  const changed = Buffer.from(signature);
  changed[17] = (changed[17] ?? 0) ^ 0x01;
  return changed;
}
