import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { readKeys } from '../../../src/domain/signature/read-keys.ts';
import { keyNames, privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';

const good = keyNames.map((name) => publicJwk(privateKeyOf(name), `local:${name}`, { alg: name, use: 'sig', key_ops: ['verify'], notAfter: '2027-01-31' }));
const [elliptic] = good;
const edwards = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', kid: 'a', x: Buffer.from(x, 'hex').toString('base64url') });
const rsa = publicJwk(privateKeyOf('PS256'));

test('readKeys() reads keys of every kind that can sign, whatever else the file says of them', () => {
  const { keys, problems } = readKeys({ keys: good.map((key) => ({ ...key, x5c: ['AA'], unknown: 1 })) });
  assert.deepEqual([problems, keys.map(({ kid, kind, alg, notAfter }) => [kid, kind, alg, notAfter])], [[], [['local:ES256', 'P-256', 'ES256', '2027-01-31'], ['local:ES384', 'P-384', 'ES384', '2027-01-31'], ['local:EdDSA', 'Ed25519', 'EdDSA', '2027-01-31'], ['local:PS256', 'RSA', 'PS256', '2027-01-31']]]);
});

const refused: readonly (readonly [what: string, file: JsonValue, at: string])[] = [
  ['a list', [], ''],
  ['an object without keys', {}, ''],
  ['keys that are no list', { keys: {} }, ''],
  ['a key that is none', { keys: ['a'] }, '/keys/0'],
  ['a key without an id', { keys: [{ ...elliptic, kid: '' }] }, '/keys/0'],
  ['an id that comes twice', { keys: [elliptic ?? null, elliptic ?? null] }, '/keys/1/kid'],
  ['a private key', { keys: [{ ...elliptic, d: 'AA' }] }, '/keys/0/d'],
  ['a secret', { keys: [{ kty: 'oct', kid: 'a', k: 'AA' }] }, '/keys/0/k'],
  ['a prototype name as type', { keys: [{ ...elliptic, kty: '__proto__' }] }, '/keys/0/kty'],
  ['another curve', { keys: [publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey, 'a')] }, '/keys/0/kty'],
  ['secp256k1', { keys: [publicJwk(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey, 'a')] }, '/keys/0/kty'],
  ['X25519', { keys: [publicJwk(generateKeyPairSync('x25519').privateKey, 'a')] }, '/keys/0/kty'],
  ['a short coordinate', { keys: [{ ...elliptic, x: 'AAAA' }] }, '/keys/0/x'],
  ['a padded coordinate', { keys: [{ ...elliptic, x: `${String(elliptic?.['x'])}=` }] }, '/keys/0/x'],
  ['a point that is not on the curve', { keys: [{ ...elliptic, y: elliptic?.['x'] ?? '' }] }, '/keys/0'],
  ['the Ed25519 point 0', { keys: [edwards('00'.repeat(32))] }, '/keys/0'],
  ['the Ed25519 point 1 with the other sign', { keys: [edwards(`01${'00'.repeat(30)}80`)] }, '/keys/0'],
  ['an Ed25519 point of order 8', { keys: [edwards('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')] }, '/keys/0'],
  ['RSA of 1024 bits', { keys: [publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'a')] }, '/keys/0/n'],
  ['RSA of 1024 bits behind zeros', { keys: [{ ...rsa, n: Buffer.concat([Buffer.alloc(128), Buffer.from(String(publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'a')['n']), 'base64url')]).toString('base64url') }] }, '/keys/0'],
  ['RSA with the exponent 1', { keys: [{ ...rsa, e: 'AQ' }] }, '/keys/0'],
  ['RSA with an even exponent', { keys: [{ ...rsa, e: 'Ag' }] }, '/keys/0'],
  ['an algorithm that is no text', { keys: [{ ...elliptic, alg: 1 }] }, '/keys/0/alg'],
  ['operations that are no list', { keys: [{ ...elliptic, key_ops: 'verify' }] }, '/keys/0/key_ops'],
  ['an end that is no day of the calendar', { keys: [{ ...elliptic, notAfter: '2027-02-30' }] }, '/keys/0/notAfter'],
  ['an end that is a number', { keys: [{ ...elliptic, notAfter: 1_800_000_000 }] }, '/keys/0/notAfter'],
  ['an end without its zone', { keys: [{ ...elliptic, notAfter: '2027-01-31T10:00' }] }, '/keys/0/notAfter'],
];

for (const [what, file, at] of refused) {
  test(`readKeys() refuses ${what} at its place`, () => {
    const { keys, problems } = readKeys(file);
    assert.deepEqual([problems.map(({ pointer }) => pointer), keys.length <= 1], [[at], true]);
  });
}
