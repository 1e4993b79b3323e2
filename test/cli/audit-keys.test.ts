import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { openServerKeys } from '../../src/config/server-keys.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aRepository } from '../builders/a-repository.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeVault } from '../fakes/keys/fake-vault.ts';
import { aKeptKey } from '../fakes/keys/kept-key.ts';
import { runPlumbline } from './run-plumbline.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => new Date() };

test('a log verifies by its first key alone after log key and key service were changed, in the store and as an export', async (t) => {
  const { directory } = aRepository(t);
  const data = join(directory, 'data');
  await layEmptyStore(data);
  const kept = { first: aKeptKey(), second: aKeptKey(), log: aKeptKey('Ed25519') };
  const vault = await aKeyServer(t, fakeVault({ transit: { 'transit/sign': [kept.first, kept.second], 'transit/log': [kept.log] }, secrets: {}, token: 'hvs.token', isSealed: false, namespace: null }));
  const ofVault = { KEY_SERVICE: 'vault', VAULT_ADDR: vault.url, VAULT_TOKEN: 'hvs.token' };
  const nextLogKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const store = await openStore({ databaseUrl: null, directory: data, log: quiet, clock });
  const runAs = async (settings: Readonly<Record<string, string>>): Promise<void> => {
    const { signer, signing, previousSigners, previousLogKeys } = await openServerKeys(readConfig(anEnvironment({ PLUMBLINE_MODE: 'development', DATA_DIR: data, PUBLIC_URL: 'https://plumbline.example', ...settings })));
    await store.transaction((transaction) => transaction.append(aFittingDraft('config.seen', { account: 3, repository: null, subject: 'configuration:one' })));
    await createSealer({ store, signer, clock, signing, previousSigners, previousKeys: previousLogKeys }).seal(3, { force: true });
  };
  await runAs({});
  const firstPem = readFileSync(join(data, 'log-key.pem'), 'utf8');
  await runAs({ LOG_KEY: nextLogKey, LOG_KEY_PREVIOUS_PATH: join(data, 'log-key.pem') });
  const previous = { LOG_KEY_PREVIOUS: `${publicPem(firstPem)}${publicPem(nextLogKey)}` };
  await runAs({ ...ofVault, LOG_KEY: nextLogKey, SIGNING_KEY: 'transit/sign:1', LOG_KEY_PREVIOUS: publicPem(firstPem) });
  await runAs({ ...ofVault, ...previous, SIGNING_KEY: 'transit/sign:2', SIGNING_KEY_PREVIOUS: 'transit/sign:1', LOG_KEY_REF: 'transit/log:1' });
  await store.close();
  writeFileSync(join(directory, 'first.pem'), publicPem(firstPem));
  writeFileSync(join(directory, 'stranger.pem'), publicPem(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()));
  const environment = { PLUMBLINE_MODE: 'development', DATA_DIR: data, ...ofVault, ...previous, LOG_KEY_REF: 'transit/log:1' };
  const run = async (...words: readonly string[]) => await runPlumbline(directory, words, { environment });
  assert.equal((await run('audit', 'export', 'log.ndjson')).code, 0);
  const verdicts = await Promise.all([['store', '--key', 'first.pem'], ['log.ndjson', '--key', 'first.pem'], ['log.ndjson'], ['log.ndjson', '--key', 'stranger.pem']].map(async (words) => (await run('audit', 'verify', ...words)).code));
  assert.deepEqual(verdicts, [0, 0, 0, 1]);
});

function publicPem(pem: string): string {
  return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
}
