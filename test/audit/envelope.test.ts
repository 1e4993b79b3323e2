import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { suite, test } from 'node:test';
import { signEnvelope } from '../../src/audit/envelope.ts';
import type { Envelope } from '../../src/audit/envelope.ts';
import { openEnvelope } from '../../src/audit/open-envelope.ts';
import { preAuthentication } from '../../src/audit/pre-authentication.ts';
import { signingKeyOf } from '../../src/audit/signing-key.ts';
import type { SigningKey } from '../../src/audit/signing-key.ts';
import { isFailure } from '../builders/is-failure.ts';

function coordinate(decimal: string): string {
  return Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url');
}

/** The test vector of the DSSE protocol, version 1.0.0. */
const x = coordinate('46950820868899156662930047687818585632848591499744589407958293238635476079160');
const y = coordinate('5640078356564379163099075877009565129882514886557779369047442380624545832820');
const published: SigningKey = known(createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }));
const example: Envelope = {
  payloadType: 'http://example.com/HelloWorld',
  payload: Buffer.from('hello world'),
  keyId: published.id,
  signature: Buffer.from('A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==', 'base64'),
};

function known(object: Parameters<typeof signingKeyOf>[0]): SigningKey {
  const key = signingKeyOf(object);
  assert.ok(key);
  return key;
}

suite('envelopes', () => {
  test('preAuthentication() is as the specification of DSSE writes it, lengths in bytes', () => {
    assert.equal(Buffer.from(preAuthentication('http://example.com/HelloWorld', Buffer.from('hello world'))).toString(), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world');
    assert.equal(Buffer.from(preAuthentication('ü', Buffer.from('é'))).toString(), 'DSSEv1 2 ü 2 é');
  });

  test('openEnvelope() accepts the published example with its key, and no other payload, type, signature or key', () => {
    const other = known(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
    const outcome = (changed: Partial<Envelope>, key = published): string => {
      const opening = openEnvelope({ ...example, ...changed }, [key]);
      return opening.kind === 'signed' ? opening.by.id : opening.reason;
    };
    assert.equal(outcome({}), published.id);
    assert.equal(outcome({ payload: Buffer.from('hello worle') }), 'signature');
    assert.equal(outcome({ payloadType: 'http://example.com/HelloWorlds' }), 'signature');
    assert.equal(outcome({ signature: example.signature.with(0, 4) }), 'signature');
    assert.equal(outcome({ signature: example.signature.subarray(1) }), 'signature');
    assert.equal(outcome({}, other), 'key_unknown');
    assert.equal(outcome({ keyId: other.id }, other), 'signature');
  });

  test('signEnvelope() refuses a signature that the public key refuses', async () => {
    const [one, two] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const signer = { key: known(one.publicKey), sign: async (bytes: Uint8Array) => sign(null, bytes, two.privateKey) };
    await assert.rejects(signEnvelope('a/b', Buffer.from('c'), signer), isFailure('CONFIG_INVALID'));
  });
});
