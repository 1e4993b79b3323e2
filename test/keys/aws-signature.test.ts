import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signAwsRequest } from '../../src/keys/aws-signature.ts';
import { crc32c } from '../../src/keys/crc32c.ts';

const access = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: null };
const request = { url: 'https://example.amazonaws.com/', headers: {}, body: '', region: 'us-east-1', service: 'service' };
const now = new Date('2015-08-30T12:36:00Z');

/** Cases of the suite that AWS publishes for Signature Version 4. */
const suite: Readonly<Record<string, readonly [Partial<typeof request>, string]>> = {
  'post-header-key-sort': [{ headers: { 'my-header1': 'value1' } }, 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c'],
  'post-header-value-case': [{ headers: { 'my-header1': 'VALUE1' } }, 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d'],
  'post-x-www-form-urlencoded': [{ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' }, 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a'],
};
for (const [name, [changes, signature]] of Object.entries(suite)) {
  test(`signAwsRequest() signs ${name} as the suite of AWS says`, () => {
    const headers = signAwsRequest({ ...request, ...changes }, access, now);
    assert.equal(headers['authorization']?.slice(-64), signature);
  });
}

test('signAwsRequest() signs the session token of temporary credentials', () => {
  const headers = signAwsRequest(request, { ...access, sessionToken: 'a session' }, now);
  assert.equal(headers['x-amz-security-token'], 'a session');
  assert.match(headers['authorization'] ?? '', /SignedHeaders=host;x-amz-date;x-amz-security-token,/);
});

test('crc32c() is the checksum of RFC 3720', () => {
  const of = (bytes: Uint8Array): string => crc32c(bytes).toString(16);
  assert.deepEqual([of(new Uint8Array(32)), of(new Uint8Array(32).fill(0xff)), of(Uint8Array.from({ length: 32 }, (_, index) => index)), of(Buffer.from('123456789'))], ['8a9136aa', '62a8ab43', '46dd794e', 'e3069283']);
});
