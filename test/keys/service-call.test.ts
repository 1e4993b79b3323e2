import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { awsKms } from '../../src/keys/aws-kms.ts';
import { connectVault } from '../../src/keys/vault-client.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aKeyServer } from '../fakes/keys/a-key-server.ts';
import { aQuickCall } from './quick-call.ts';

/** What an agent on a bad day, or a hand, puts where a token should stand. */
const tokens = { 'of two lines': 'hvs.canary\nhvs.second', 'with a typographic sign': 'hvs.canary\u2026', 'with a NUL': 'hvs.canary\u0000' };

suite('a service is asked with credentials that no header can carry', () => {
  for (const [what, token] of Object.entries(tokens)) {
    test(`a token of Vault ${what} is refused before anything is asked, and shown to nobody`, async (context) => {
      const server = await aKeyServer(context, () => ({ status: 200, body: { data: {} } }));
      const ask = connectVault({ url: server.url, namespace: null, readToken: () => token, call: aQuickCall() });
      await assert.rejects(ask('transit/keys/x', null, 'read a key'), (thrown) => isFailure('KEY_REFUSED', /^Cannot read a key: .*no header can carry.*Nothing was signed or read/)(thrown) && !inspect(thrown).includes('canary'));
      assert.equal(server.asked.length, 0);
    });

    test(`a session token of AWS ${what} that the container answers is refused, and shown to nobody`, async (context) => {
      const server = await aKeyServer(context, () => ({ status: 200, body: { AccessKeyId: 'AKIA', SecretAccessKey: 'secret', Token: token, Expiration: '2027-11-20T12:00:00Z' } }));
      const vendor = awsKms({ region: 'eu-central-1', url: server.url, credentials: { kind: 'container', url: `${server.url}/role`, readToken: () => null }, now: () => new Date('2026-11-20T12:00:00Z'), call: aQuickCall() });
      await assert.rejects(vendor.readKey('alias/x'), (thrown) => isFailure('KEY_REFUSED', /no header can carry/)(thrown) && !inspect(thrown).includes('canary'));
      assert.deepEqual(server.asked.map(({ path }) => path), ['/role']);
    });
  }
});
