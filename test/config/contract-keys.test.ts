import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractKeysSetting } from '../../src/config/contract-keys.ts';
import { privateKeyOf, publicJwk } from '../builders/signing-keys.ts';

const jwk = publicJwk(privateKeyOf('EdDSA'), 'local:operator');

function read(environment: Readonly<Record<string, string>>, file = '') {
  const setting = contractKeysSetting(environment, () => file);
  return setting.kind === 'good' ? setting.value.map(({ kid }) => kid) : setting.why;
}

test('contractKeysSetting() takes a JWKS as it is or from its file, and none when nothing is set', () => {
  const text = JSON.stringify({ keys: [jwk] });
  assert.deepEqual([read({}), read({ CONTRACT_KEYS: text }), read({ CONTRACT_KEYS_PATH: 'keys.json' }, text)], [[], ['local:operator'], ['local:operator']]);
});

const refused: Readonly<Record<string, readonly [text: string, why: RegExp]>> = {
  'text that is no JSON': ['secret-canary', /^CONTRACT_KEYS holds no JWKS of public keys: line 1: no strict JSON$/],
  'a private key in PEM': ['-----BEGIN PRIVATE KEY-----\nsecret-canary\n', /no strict JSON$/],
  'a private key': [JSON.stringify({ keys: [{ ...jwk, d: 'secret-canary' }] }), /\/keys\/0\/d has the private part `d`, expected public keys only/],
  'a secret': [JSON.stringify({ keys: [{ kty: 'oct', kid: 'a', k: 'secret-canary' }] }), /private part `k`/],
  'one key alone': [JSON.stringify(jwk), /expected an object with a list `keys`/],
};

for (const [what, [text, why]] of Object.entries(refused)) {
  test(`contractKeysSetting() refuses ${what} and quotes nothing of it`, () => {
    const told = String(read({ CONTRACT_KEYS: text }));
    assert.match(told, why);
    assert.doesNotMatch(told, /canary/);
  });
}
