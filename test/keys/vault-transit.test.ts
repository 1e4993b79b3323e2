import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createKeyService } from '../../src/keys/key-service.ts';
import { connectVault } from '../../src/keys/vault-client.ts';
import { vaultTransit } from '../../src/keys/vault-transit.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeVault } from '../fakes/keys/fake-vault.ts';
import { aKeptKey } from '../fakes/keys/kept-key.ts';
import { keyServiceSuite } from '../ports/keys/key-service-suite.ts';
import { remoteKeySuite } from '../ports/keys/remote-key-suite.ts';
import { aQuickCall } from './quick-call.ts';

const kept = { first: aKeptKey(), second: aKeptKey(), edwards: aKeptKey('Ed25519') };

async function open(context: TestContext) {
  const vault = { transit: { 'teams/transit/sign': [kept.first, kept.second], 'teams/transit/log': [kept.edwards] }, secrets: {}, token: 'hvs.first', isSealed: false, namespace: 'platform/audit' };
  const agent = { token: 'hvs.first', reads: 0 };
  const server = await aKeyServer(context, fakeVault(vault));
  const call = aQuickCall();
  const ask = connectVault({ url: server.url, namespace: 'platform/audit', readToken: () => ((agent.reads += 1), agent.token), call });
  return {
    vault,
    agent,
    server,
    call,
    service: createKeyService(vaultTransit(ask)),
    es256: { keyRef: 'teams/transit/sign:1', spki: kept.first.spki },
    other: { keyRef: 'teams/transit/sign:2', spki: kept.second.spki },
    ed25519: { keyRef: 'teams/transit/log:1', spki: kept.edwards.spki },
    absent: 'teams/transit/absent:1',
  };
}

const message = Buffer.from('what is signed');

keyServiceSuite('Vault as a KeyService', (context) => open(context));
remoteKeySuite('Vault on bad days', (context) => open(context));

test('sign() names the version, and asks for a digest in our encoding', async (context) => {
  const { server, service, es256 } = await open(context);
  await service.sign(message, es256.keyRef);
  const { input, ...words }: Record<string, unknown> = JSON.parse(server.asked[1]?.body ?? '');
  assert.deepEqual(words, { key_version: 1, prehashed: true, hash_algorithm: 'sha2-256', marshaling_algorithm: 'jws' });
  assert.equal(Buffer.from(String(input), 'base64').length, 32);
});

test('sign() has the agent write a new token where one ended, once', async (context) => {
  const { vault, agent, service, es256 } = await open(context);
  await service.sign(message, es256.keyRef);
  [vault.token, agent.token] = ['hvs.second', 'hvs.second'];
  assert.equal((await service.sign(message, es256.keyRef)).signature.length, 64);
  assert.equal(agent.reads, 2);
});

test('sign() is refused where the new token may not either', async (context) => {
  const { vault, server, service, es256 } = await open(context);
  vault.token = 'hvs.of-somebody-else';
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED', /403 "permission denied"/));
  assert.equal(server.asked.length, 2);
});

test('sign() says that a sealed Vault is unavailable', async (context) => {
  const { vault, service, es256 } = await open(context);
  vault.isSealed = true;
  await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_UNAVAILABLE', /503 "Vault is sealed"/));
});

test('a version that does not exist is refused', async (context) => {
  const { service } = await open(context);
  await assert.rejects(service.publicKey('teams/transit/sign:3'), isFailure('KEY_REFUSED', /no such version/));
});

for (const keyRef of ['teams/transit/sign', 'sign:1', 'teams/../sign:1', '../sign:1', 'teams/..:1', 'teams/sign?x:1', 'teams/transit/sign:0', 'teams/transit/sign:01', '/sign:1', 'a//sign:1', '']) {
  test(`the reference ${JSON.stringify(keyRef)} is refused before anything is asked`, async (context) => {
    const { server, service } = await open(context);
    await assert.rejects(service.sign(message, keyRef), isFailure('KEY_REFUSED', /<mount>\/<name>:<version>/));
    assert.equal(server.asked.length, 0);
  });
}

const signatures: Readonly<Record<string, (signature: string) => string>> = {
  'of another version': (signature) => signature.replace('vault:v1:', 'vault:v2:'),
  'of another program': (signature) => signature.replace('vault:', 'safe:'),
  'in standard base64': (signature) => `vault:v1:${Buffer.from(signature.slice(9), 'base64url').toString('base64')}`,
  'without its end': (signature) => signature.slice(0, -3),
  'with something behind it': (signature) => `${signature}:more`,
};
for (const [what, change] of Object.entries(signatures)) {
  test(`sign() refuses a signature ${what}`, async (context) => {
    const { server, service, es256 } = await open(context);
    await service.publicKey(es256.keyRef);
    server.rewrite = ({ status, body }) => ({ status, body: { data: { signature: change((body as { data: { signature: string } }).data.signature) } } });
    await assert.rejects(service.sign(message, es256.keyRef), isFailure('KEY_REFUSED'));
  });
}

test('no answer of another namespace is taken', async (context) => {
  const { server, vault } = await open(context);
  const service = createKeyService(vaultTransit(connectVault({ url: server.url, namespace: null, readToken: () => vault.token, call: aQuickCall() })));
  await assert.rejects(service.publicKey('teams/transit/sign:1'), isFailure('KEY_REFUSED', /404/));
});

test('no failure shows the token', async (context) => {
  const { vault, service, es256 } = await open(context);
  vault.token = 'another';
  await assert.rejects(service.sign(message, es256.keyRef), (thrown) => !String(thrown).includes('hvs.first'));
});
