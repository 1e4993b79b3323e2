import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { readKeySettings, secretsIn } from '../../src/config/key-service-settings.ts';
import type { KeySettings } from '../../src/config/key-service-settings.ts';
import { appKeyPem, logKeyPem } from '../builders/server-keys.ts';

const es256Pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const version = 'projects/example/locations/europe-west3/keyRings/plumbline/cryptoKeys/sign/cryptoKeyVersions/1';
const aws = { KEY_SERVICE: 'awskms', SIGNING_KEY: arn, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'canary-secret' };
const gcp = { KEY_SERVICE: 'gcpkms', SIGNING_KEY: version };
const vault = { KEY_SERVICE: 'vault', SIGNING_KEY: 'transit/plumbline:1', VAULT_ADDR: 'https://vault.example.com:8200/', VAULT_TOKEN: 'canary-token' };

type Environment = Readonly<Record<string, string>>;

function read(environment: Environment, files: Environment = {}): { readonly settings: KeySettings; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const readText = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  };
  const settings = readKeySettings({
    environment,
    readText,
    isDevelopment: environment['PLUMBLINE_MODE'] === 'development',
    take: (setting, otherwise) => {
      if (setting.kind === 'good') return setting.value;
      wrong.push(setting.why);
      return otherwise;
    },
  });
  return { settings, wrong };
}

test('without settings the log key signs everything', () => {
  assert.deepEqual(read({}), { settings: { keyService: { kind: 'local' }, signingKey: null, previousSigningKey: null, logKeyRef: null }, wrong: [] });
});

const services: Readonly<Record<string, readonly [Environment, Readonly<Record<string, unknown>>]>> = {
  'AWS by ARN, whose region it names': [aws, { kind: 'awskms', region: 'eu-central-1', url: 'https://kms.eu-central-1.amazonaws.com' }],
  'AWS by alias': [{ ...aws, SIGNING_KEY: 'alias/plumbline', AWS_REGION: 'us-gov-west-1' }, { kind: 'awskms', region: 'us-gov-west-1', url: 'https://kms.us-gov-west-1.amazonaws.com' }],
  'AWS in China': [{ ...aws, SIGNING_KEY: 'alias/plumbline', AWS_REGION: 'cn-north-1' }, { kind: 'awskms', region: 'cn-north-1', url: 'https://kms.cn-north-1.amazonaws.com.cn' }],
  'AWS at a private endpoint': [{ ...aws, KEY_SERVICE_URL: 'https://vpce-1.kms.example.com' }, { kind: 'awskms', region: 'eu-central-1', url: 'https://vpce-1.kms.example.com' }],
  'a log key of AWS alone': [{ ...aws, SIGNING_KEY: '', LOG_KEY_REF: arn }, { kind: 'awskms', region: 'eu-central-1', url: 'https://kms.eu-central-1.amazonaws.com' }],
  'Cloud KMS': [gcp, { kind: 'gcpkms', url: 'https://cloudkms.googleapis.com', identity: { kind: 'metadata', url: 'http://metadata.google.internal' } }],
};
for (const [what, [environment, expected]] of Object.entries(services)) {
  test(`readKeySettings() takes ${what}`, () => {
    const { settings, wrong } = read(environment);
    assert.deepEqual(wrong, []);
    const { credentials: _credentials, ...found } = { credentials: null, ...settings.keyService };
    assert.deepEqual(found, expected);
  });
}

test('readKeySettings() takes Vault with a token that an agent writes, and reads it anew each time', () => {
  const files: Record<string, string> = { '/run/token': 'first\n' };
  const { settings, wrong } = read({ ...vault, VAULT_TOKEN: '', VAULT_TOKEN_PATH: '/run/token', VAULT_NAMESPACE: 'audit' }, files);
  assert.deepEqual(wrong, []);
  assert.ok(settings.keyService.kind === 'vault');
  const { url, namespace, readToken } = settings.keyService.vault;
  const tokens = [readToken(), ((files['/run/token'] = 'second'), readToken())];
  assert.deepEqual([url, namespace, tokens], ['https://vault.example.com:8200', 'audit', ['first', 'second']]);
  files['/run/token'] = '';
  assert.throws(readToken, /KEY_UNAVAILABLE|no token/);
});

test('readKeySettings() takes a local key before one of a service', () => {
  const { settings, wrong } = read({ ...aws, SIGNING_KEY_PREVIOUS: es256Pem });
  assert.deepEqual([wrong, settings.previousSigningKey?.kind], [[], 'pem']);
});

