import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';
import { wholeRemediation } from '../src/github/call-cost.ts';
import { budgetsFor } from '../src/github/pace.ts';
import { readConfig } from '../src/config.ts';
import { Failure } from '../src/domain/failure.ts';
import { anEnvironment } from './builders/server-environment.ts';
import { appKeyPem, logKeyPem, previousWebhookSecret, weakAppKeyPem, webhookSecret } from './builders/server-keys.ts';

/** What is wrong with these settings, one line each; none when they are good. */
function complaints(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(anEnvironment(changes));
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof Failure && thrown.code === 'CONFIG_INVALID');
    return thrown.message.split('\n').slice(1).map((line) => line.trim());
  }
}

test('readConfig() takes what is required and defaults the rest to what is safe', () => {
  const config = readConfig(anEnvironment());
  const { privateKey: _key, webhookSecret: _secret, dataDirectory: _directory, ...rest } = config;
  assert.deepEqual(rest, {
    mode: 'production',
    appId: 4711,
    previousWebhookSecret: null,
    databaseUrl: null,
    logKey: null,
    keyService: { kind: 'local' },
    signingKey: null,
    previousSigningKey: null,
    logKeyRef: null,
    previousLogKeys: [],
    behaviorHosts: [],
    behaviorSecrets: [],
    judge: null,
    contractKeys: [],
    bundleRules: { hosts: [], allowsLoopback: false },
    packageIndexes: { npm: null, pypi: null },
    opaPlaces: { OPA_PATH: undefined, PATH: undefined },
    sealing: { everyMs: 60_000, everyEntries: 1_000 },
    retention: { inputs: null, decisions: null, grants: null, commands: null, operation: null, drift: null },
    anchorDirectory: null,
    anchorRepository: null,
    anchorCommitMs: 3_600_000,
    witnesses: [],
    anchorLateMs: 10_800_000,
    selfAuditMs: 86_400_000,
    host: '127.0.0.1',
    port: 3000,
    apiUrl: 'https://api.github.com',
    publicUrl: 'http://localhost:3000',
    actionsIssuer: 'https://token.actions.githubusercontent.com',
    apiIssuer: null,
    apiRequestsPerMinute: 300,
    apiProxies: 0,
    logLevel: 'info',
    concurrency: 4,
    leaseMs: 60_000,
    settlingMs: 30_000,
    pollMs: 1_000,
    writesPerMinute: 80,
    replicas: 1,
  });
});

