import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeyService } from '../../src/keys/key-service.ts';
import { localKeys } from '../../src/keys/local-keys.ts';
import { isFailure } from '../builders/is-failure.ts';
import { appKeyPem } from '../builders/server-keys.ts';
import { aPemKey, keyServiceSuite } from '../ports/keys/key-service-suite.ts';

const [es256, other, ed25519] = [aPemKey('ES256'), aPemKey('ES256'), aPemKey('Ed25519')];

keyServiceSuite('local keys as a KeyService', async () => ({
  service: createKeyService(localKeys({ signing: es256.pem, other: other.pem, log: ed25519.pem })),
  es256: { keyRef: 'signing', spki: es256.spki },
  other: { keyRef: 'other', spki: other.spki },
  ed25519: { keyRef: 'log', spki: ed25519.spki },
  absent: 'absent',
}));

for (const [what, pem] of Object.entries({ 'a key of another kind': appKeyPem, 'no key': 'canary', 'half a key': es256.pem.slice(0, 100) })) {
  test(`localKeys() refuses ${what}, without quoting it`, () => {
    assert.throws(() => localKeys({ signing: pem }), (thrown) => isFailure('CONFIG_INVALID')(thrown) && !String(thrown).includes('canary') && !String(thrown).includes(es256.pem.slice(40, 60)));
  });
}

test('createKeyService() gives out no signature of a keeper that lies', async () => {
  const keeper = localKeys({ signing: es256.pem, other: other.pem });
  const service = createKeyService({ ...keeper, sign: async (request) => ({ ...(await keeper.sign({ ...request, keyRef: 'other' })), version: 'signing' }) });
  await assert.rejects(service.sign(Buffer.of(1), 'signing'), isFailure('KEY_REFUSED', /its ES256 signature\. Nothing was signed/));
});