const refused: Readonly<Record<string, readonly [Environment, RegExp]>> = {
  'an unknown service': [{ KEY_SERVICE: 'hsm' }, /^KEY_SERVICE is "hsm", expected local, awskms, gcpkms, vault$/],
  'a service without a key': [{ KEY_SERVICE: 'awskms', AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, /names no key: set SIGNING_KEY, LOG_KEY_REF or both$/],
  'a key in PEM where a reference belongs': [{ ...aws, SIGNING_KEY: es256Pem, AWS_REGION: 'eu-central-1' }, /^SIGNING_KEY holds a key, expected what names one in awskms/],
  'a reference where a key in PEM belongs': [{ SIGNING_KEY: arn }, /^SIGNING_KEY holds no private key/],
  'a local key of another kind': [{ SIGNING_KEY: appKeyPem }, /^SIGNING_KEY holds a key of another kind, expected ES256/],
  'a reference of another service': [{ ...vault, SIGNING_KEY: arn }, /^SIGNING_KEY is no reference to a key of vault, expected <mount>/],
  'a Vault key without its version': [{ ...vault, SIGNING_KEY: 'transit/plumbline' }, /expected <mount>\/<name>:<version>/],
  'a key of Cloud KMS without its version': [{ ...gcp, SIGNING_KEY: version.replace(/\/cryptoKeyVersions.*/, '') }, /cryptoKeyVersions\/<number>$/],
  'a reference that leads elsewhere': [{ ...gcp, SIGNING_KEY: `${version}/../../2` }, /cryptoKeyVersions\/<number>$/],
  'a log key twice': [{ ...aws, LOG_KEY_REF: arn, LOG_KEY: logKeyPem }, /^LOG_KEY and LOG_KEY_REF are both set/],
  'a log key of no service': [{ LOG_KEY_REF: arn }, /^LOG_KEY_REF names a key of a key service, and KEY_SERVICE names none/],
  'an alias without a region': [{ ...aws, SIGNING_KEY: 'alias/plumbline' }, /^AWS_REGION is not set/],
  'a region that is none': [{ ...aws, AWS_REGION: 'evil.example/' }, /^AWS_REGION is "evil\.example\/"/],
  'half of the credentials of AWS': [{ ...aws, AWS_SECRET_ACCESS_KEY: '' }, /belong together/],
  'no identity at AWS': [{ ...aws, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, /give the server an identity at AWS$/],
  'credentials of a container from anywhere': [{ ...aws, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://evil.example/' }, /^AWS_CONTAINER_CREDENTIALS_FULL_URI is/],
  'a metadata server anywhere': [{ ...gcp, GCE_METADATA_HOST: 'evil.example' }, /^GCE_METADATA_HOST is/],
  'an account of Google Cloud that is not there': [{ ...gcp, GOOGLE_APPLICATION_CREDENTIALS: '/gone.json' }, /^GOOGLE_APPLICATION_CREDENTIALS names "\/gone\.json", which can not be read/],
  'plain HTTP to elsewhere': [{ ...vault, VAULT_ADDR: 'http://vault.example.com:8200' }, /^VAULT_ADDR is "http:\/\/vault\.example\.com:8200", expected https$/],
  'plain HTTP to this machine in production': [{ ...vault, VAULT_ADDR: 'http://127.0.0.1:8200' }, /^VAULT_ADDR is an http address, expected https/],
  'an endpoint over plain HTTP in production': [{ ...aws, KEY_SERVICE_URL: 'http://127.0.0.1:1' }, /^KEY_SERVICE_URL is an http address/],
  'an endpoint with a login': [{ ...aws, KEY_SERVICE_URL: 'https://me:canary@kms.example.com' }, /^KEY_SERVICE_URL carries a login/],
  'Vault without a token': [{ ...vault, VAULT_TOKEN: '' }, /^One of VAULT_TOKEN and VAULT_TOKEN_PATH/],
};
for (const [what, [environment, why]] of Object.entries(refused)) {
  test(`readKeySettings() refuses ${what}`, () => {
    const { wrong } = read(environment);
    assert.equal(wrong.length, 1, wrong.join('\n'));
    assert.match(wrong[0] ?? '', why);
    assert.doesNotMatch(wrong[0] ?? '', /canary/);
  });
}

test('readKeySettings() tells all that is wrong at once', () => {
  const { wrong } = read({ KEY_SERVICE: 'awskms', SIGNING_KEY: 'nonsense', SIGNING_KEY_PREVIOUS: 'nonsense', LOG_KEY_REF: 'nonsense', KEY_SERVICE_URL: 'http://evil.example', AWS_ACCESS_KEY_ID: 'half' });
  assert.deepEqual(wrong.map((line) => line.split(' ')[0]), ['SIGNING_KEY', 'SIGNING_KEY_PREVIOUS', 'LOG_KEY_REF', 'AWS_REGION', 'KEY_SERVICE_URL', 'AWS_ACCESS_KEY_ID']);
});

test('readKeySettings() lets development mode do with plain HTTP on this machine', () => {
  assert.deepEqual(read({ ...vault, VAULT_ADDR: 'http://127.0.0.1:8200', PLUMBLINE_MODE: 'development' }).wrong, []);
});

test('settings of key services show no secret, and the server is told all of them', () => {
  const account = JSON.stringify({ type: 'service_account', client_email: 'a@example.com', private_key_id: 'k', private_key: appKeyPem });
  const read1 = read(aws).settings;
  const read2 = read({ ...gcp, GOOGLE_APPLICATION_CREDENTIALS: '/key.json' }, { '/key.json': account }).settings;
  const read3 = read(vault).settings;
  const shown = [read1, read2, read3].map((settings) => `${JSON.stringify(settings)} ${inspect(settings, { depth: 9, showHidden: true })}`).join('\n');
  assert.doesNotMatch(shown, /canary|BEGIN/);
  assert.deepEqual([secretsIn(read1.keyService), secretsIn(read3.keyService)], [['canary-secret'], ['canary-token']]);
  assert.match(secretsIn(read2.keyService)[0] ?? '', /BEGIN PRIVATE KEY/);
});
