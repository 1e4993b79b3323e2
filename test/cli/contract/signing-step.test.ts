import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signingStep } from '../../../src/cli/contract/signing-step.ts';
import { privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';

const file = { file: 'a.yaml', words: 'a.yaml --repo ..', absolute: '/a.yaml', path: 'a.yaml' };
const sign = 'plumbline contract sign a.yaml --repo .. --key <private key file>';
const keysNamed = (...kids: readonly string[]) => kids.map((kid) => publicKeyOf(publicJwk(privateKeyOf('EdDSA'), kid)));

for (const [what, reference, kids, step] of [
  ['that names its key', 'local:a', ['local:b'], `Next: ${sign}`],
  ['that names no key, where the base has one', null, ['local:it\'s'], `Next: ${sign} --kid 'local:it'\\''s'`],
  ['that names no key, where the base has several', null, ['local:a', 'local:b'], `It names no key: set kmsKeyRef to "local:a" or "local:b". Next: ${sign}`],
  ['that names no key, where the base has none', null, [], `It names no key and the base has none. Next: plumbline contract key local:contracts --private <private key file>, merge the key file, then: ${sign} --kid local:contracts`],
  ['whose key a service keeps', 'vault:a', [], 'Next: sign it with the key service that keeps "vault:a", and put the detached JWS into `signature`.'],
  ['that names no key, where a service keeps the only one', null, ['vault:a'], 'Next: set kmsKeyRef to "vault:a", sign it with the key service that keeps it, and put the detached JWS into `signature`.'],
] as const) {
  test(`signingStep() says what is left to do for a contract ${what}`, () => {
    assert.equal(signingStep(file, reference, keysNamed(...kids)), step);
  });
}
