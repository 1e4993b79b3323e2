import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { awsKms } from '../../src/keys/aws-kms.ts';
import type { AwsCredentialSource } from '../../src/keys/aws-credentials.ts';
import { createKeyService } from '../../src/keys/key-service.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { arnOf, awsAccess, awsRegion, error, fakeAwsKms } from '../fakes/keys/fake-aws-kms.ts';
import { aKeptKey } from '../fakes/keys/kept-key.ts';
import { keyServiceSuite } from '../ports/keys/key-service-suite.ts';
import { remoteKeySuite } from '../ports/keys/remote-key-suite.ts';
import { aQuickCall } from './quick-call.ts';

const keys = { first: aKeptKey(), second: aKeptKey(), edwards: aKeptKey('Ed25519') };
const now = new Date('2026-11-27T12:00:00Z');

async function open(context: TestContext, credentials?: (url: string) => AwsCredentialSource) {
  const account = { keys, aliases: { 'alias/plumbline': 'first' } as Record<string, string>, now: () => now, sessionToken: null as string | null };
  const server = await aKeyServer(context, fakeAwsKms(account));
  const call = aQuickCall();
  const source = credentials?.(server.url) ?? { kind: 'static', read: () => ({ ...awsAccess, sessionToken: null }) };
  const service = createKeyService(awsKms({ region: awsRegion, url: server.url, credentials: source, now: () => now, call }));
  return {
    account,
    server,
    call,
    service,
    es256: { keyRef: arnOf('first'), spki: keys.first.spki },
    other: { keyRef: arnOf('second'), spki: keys.second.spki },
    ed25519: { keyRef: arnOf('edwards'), spki: keys.edwards.spki },
    absent: arnOf('absent'),
  };
}

const message = Buffer.from('what is signed');

keyServiceSuite('AWS KMS as a KeyService', (context) => open(context));
remoteKeySuite('AWS KMS on bad days', (context) => open(context));

test('sign() by alias tells the key that the alias means now', async (context) => {
  const { account, service } = await open(context);
  assert.deepEqual(Buffer.from((await service.sign(message, 'alias/plumbline')).key.spki), keys.first.spki);
  account.aliases['alias/plumbline'] = 'second';
  assert.deepEqual(Buffer.from((await service.sign(message, 'alias/plumbline')).key.spki), keys.second.spki);
});

test('sign() by alias verifies with the key that signed, when the alias moves between question and answer', async (context) => {
  const { account, server, service } = await open(context);
  server.rewrite = (reply, { headers }) => {
    if (headers['x-amz-target'] === 'TrentService.GetPublicKey') account.aliases['alias/plumbline'] = 'second';
    return reply;
  };
  assert.deepEqual(Buffer.from((await service.sign(message, 'alias/plumbline')).key.spki), keys.second.spki);
});

test('sign() sends a digest for ES256 and the message for Ed25519', async (context) => {
  const { server, service, es256, ed25519 } = await open(context);
  await service.sign(message, es256.keyRef);
  await service.sign(message, ed25519.keyRef);
  const types = server.asked.map(({ body }) => JSON.parse(body)).map(({ MessageType }: { MessageType?: string }) => MessageType ?? null);
  assert.deepEqual(types, [null, 'DIGEST', null, 'RAW']);
});

test('sign() with Ed25519 refuses more than 4,096 bytes before it asks', async (context) => {
  const { server, service, ed25519 } = await open(context);
  await assert.rejects(service.sign(Buffer.alloc(4_097), ed25519.keyRef), isFailure('KEY_REFUSED', /4097 bytes, expected 4096 bytes at most/));
  assert.equal(server.asked.length, 1);
});

test('sign() waits where AWS throttles with status 400, and goes on', async (context) => {
  const { server, service, es256 } = await open(context);
  let throttled = 2;
  server.rewrite = (reply, { headers }) => (headers['x-amz-target'] === 'TrentService.Sign' && throttled-- > 0 ? error('ThrottlingException', 'Rate exceeded') : reply);
  assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
});

test('sign() gives up as unavailable where AWS throttles for long', async (context) => {
  const { server, service, es256 } = await open(context);
  server.rewrite = () => error('ThrottlingException', 'Rate exceeded');
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_UNAVAILABLE', /ThrottlingException/));
  assert.equal(server.asked.length, 3);
});

const refusals = {
  'that it may not': error('AccessDeniedException', 'User is not authorized to perform: kms:Sign'),
  'that the key is disabled': error('DisabledException', 'key is disabled'),
  'that the key is to be deleted': error('KMSInvalidStateException', 'is pending deletion'),
};
for (const [what, refusal] of Object.entries(refusals)) {
  test(`sign() is refused at once where AWS says ${what}`, async (context) => {
    const { server, service, es256 } = await open(context);
    await service.publicKey(es256.keyRef);
    server.rewrite = () => refusal;
    await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED'));
    assert.equal(server.asked.length, 2);
  });
}

