import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { Failure } from '../../src/domain/failure.ts';
import { anEnvironment } from '../builders/server-environment.ts';

const issuer = 'https://login.acme.dev/tenant';
const complete = { API_ISSUER: issuer, PUBLIC_URL: 'https://plumbline.acme.dev' };

function complaints(changes: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(anEnvironment(changes));
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof Failure && thrown.code === 'CONFIG_INVALID');
    return thrown.message.split('\n').slice(1).map((line) => line.trim());
  }
}

const issuerOf = (changes: Readonly<Record<string, string | undefined>>): Config['apiIssuer'] => readConfig(anEnvironment(changes)).apiIssuer;

test('an issuer switches the API on, with claims that can be named otherwise', () => {
  assert.deepEqual(issuerOf(complete), { issuer, audience: 'https://plumbline.acme.dev', claims: { roles: 'roles', accounts: 'accounts', githubUserId: null } });
  const named = { API: 'on', API_AUDIENCE: 'api://plumbline', API_ROLES_CLAIM: 'https://acme.dev/roles', API_ACCOUNTS_CLAIM: 'orgs', API_GITHUB_USER_ID_CLAIM: 'github_id' };
  assert.deepEqual(issuerOf({ ...complete, ...named }), { issuer, audience: 'api://plumbline', claims: { roles: 'https://acme.dev/roles', accounts: 'orgs', githubUserId: 'github_id' } });
});

test('without an issuer, and switched off, the API knows nobody', () => {
  assert.deepEqual([issuerOf({}), issuerOf({ API: 'off' }), issuerOf({ ...complete, API: 'off' })], [null, null, null]);
});

const refused: Readonly<Record<string, readonly [changes: Readonly<Record<string, string>>, begins: readonly string[]]>> = {
  'an API without an issuer': [{ API: 'on', PUBLIC_URL: 'https://plumbline.acme.dev' }, ['API is "on" without API_ISSUER']],
  'an API without anything of one, each by itself': [{ API: 'on' }, ['API is "on" without API_ISSUER', 'API_AUDIENCE is not set']],
  'a part of an issuer alone': [{ API_ROLES_CLAIM: 'roles', API_GITHUB_USER_ID_CLAIM: 'id', PUBLIC_URL: 'https://plumbline.acme.dev' }, ['API_ROLES_CLAIM, API_GITHUB_USER_ID_CLAIM are set without API_ISSUER']],
  'an issuer whose tokens are made for any trial': [{ API_ISSUER: issuer }, ['API_AUDIENCE is not set, and PUBLIC_URL neither']],
  'another word for the switch': [{ API: 'yes' }, ['API is "yes", expected on, off']],
  'an issuer over plain HTTP': [{ ...complete, API_ISSUER: 'http://login.acme.dev' }, ['API_ISSUER is "http://login.acme.dev", expected https']],
  'an issuer over plain HTTP on this machine': [{ ...complete, API_ISSUER: 'http://127.0.0.1:8080' }, ['API_ISSUER is "http://127.0.0.1:8080", expected https']],
  'an issuer on this machine': [{ ...complete, API_ISSUER: 'https://localhost:8080' }, ['API_ISSUER is "https://localhost:8080", an address for trials']],
  'an issuer of an example': [{ ...complete, API_ISSUER: 'https://issuer.example.com' }, ['API_ISSUER is "https://issuer.example.com", an address for trials']],
  'a mock issuer': [{ ...complete, API_ISSUER: 'https://mock-oauth2-server.acme.dev/default' }, ['API_ISSUER is "https://mock-oauth2-server.acme.dev/default", a mock']],
  'a fake one': [{ ...complete, API_ISSUER: 'https://oidc.fake.acme.dev' }, ['API_ISSUER is "https://oidc.fake.acme.dev", a mock']],
  'a mock issuer of workflows': [{ ACTIONS_TOKEN_ISSUER: 'http://127.0.0.1:1' }, ['ACTIONS_TOKEN_ISSUER is "http://127.0.0.1:1", expected https']],
  'what is no name of a claim': [{ ...complete, API_ROLES_CLAIM: 'a b', API_ACCOUNTS_CLAIM: '"', API_GITHUB_USER_ID_CLAIM: 'ü' }, ['API_ROLES_CLAIM is "a b"', 'API_ACCOUNTS_CLAIM is """', 'API_GITHUB_USER_ID_CLAIM is "ü"']],
  'an audience with a blank': [{ ...complete, API_AUDIENCE: 'a b' }, ['API_AUDIENCE is "a b"']],
  'a default password of the database': [{ DATABASE_URL: 'postgres://plumbline:Postgres@db/x', LOG_KEY: '', PUBLIC_URL: 'https://plumbline.acme.dev' }, ['DATABASE_URL has a password that everybody knows', 'LOG_KEY is not set']],
  'too few requests, and too many proxies': [{ API_REQUESTS_PER_MINUTE: '1', API_PROXIES: '6' }, ['API_REQUESTS_PER_MINUTE is "1"', 'API_PROXIES is "6"']],
  'everything at once': [{ API: 'on', API_ISSUER: 'http://mock.test', API_AUDIENCE: ' a b', WEBHOOK_SECRET: 'development', APP_ID: '' }, ['APP_ID is not set', 'WEBHOOK_SECRET is a secret that everybody knows', 'API_ISSUER is "http://mock.test"', 'API_AUDIENCE is "a b"']],
};

for (const [title, [changes, begins]] of Object.entries(refused)) {
  test(`a server in production refuses ${title}`, () => {
    const told = complaints(changes);
    assert.deepEqual(told.map((line, index) => (line.startsWith(begins[index] ?? '-') ? begins[index] : line)), begins);
  });
}

test('in development an issuer of a trial is taken', () => {
  const trial = { PLUMBLINE_MODE: 'development', API_ISSUER: 'http://127.0.0.1:8080', ACTIONS_TOKEN_ISSUER: 'http://127.0.0.1:8081' };
  assert.deepEqual([issuerOf(trial)?.issuer, issuerOf(trial)?.audience], ['http://127.0.0.1:8080', 'http://localhost:3000']);
  assert.deepEqual(complaints({ PLUMBLINE_MODE: 'development', API_ISSUER: 'http://login.acme.dev' }).length, 1);
});
