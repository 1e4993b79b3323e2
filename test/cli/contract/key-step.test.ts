import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyStep } from '../../../src/cli/contract/key-step.ts';
import { privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';

const named = (kid: string, owner = 'us', notAfter = '2040-01-01') => publicKeyOf(publicJwk(privateKeyOf('EdDSA', owner), kid, { notAfter }));
const ours = named('local:a');
const now = new Date('2026-01-01T00:00:00Z');
const { kty, crv, x } = ours.material;

for (const [what, atBase, inWork, step] of [
  ['nothing of a key that the base has', [named('local:b'), ours], [], null],
  ['nothing of a key that the base has again with a later end', [named('local:a', 'us', '2020-01-01'), ours], [], null],
  ['to merge the key file of the working tree', [named('local:b')], [ours], 'It is signed with "local:a", which is no key of main. Next, unless the operator has that key: commit the key file that has it alone and merge it first.'],
  ['what to add to a key file where none has the key', [named('local:b', 'us')], [named('local:a', 'them')], `It is signed with "local:a", which is no key of main. Next, unless the operator has that key: add ${JSON.stringify({ kty, crv, x, kid: 'local:a' })} to \`keys\` of a key file, and merge that alone first.`],
  ['to take the key that the base has by that name', [named('local:a', 'them')], [ours], 'It is signed with another key than the one that main has as "local:a". Next: sign it with that one, or give this one a kmsKeyRef of its own.'],
  ['to take a newer key than one whose end has come', [named('local:a', 'us', '2025-12-31')], [ours], 'It is signed with "local:a", which is good for no new release any more. Next: set kmsKeyRef to a newer key, and sign it again.'],
] as const) {
  test(`keyStep() says ${what}`, () => {
    assert.equal(keyStep('local:a', ours, { branch: 'main', atBase, inWork, now }), step);
  });
}
