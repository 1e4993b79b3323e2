import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openServerKeys } from '../../src/config/server-keys.ts';
import { aDirectory } from '../builders/server-process.ts';
import { isFailure } from '../builders/is-failure.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import { logKeyPem } from '../builders/server-keys.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeVault } from '../fakes/keys/fake-vault.ts';
import { aKeptKey } from '../fakes/keys/kept-key.ts';
import { aPemKey } from '../ports/keys/key-service-suite.ts';

const kept = { signing: aKeptKey(), next: aKeptKey(), log: aKeptKey('Ed25519') };

async function inVault(context: TestContext, settings: Readonly<Record<string, string>>) {
  const server = await aKeyServer(context, fakeVault({ transit: { 'transit/sign': [kept.signing, kept.next], 'transit/log': [kept.log] }, secrets: {}, token: 'hvs.token', isSealed: false, namespace: null }));
  const config = readConfig(anEnvironment({ PLUMBLINE_MODE: 'development', DATA_DIR: aDirectory(context), KEY_SERVICE: 'vault', VAULT_ADDR: server.url, VAULT_TOKEN: 'hvs.token', ...settings }));
  return { server, config };
}

const message = Buffer.from('what is signed');

test('openServerKeys() makes one key at the first start, which signs everything', async (context) => {
  const config = readConfig(anEnvironment({ DATA_DIR: aDirectory(context) }));
  const [first, second] = [await openServerKeys(config), await openServerKeys(config)];
  assert.equal(first.signing.key.id, second.log.key.id);
  assert.deepEqual([first.previousSigners, first.signer.name], [[], 'localhost:3000']);
  assert.equal((await first.signing.sign(message)).length, 64);
});

test('openServerKeys() takes a signing key beside the log key, and the keys before both', async (context) => {
  const before = aPemKey('ES256');
  const config = readConfig(anEnvironment({ DATA_DIR: aDirectory(context), LOG_KEY: logKeyPem, SIGNING_KEY: aPemKey('ES256').pem, SIGNING_KEY_PREVIOUS: before.pem, LOG_KEY_PREVIOUS: aPemKey('Ed25519').pem }));
  const { log, signing, previousSigners, previousLogKeys } = await openServerKeys(config);
  assert.deepEqual([log.key.algorithm, signing.key.algorithm, previousSigners.map(({ key }) => key.algorithm), previousLogKeys.length], ['Ed25519', 'ES256', ['Ed25519', 'ES256'], 1]);
});

test('openServerKeys() takes keys of a key service, for the log too', async (context) => {
  const { config } = await inVault(context, { SIGNING_KEY: 'transit/sign:2', SIGNING_KEY_PREVIOUS: 'transit/sign:1', LOG_KEY_REF: 'transit/log:1' });
  const { signer, log, signing, previousSigners } = await openServerKeys(config);
  assert.deepEqual([log.name, signing.name, previousSigners.map(({ name }) => name)], ['"transit/log:1" of vault', '"transit/sign:2" of vault', ['"transit/sign:1" of vault']]);
  assert.deepEqual(Buffer.from(signer.publicKey), kept.log.spki.subarray(-32));
  assert.equal((await signer.sign(message)).length, 64);
});

test('openServerKeys() refuses a log key that signs no checkpoints', async (context) => {
  const { config } = await inVault(context, { LOG_KEY_REF: 'transit/sign:1' });
  await assert.rejects(openServerKeys(config), isFailure('CONFIG_INVALID', /found a key for ES256, expected Ed25519/));
});

test('openServerKeys() does not start with a key that can not be had', async (context) => {
  const { server, config } = await inVault(context, { SIGNING_KEY: 'transit/sign:1' });
  server.misbehave.push('status-503', 'status-503', 'status-503');
  await assert.rejects(openServerKeys(config), isFailure('KEY_UNAVAILABLE'));
});
