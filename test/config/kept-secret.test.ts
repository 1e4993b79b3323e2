import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, it, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { KeptSecret } from '../../src/config/kept-secret.ts';
import { Secret } from '../../src/config/secret.ts';
import { openSecrets, watchSecrets } from '../../src/config/server-secrets.ts';
import { good } from '../../src/config/settings.ts';
import { Failure } from '../../src/domain/failure.ts';
import { openAppKey } from '../../src/github/app-key.ts';
import { createVerifier } from '../../src/web/signature.ts';
import { isFailure } from '../builders/is-failure.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import { appKeyPem, previousWebhookSecret, webhookSecret } from '../builders/server-keys.ts';
import { aDirectory } from '../builders/server-process.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { fakeVault } from '../fakes/keys/fake-vault.ts';
import { sign } from '../web/web-fixture.ts';

const nextSecret = '0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f';
const nextKeyPem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** Where the webhook secret of a server is kept, and how somebody there replaces it, takes it away, or writes nonsense. */
interface Place {
  readonly config: Config;
  readonly replace: (value: string) => void;
  readonly remove: () => void;
}

function inFile(context: TestContext): Place {
  const path = join(aDirectory(context), 'webhook-secret');
  writeFileSync(path, `${webhookSecret}\n`);
  return {
    config: readConfig(anEnvironment({ WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_PATH: path })),
    replace: (value) => writeFileSync(path, `${value}\n`),
    remove: () => rmSync(path),
  };
}

async function inVault(context: TestContext): Promise<Place> {
  const vault = { transit: {}, secrets: { plumbline: { webhook_secret: webhookSecret, private_key: appKeyPem } } as Record<string, Record<string, string> | null>, token: 'hvs.token', isSealed: false, namespace: null };
  const server = await aKeyServer(context, fakeVault(vault));
  const environment = { PLUMBLINE_MODE: 'development', VAULT_ADDR: server.url, VAULT_TOKEN: 'hvs.token', WEBHOOK_SECRET: undefined, PRIVATE_KEY: undefined, WEBHOOK_SECRET_VAULT: 'secret/data/plumbline#webhook_secret', WEBHOOK_SECRET_PREVIOUS_VAULT: 'secret/data/plumbline#webhook_secret_previous', PRIVATE_KEY_VAULT: 'secret/data/plumbline#private_key' };
  return {
    config: readConfig(anEnvironment(environment)),
    replace: (value) => void (vault.secrets['plumbline'] = { webhook_secret: value, private_key: nextKeyPem }),
    remove: () => void (vault.secrets['plumbline'] = null),
  };
}

/** Everything that a secret that is kept elsewhere promises. */
function keptSecretSuite(title: string, open: (context: TestContext) => Place | Promise<Place>): void {
  describe(title, () => {
    it('is read before anything uses it', async (context) => {
      const { config } = await open(context);
      await openSecrets(config);
      assert.equal(config.webhookSecret.reveal(), webhookSecret);
    });

    it('is replaced without a restart', async (context) => {
      const { config, replace } = await open(context);
      await openSecrets(config);
      replace(nextSecret);
      assert.deepEqual([await config.webhookSecret.refresh(), config.webhookSecret.reveal(), await config.webhookSecret.refresh()], [true, nextSecret, false]);
    });

    it('stays what it was last while its place is gone, with a warning', async (context) => {
      const { config, remove } = await open(context);
      await openSecrets(config);
      const log = fakeLog();
      config.webhookSecret.watch({ log, onValue: () => {} });
      remove();
      assert.deepEqual([await config.webhookSecret.refresh(), config.webhookSecret.reveal()], [false, webhookSecret]);
      assert.deepEqual(log.lines.map(({ level, message }) => [level, message]), [['warn', 'secret not read, the last good one stays']]);
    });

    for (const nonsense of ['short', 'development', '', 'a'.repeat(40)]) {
      it(`stays what it was last where ${JSON.stringify(nonsense)} is put in its place`, async (context) => {
        const { config, replace } = await open(context);
        await openSecrets(config);
        const log = fakeLog();
        config.webhookSecret.watch({ log, onValue: () => {} });
        replace(nonsense);
        assert.deepEqual([await config.webhookSecret.refresh(), config.webhookSecret.reveal(), log.lines.length], [false, webhookSecret, 1]);
      });
    }

    it('is told to what keeps it out of logs, the new one before it is used', async (context) => {
      const { config, replace } = await open(context);
      await openSecrets(config);
      const told: string[] = [];
      const stop = watchSecrets(config, { log: fakeLog(), onValue: (value) => told.push(value) });
      context.after(stop);
      replace(nextSecret);
      await config.webhookSecret.refresh();
      assert.ok(told.includes(webhookSecret) && told.includes(nextSecret));
    });

    it('is read anew where a signature is wrong, so that the delivery is taken', async (context) => {
      const { config, replace } = await open(context);
      await openSecrets(config);
      const verify = await createVerifier({ appId: 1, privateKey: appKeyPem, secrets: () => [config.webhookSecret.reveal() ?? ''], renew: () => config.webhookSecret.refreshAfterRefusal() });
      replace(nextSecret);
      const body = Buffer.from('{"zen":"x"}');
      assert.deepEqual([await verify(body, sign('{"zen":"x"}', nextSecret)), await verify(body, sign('{"zen":"x"}', webhookSecret))], [true, false]);
    });

    it('prints nowhere', async (context) => {
      const { config } = await open(context);
      await openSecrets(config);
      assert.doesNotMatch(`${JSON.stringify(config)} ${inspect(config, { depth: 9, showHidden: true })} ${String(config.webhookSecret)}`, new RegExp(`${webhookSecret}|hvs\\.token`));
    });
  });
}