test('readConfig() of an empty environment names every required setting at once', () => {
  assert.throws(() => readConfig({}), (thrown: unknown) => {
    assert.ok(thrown instanceof Failure);
    const lines = thrown.message.split('\n');
    assert.equal(lines[0], 'Cannot start: 3 settings are wrong');
    assert.deepEqual(lines.slice(1).map((line) => line.trim().split(' ')[0]), ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']);
    return true;
  });
});

test('readConfig() with every setting wrong reports every one of them', () => {
  const lines = complaints({
    PLUMBLINE_MODE: 'prod', PORT: '70000', APP_ID: '-1', PRIVATE_KEY: 'nonsense', WEBHOOK_SECRET: 'development', WEBHOOK_SECRET_PREVIOUS: 'short',
    DATABASE_URL: 'mysql://root:hunter2@db/x', LOG_KEY: appKeyPem, HOST: 'a b', GITHUB_API_URL: 'http://api.github.com', PUBLIC_URL: 'ftp://x', LOG_LEVEL: 'loud',
    WORKER_CONCURRENCY: '0', LEASE_MS: '1', SETTLING_MS: '-1', POLL_MS: '1e3',
  });
  const names = ['PLUMBLINE_MODE', 'PORT', 'APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'PUBLIC_URL', 'WEBHOOK_SECRET_PREVIOUS', 'DATABASE_URL', 'LOG_KEY', 'HOST', 'GITHUB_API_URL', 'LOG_LEVEL', 'WORKER_CONCURRENCY', 'LEASE_MS', 'SETTLING_MS', 'POLL_MS'];
  assert.deepEqual(lines.map((line) => line.split(' ')[0]), names);
});

test('readConfig() says what is wrong, what it expected and what to do', () => {
  assert.deepEqual(complaints({ WEBHOOK_SECRET: undefined, DATABASE_URL: 'mysql://db/x', LOG_KEY: logKeyPem, PUBLIC_URL: 'https://plumbline.example' }), [
    'WEBHOOK_SECRET is not set: copy it from the GitHub App settings',
    'DATABASE_URL has scheme "mysql", expected "postgres"',
  ]);
});

const refused: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'the webhook secret that Probot falls back to': { WEBHOOK_SECRET: 'development' },
  'a webhook secret of 31 bytes': { WEBHOOK_SECRET: webhookSecret.slice(1) },
  'a webhook secret of one repeated character': { WEBHOOK_SECRET: 'a'.repeat(64) },
  'a previous webhook secret equal to the new one': { WEBHOOK_SECRET_PREVIOUS: webhookSecret },
  'an RSA key with 1024 bits': { PRIVATE_KEY: weakAppKeyPem },
  'an Ed25519 key for the App': { PRIVATE_KEY: logKeyPem },
  'a key and a path to a key': { PRIVATE_KEY_PATH: 'key.pem' },
  'a path to a key that is not there': { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'no/such/file.pem' },
  'an App id that is not a number': { APP_ID: '12x' },
  'the API over plain HTTP on another host': { GITHUB_API_URL: 'http://github.example/api/v3' },
  'an API address with a login in it': { GITHUB_API_URL: 'https://user:pass@github.example' },
  'a public address with a query': { PUBLIC_URL: 'https://plumbline.example/?a=1' },
  'a database without a log key': { DATABASE_URL: 'postgres://db/x', PUBLIC_URL: 'https://plumbline.example' },
  'a database without a public address': { DATABASE_URL: 'postgres://db/x', LOG_KEY: logKeyPem },
  'more replicas than share the writes of a minute': { REPLICAS: '9' },
  'an RSA key for the log': { LOG_KEY: appKeyPem },
  'development mode on an address that others reach': { PLUMBLINE_MODE: 'development', HOST: '0.0.0.0' },
};

for (const [title, changes] of Object.entries(refused)) {
  test(`readConfig() refuses ${title}`, () => {
    assert.equal(complaints(changes).length, 1);
  });
}

const keyForms: Readonly<Record<string, string>> = {
  'as it is': appKeyPem,
  'with \\n written out': appKeyPem.replaceAll('\n', '\\n'),
  'in quotes': `"${appKeyPem.replaceAll('\n', '\\n')}"`,
  'in base64': Buffer.from(appKeyPem).toString('base64'),
};

for (const [title, text] of Object.entries(keyForms)) {
  test(`readConfig() takes the App's key ${title}`, () => {
    assert.match(readConfig(anEnvironment({ PRIVATE_KEY: text })).privateKey.reveal() ?? '', /^-----BEGIN PRIVATE KEY-----\n/);
  });
}

test('readConfig() takes as many replicas as can open a remediation each within their part of the budgets', () => {
  assert.deepEqual([readConfig(anEnvironment({ REPLICAS: '8' })).replicas, readConfig(anEnvironment({ REPLICAS: '9', GITHUB_WRITES_PER_MINUTE: '90' })).replicas], [8, 9]);
  const { points, content, pullRequests } = budgetsFor(80 / 8);
  assert.deepEqual([points.most, content.most, points.burst >= wholeRemediation.points, content.burst >= wholeRemediation.content, pullRequests.burst >= wholeRemediation.pullRequests], [112.5, 10, true, true, true]);
});

test('readConfig() reads the key from the file that PRIVATE_KEY_PATH names', () => {
  const config = readConfig(anEnvironment({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: 'app.pem' }), (path) => (path === 'app.pem' ? appKeyPem : ''));
  assert.match(config.privateKey.reveal() ?? '', /PRIVATE KEY/);
});

test('readConfig() in development mode asks for less and listens on loopback only', () => {
  const config = readConfig(anEnvironment({ PLUMBLINE_MODE: 'development', WEBHOOK_SECRET: '0123456789abcdef', DATABASE_URL: 'postgres://localhost/x' }));
  assert.deepEqual({ host: config.host, publicUrl: config.publicUrl, logKey: config.logKey }, { host: '127.0.0.1', publicUrl: 'http://localhost:3000', logKey: null });
});

test('readConfig() in development mode still refuses the secret that everybody knows', () => {
  assert.equal(complaints({ PLUMBLINE_MODE: 'development', WEBHOOK_SECRET: 'development' }).length, 1);
});

test('a read configuration shows no secret, however it is printed', () => {
  const config = readConfig(anEnvironment({ WEBHOOK_SECRET_PREVIOUS: previousWebhookSecret, DATABASE_URL: 'postgres://user:canary-password@db/x', LOG_KEY: logKeyPem, PUBLIC_URL: 'https://plumbline.example' }));
  const printed = [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), String(config.privateKey), config.webhookSecret.toString()].join('\n');
  for (const canary of [webhookSecret, previousWebhookSecret, 'canary-password', ...appKeyPem.split('\n').slice(1, 3), logKeyPem.split('\n')[1]!]) {
    assert.ok(!printed.includes(canary), canary);
  }
});

test('a refused configuration shows no secret', () => {
  const secrets = { WEBHOOK_SECRET: 'canary-secret', PRIVATE_KEY: 'canary-private-key', DATABASE_URL: 'mysql://user:canary-password@db/x', LOG_KEY: 'canary-log-key', GITHUB_API_URL: 'https://user:canary-login@h' };
  assert.doesNotMatch(complaints(secrets).join('\n'), /canary/);
});