const lies: Readonly<Record<string, (body: object) => object>> = {
  'the ARN of another key': (body) => ({ ...body, KeyId: arnOf('second') }),
  'the alias in place of an ARN': (body) => ({ ...body, KeyId: 'alias/plumbline' }),
  'another algorithm': (body) => ({ ...body, SigningAlgorithm: 'ECDSA_SHA_512' }),
  'no signature': (body) => ({ ...body, Signature: undefined }),
  'a signature in base64url': (body) => ({ ...body, Signature: '-_-_' }),
  'a signature in P1363': (body) => ({ ...body, Signature: Buffer.alloc(64, 1).toString('base64') }),
};
for (const [what, lie] of Object.entries(lies)) {
  test(`sign() refuses ${what} in the answer`, async (context) => {
    const { server, service, es256 } = await open(context);
    await service.publicKey(es256.keyRef);
    server.rewrite = ({ status, body }) => ({ status, body: lie(body) });
    await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED'));
  });
}

const otherKeys: Readonly<Record<string, object>> = {
  'encrypts': { KeyUsage: 'ENCRYPT_DECRYPT' },
  'is on another curve': { KeySpec: 'ECC_SECG_P256K1' },
  'is said to be what it is not': { KeySpec: 'ECC_NIST_EDWARDS25519' },
  'is no key': { PublicKey: Buffer.from('no key').toString('base64') },
  'has a byte too many': { PublicKey: Buffer.concat([keys.first.spki, Buffer.of(0)]).toString('base64') },
};
for (const [what, change] of Object.entries(otherKeys)) {
  test(`publicKey() refuses a key that ${what}`, async (context) => {
    const { server, service, es256 } = await open(context);
    server.rewrite = ({ status, body }) => ({ status, body: { ...body, ...change } });
    await assert.rejects(service.publicKey(es256.keyRef), isFailure('KEY_REFUSED'));
  });
}

test('sign() takes credentials of the container, and new ones when they ended', async (context) => {
  const tokens = ['first session', 'second session'];
  const given: string[] = [];
  const container = await aKeyServer(context, ({ headers }) => {
    given.push(String(headers.authorization));
    return { status: 200, body: { AccessKeyId: awsAccess.accessKeyId, SecretAccessKey: awsAccess.secretAccessKey, Token: tokens.shift(), Expiration: '2026-11-27T18:00:00Z' } };
  });
  const { account, service, es256 } = await open(context, () => ({ kind: 'container', url: `${container.url}/v2/credentials`, readToken: () => 'a token of the container' }));
  account.sessionToken = 'first session';
  await service.sign(message, es256.keyRef);
  account.sessionToken = 'second session';
  assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
  assert.deepEqual(given, ['a token of the container', 'a token of the container']);
});

test('sign() is refused where new credentials are refused too', async (context) => {
  const container = await aKeyServer(context, () => ({ status: 200, body: { AccessKeyId: awsAccess.accessKeyId, SecretAccessKey: awsAccess.secretAccessKey, Token: 'old', Expiration: '2026-11-27T18:00:00Z' } }));
  const { account, service, es256 } = await open(context, () => ({ kind: 'container', url: container.url, readToken: () => null }));
  account.sessionToken = 'new';
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED', /ExpiredTokenException/));
  assert.equal(container.asked.length, 2);
});

test('sign() takes credentials of a role that STS gives for the token of a service account', async (context) => {
  const sts = await aKeyServer(context, ({ body }) => {
    const asked = Object.fromEntries(new URLSearchParams(body));
    assert.deepEqual([asked['Action'], asked['RoleArn'], asked['WebIdentityToken']], ['AssumeRoleWithWebIdentity', 'arn:aws:iam::123456789012:role/plumbline', 'a token']);
    return { status: 200, body: { AssumeRoleWithWebIdentityResponse: { AssumeRoleWithWebIdentityResult: { Credentials: { AccessKeyId: awsAccess.accessKeyId, SecretAccessKey: awsAccess.secretAccessKey, SessionToken: 'of the role', Expiration: now.getTime() / 1_000 + 3_600 } } } } };
  });
  const { account, service, es256 } = await open(context, () => ({ kind: 'web-identity', url: sts.url, role: 'arn:aws:iam::123456789012:role/plumbline', readToken: () => 'a token' }));
  account.sessionToken = 'of the role';
  await service.sign(message, es256.keyRef);
  await service.sign(message, es256.keyRef);
  assert.equal(sts.asked.length, 1);
});

test('credentials that lack a part are refused, and not shown', async (context) => {
  const container = await aKeyServer(context, () => ({ status: 200, body: { AccessKeyId: 'canary', Token: 'canary' } }));
  const { service, es256 } = await open(context, () => ({ kind: 'container', url: container.url, readToken: () => null }));
  await assert.rejects(service.sign(message, es256.keyRef), (thrown) => isFailure('KEY_REFUSED')(thrown) && !String(thrown).includes('canary'));
});