keptSecretSuite('a webhook secret in a file', inFile);
keptSecretSuite('a webhook secret in Vault', inVault);

test('the private key is replaced from Vault without a restart', async (context) => {
  const { config, replace } = await inVault(context);
  await openSecrets(config);
  const key = openAppKey({ reveal: () => config.privateKey.reveal(), renew: () => config.privateKey.refreshAfterRefusal() });
  const before = await key.current();
  replace(webhookSecret);
  assert.equal(await key.renew(), true);
  assert.notDeepEqual((await key.current()).export({ format: 'jwk' }), before.export({ format: 'jwk' }));
});

test('a server does not start with a secret that Vault does not have, and says which', async (context) => {
  const { config, remove } = await inVault(context);
  remove();
  await assert.rejects(openSecrets(config), isFailure('KEY_REFUSED', /secret\/data\/plumbline#/));
});

test('a server does not start with a weak secret in Vault', async (context) => {
  const { config, replace } = await inVault(context);
  replace('development');
  await assert.rejects(openSecrets(config), isFailure('CONFIG_INVALID', /WEBHOOK_SECRET_VAULT is a secret that everybody knows/));
});

test('a secret that was not read yet is used by nobody', async (context) => {
  const { config } = await inVault(context);
  assert.throws(() => config.webhookSecret.reveal(), isFailure('KEY_UNAVAILABLE'));
});

test('no other webhook secret is accepted while none is kept, and two are during a change', async (context) => {
  const path = join(aDirectory(context), 'other');
  writeFileSync(path, '');
  const config = readConfig(anEnvironment({ WEBHOOK_SECRET_PREVIOUS_PATH: path }));
  assert.equal(config.previousWebhookSecret?.reveal(), null);
  writeFileSync(path, previousWebhookSecret);
  assert.deepEqual([await config.previousWebhookSecret?.refresh(), config.previousWebhookSecret?.reveal()], [true, previousWebhookSecret]);
  writeFileSync(path, '');
  assert.deepEqual([await config.previousWebhookSecret?.refresh(), config.previousWebhookSecret?.reveal()], [true, null]);
});

test('wrong signatures, however many, have a secret read anew at most once in ten seconds', async () => {
  let reads = 0;
  let now = 0;
  const source = { isRead: true, read: async () => ((reads += 1), 'value') };
  const secret = new KeptSecret({ name: 'X', source, check: (text) => good(text === null ? null : new Secret(text)), first: new Secret('value'), elapsed: () => now });
  for (const at of [0, 0, 9_999, 10_000, 10_001, 19_999]) {
    now = at;
    await Promise.all([secret.refreshAfterRefusal(), secret.refreshAfterRefusal()]);
  }
  assert.equal(reads, 2);
});

test('a secret of the environment is read once', async () => {
  const config = readConfig(anEnvironment());
  assert.deepEqual([await config.webhookSecret.refresh(), config.webhookSecret.reveal()], [false, webhookSecret]);
});

const refused: Readonly<Record<string, readonly [Readonly<Record<string, string | undefined>>, RegExp]>> = {
  'a secret in two places': [{ WEBHOOK_SECRET_VAULT: 'secret/data/plumbline#x' }, /WEBHOOK_SECRET and WEBHOOK_SECRET_VAULT are both set/],
  'a reference without a field': [{ WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_VAULT: 'secret/data/plumbline' }, /WEBHOOK_SECRET_VAULT is "secret\/data\/plumbline", expected <mount>\/data\/<path>#<field>/],
  'a reference that leads elsewhere': [{ WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_VAULT: 'secret/data/../../sys#x' }, /WEBHOOK_SECRET_VAULT is/],
  'a secret in a Vault that is nowhere': [{ PRIVATE_KEY: undefined, PRIVATE_KEY_VAULT: 'secret/data/plumbline#private_key' }, /VAULT_ADDR is not set/],
  'a file with a weak secret': [{ WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_PATH: '/dev/null' }, /WEBHOOK_SECRET_PATH holds nothing/],
};
for (const [what, [changes, why]] of Object.entries(refused)) {
  test(`readConfig() refuses ${what}`, () => {
    assert.throws(() => readConfig(anEnvironment(changes)), (thrown) => thrown instanceof Failure && thrown.code === 'CONFIG_INVALID' && why.test(thrown.message));
  });
}
