import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signingStep } from '../../../src/gates/contract/signing-step.ts';
import { privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';

const sign = 'plumbline contract sign a.yaml --key <private key file>';
const now = Date.parse('2026-11-20T12:00:00Z');
const broken = { what: 'b.json', why: 'it has no keys' };

function known(kids: readonly string[], more: { readonly unusable?: readonly (typeof broken)[]; readonly unavailable?: readonly (typeof broken)[]; readonly notAfter?: string } = {}) {
  const { notAfter, unusable = [], unavailable = [] } = more;
  return { keys: kids.map((kid) => publicKeyOf(publicJwk(privateKeyOf('EdDSA'), kid, notAfter === undefined ? {} : { notAfter }))), unusable, unavailable };
}

for (const [what, reference, keys, step] of [
  ['that names its key', 'local:a', known(['local:b']), `Run \`${sign}\`.`],
  ['that names no key, where there is one', null, known(["local:it's"]), `Run \`${sign} --kid 'local:it'\\''s'\`.`],
  ['that names no key, where there are several', '', known(['local:a', 'local:b']), `It names no key. Set kmsKeyRef to "local:a" or "local:b", then run \`${sign}\`.`],
  ['that names no key, where there are many', 7, known(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `local:${name}`)), `It names no key. Set kmsKeyRef to "local:a" or "local:b" or "local:c" or "local:d" or "local:e", or another key, then run \`${sign}\`.`],
  ['that names no key, where there is none', null, known([]), `It names no key, and none is known. Run \`plumbline contract key local:contracts --private <private key file>\`, merge the key file, then run \`${sign} --kid local:contracts\`.`],
  ['that names no key, where the only one has ended', null, known(['local:a'], { notAfter: '2026-11-20' }), `It names no key, and none is known. Run \`plumbline contract key local:contracts --private <private key file>\`, merge the key file, then run \`${sign} --kid local:contracts\`.`],
  ['whose key a service keeps', 'vault:a', known([]), 'Sign with the key service that keeps "vault:a", and put the detached JWS into `signature`.'],
  ['that names no key, where a service keeps the only one', null, known(['vault:a']), 'Set kmsKeyRef to "vault:a", then sign with the key service that keeps "vault:a", and put the detached JWS into `signature`.'],
] as const) {
  test(`signingStep() says what is left to do for a contract ${what}`, () => {
    assert.equal(signingStep('a.yaml', reference, keys, now), step);
  });
}

for (const lost of ['unusable', 'unavailable'] as const) {
  test(`signingStep() never says that there is no key, or only one, where a key file is ${lost}`, () => {
    const why = 'It names no key. Not all keys are known (b.json: it has no keys). Set kmsKeyRef to';
    assert.equal(signingStep('a.yaml', null, known([], { [lost]: [broken] }), now), `${why} the key that signs it, then run \`${sign}\`.`);
    assert.equal(signingStep('a.yaml', null, known(['local:a'], { [lost]: [broken] }), now), `${why} "local:a", or another key, then run \`${sign}\`.`);
  });
}
