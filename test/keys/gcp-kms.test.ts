import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gcpKms } from '../../src/keys/gcp-kms.ts';
import type { GcpIdentity } from '../../src/keys/gcp-login.ts';
import { createKeyService } from '../../src/keys/key-service.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeGcpKms, gcpAccount, versionOf } from '../fakes/keys/fake-gcp-kms.ts';
import { aKeptKey, checksumOf } from '../fakes/keys/kept-key.ts';
import { keyServiceSuite } from '../ports/keys/key-service-suite.ts';
import { remoteKeySuite } from '../ports/keys/remote-key-suite.ts';
import { aQuickCall } from './quick-call.ts';

const kept = { first: aKeptKey(), second: aKeptKey(), edwards: aKeptKey('Ed25519') };
const keys = { [versionOf('sign')]: kept.first, [versionOf('sign', 2)]: kept.second, [versionOf('log')]: kept.edwards };
const now = new Date('2026-11-27T12:00:00Z');
const account: GcpIdentity = { kind: 'account', email: gcpAccount.email, keyId: gcpAccount.keyId, readKey: () => gcpAccount.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };

async function open(context: TestContext, identity: (url: string) => GcpIdentity = () => account) {
  const project = { keys, now: () => now, accessToken: null as string | null };
  const server = await aKeyServer(context, fakeGcpKms(project));
  const call = aQuickCall();
  const service = createKeyService(gcpKms({ url: server.url, identity: identity(server.url), now: () => now, call }));
  return {
    project,
    server,
    call,
    service,
    es256: { keyRef: versionOf('sign'), spki: kept.first.spki },
    other: { keyRef: versionOf('sign', 2), spki: kept.second.spki },
    ed25519: { keyRef: versionOf('log'), spki: kept.edwards.spki },
    absent: versionOf('absent'),
  };
}

const message = Buffer.from('what is signed');

keyServiceSuite('Cloud KMS as a KeyService', (context) => open(context));
remoteKeySuite('Cloud KMS on bad days', (context) => open(context));

test('sign() sends the digest or the data, never both, with its checksum', async (context) => {
  const { server, service, es256, ed25519 } = await open(context);
  await service.sign(message, es256.keyRef);
  await service.sign(message, ed25519.keyRef);
  const sent = server.asked.filter(({ body }) => body !== '').map(({ body }) => Object.keys(JSON.parse(body)));
  assert.deepEqual(sent, [['digest', 'digestCrc32c'], ['data', 'dataCrc32c']]);
});

const lies: Readonly<Record<string, (body: object) => object>> = {
  'no word that the digest arrived whole': (body) => ({ ...body, verifiedDigestCrc32c: undefined }),
  'the word that the digest did not arrive whole': (body) => ({ ...body, verifiedDigestCrc32c: false }),
  'the word about data in place of the digest': (body) => ({ ...body, verifiedDigestCrc32c: undefined, verifiedDataCrc32c: true }),
  'a checksum of something else': (body) => ({ ...body, signatureCrc32c: checksumOf(message) }),
  'a checksum that is a number': (body) => ({ ...body, signatureCrc32c: Number((body as { signatureCrc32c: string }).signatureCrc32c) }),
  'no checksum': (body) => ({ ...body, signatureCrc32c: undefined }),
  'the name of another version': (body) => ({ ...body, name: versionOf('sign', 2) }),
  'no name': (body) => ({ ...body, name: undefined }),
};
for (const [what, lie] of Object.entries(lies)) {
  test(`sign() refuses an answer with ${what}`, async (context) => {
    const { server, service, es256 } = await open(context);
    await service.publicKey(es256.keyRef);
    server.rewrite = ({ status, body }) => ({ status, body: lie(body) });
    await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED'));
  });
}

const otherKeys: Readonly<Record<string, object>> = {
  'an algorithm that we do not sign with': { algorithm: 'RSA_SIGN_PSS_2048_SHA256' },
  'an algorithm that is not that of its key': { algorithm: 'EC_SIGN_ED25519' },
  'a checksum of something else': { pemCrc32c: '1' },
  'text in place of a key': { pem: 'no key', pemCrc32c: checksumOf(Buffer.from('no key')) },
};
for (const [what, change] of Object.entries(otherKeys)) {
  test(`publicKey() refuses ${what}`, async (context) => {
    const { server, service, es256 } = await open(context);
    server.rewrite = ({ status, body }) => ({ status, body: { ...body, ...change } });
    await assert.rejects(service.publicKey(es256.keyRef), isFailure('KEY_REFUSED'));
  });
}

test('sign() takes a token of the metadata server, and a new one where it is refused', async (context) => {
  const { project, service, es256 } = await open(context, (url) => ({ kind: 'metadata', url }));
  project.accessToken = 'first';
  await service.sign(message, es256.keyRef);
  project.accessToken = 'second';
  assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
});

test('sign() is refused where the metadata server gives no token', async (context) => {
  const { service, es256 } = await open(context, (url) => ({ kind: 'metadata', url }));
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED', /metadata server/));
});

test('sign() is refused where the token of the account is not believed', async (context) => {
  const { service, es256 } = await open(context, () => ({ ...account, keyId: 'another' }));
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED', /401.*UNAUTHENTICATED/));
});
