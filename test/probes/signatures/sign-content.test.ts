import assert from 'node:assert/strict';
import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { test } from 'node:test';
import type { SignatureAnswer } from '../../../src/domain/probe-answer.ts';
import { canonicalBytes } from '../../../src/domain/canonical.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import type { PublicKey } from '../../../src/domain/signature/public-key.ts';
import { readSignature } from '../../../src/domain/signature/read-signature.ts';
import { readSigningKey } from '../../../src/probes/signatures/read-signing-key.ts';
import { signContent } from '../../../src/probes/signatures/sign-content.ts';
import { verifySignature } from '../../../src/probes/signatures/verify-signature.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { encode, headerOf, jwsOf, keyNames, pemOf, privateKeyOf, publicJwk, publicKeyOf } from '../../builders/signing-keys.ts';

const kid = 'local:test-key';
const content: JsonValue = { contractId: 'checkout', kmsKeyRef: kid, spec: { limit: 1, é: '\u20ac' } };

async function answerTo(jws: string, value: JsonValue, keys: readonly PublicKey[]): Promise<SignatureAnswer> {
  const reading = readSignature(jws);
  if (reading.kind === 'malformed') throw new Error(reading.found);
  const answer = await verifySignature({ kind: 'signature', signature: reading.signature, content: value, contentHash: digestOfValue(value), keys });
  if (answer.kind === 'unavailable') throw new Error(answer.why);
  return answer.value;
}

for (const name of keyNames) {
  const key = privateKeyOf(name);
  const known = publicKeyOf(publicJwk(key, kid));

  test(`what signContent() writes with ${name} is verified by node:crypto over the canonical bytes`, async () => {
    const jws = await signContent(content, readSigningKey(pemOf(key), 'key.pem'), kid);
    const [header, payload, signature] = jws.split('.');
    assert.deepEqual([JSON.parse(Buffer.from(header ?? '', 'base64url').toString()), payload], [{ alg: name, kid, typ: 'plumbline-contract+jws' }, '']);
    const input = Buffer.from(`${header}.${encode(canonicalBytes(content))}`);
    const options = { key: createPublicKey(key), dsaEncoding: 'ieee-p1363', ...(name === 'PS256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}) } as const;
    assert.equal(verify(name === 'EdDSA' ? null : name === 'ES384' ? 'sha384' : 'sha256', input, options, Buffer.from(signature ?? '', 'base64url')), true);
  });

  test(`verifySignature() accepts what node:crypto signed with ${name}, and refuses it for another content or key`, async () => {
    const jws = jwsOf(key, content, headerOf(name));
    const stranger = publicKeyOf(publicJwk(privateKeyOf(name, 'them'), kid));
    assert.deepEqual(await answerTo(jws, content, [known]), { kind: 'verified', key: known.digest });
    assert.deepEqual(await answerTo(jws, content, [stranger, known]), { kind: 'verified', key: known.digest });
    assert.deepEqual([await answerTo(jws, { contractId: 'search' }, [known]), await answerTo(jws, content, [stranger]), await answerTo(jws, content, [])].map(({ kind }) => kind), ['refused', 'refused', 'refused']);
  });

  test(`readSigningKey() reads a ${name} key from PEM and from a JWK as the same key`, () => {
    const jwk = { ...JSON.parse(JSON.stringify(key.export({ format: 'jwk' }))), kid, alg: name };
    const [fromPem, fromJwk] = [readSigningKey(pemOf(key), 'a'), readSigningKey(new TextEncoder().encode(JSON.stringify(jwk)), 'b')];
    assert.deepEqual([fromPem.algorithm, fromJwk.algorithm, fromJwk.publicKey.material, fromPem.kid, fromJwk.kid], [name, name, fromPem.publicKey.material, null, kid]);
  });
}

const elliptic = privateKeyOf('ES256').export({ format: 'jwk' });
const refusals: readonly (readonly [what: string, content: string | Buffer])[] = [
  ['nothing', ''],
  ['a text', 'secret-canary'],
  ['a public key in PEM', createPublicKey(privateKeyOf('ES256')).export({ type: 'spki', format: 'pem' })],
  ['a public JWK', JSON.stringify(publicJwk(privateKeyOf('ES256')))],
  ['a key that a passphrase protects', privateKeyOf('ES256').export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret-canary' })],
  ['a broken PEM', '-----BEGIN PRIVATE KEY-----\nsecret-canary\n-----END PRIVATE KEY-----\n'],
  ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['X25519', generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['Ed448', generateKeyPairSync('ed448').privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ['a JWK for another algorithm', JSON.stringify({ ...elliptic, alg: 'ES384' })],
  ['a JWK for encryption', JSON.stringify({ ...elliptic, use: 'enc' })],
  ['a JWK with a member twice', JSON.stringify(elliptic).replace('{', '{"d":"secret-canary",')],
  ['a symmetric JWK', JSON.stringify({ kty: 'oct', k: 'secret-canary' })],
];

for (const [what, bytes] of refusals) {
  test(`readSigningKey() refuses ${what} and quotes nothing of it`, () => {
    assert.throws(() => readSigningKey(Buffer.from(bytes), 'k'), (thrown) => isFailure('USAGE')(thrown) && thrown instanceof Error && !thrown.message.includes('secret-canary'));
  });
}

for (const ref of ['awskms:arn:aws:kms:eu-west-1:1:key/a', 'gcpkms:projects/a', 'vault:transit/a', 'Local:test-key', 'test-key', '']) {
  test(`signContent() refuses to sign as ${JSON.stringify(ref)}, a key that is not kept here`, async () => {
    await assert.rejects(signContent(content, readSigningKey(pemOf(privateKeyOf('EdDSA')), 'k'), ref), isFailure('USAGE', /local:/));
  });
}

test('signContent() refuses a kid that makes the signature longer than the limit', async () => {
  await assert.rejects(signContent(content, readSigningKey(pemOf(privateKeyOf('EdDSA')), 'k'), `local:${'a'.repeat(9_000)}`), isFailure('USAGE', /8192/));
});

// RFC 8037 appendix A.1, A.2 and A.4.
test('the lower layer makes and accepts the Ed25519 signature of RFC 8037', async () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const header = 'eyJhbGciOiJFZERTQSJ9';
  const signature = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
  const payload = Buffer.from('Example of Ed25519 signing').toString('base64url');
  const { FlattenedSign, flattenedVerify } = await import('jose');
  const signed = await new FlattenedSign(Buffer.from(payload, 'base64url')).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
  assert.deepEqual([signed.protected, signed.signature], [header, signature]);
  await flattenedVerify({ protected: header, payload, signature }, createPublicKey(key), { algorithms: ['EdDSA'] });
});

// RFC 7515 appendix A.3.
test('the lower layer accepts the ES256 signature of RFC 7515', async () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' };
  const payload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
  const signature = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
  const { flattenedVerify } = await import('jose');
  await flattenedVerify({ protected: 'eyJhbGciOiJFUzI1NiJ9', payload, signature }, publicKeyJwk(jwk), { algorithms: ['ES256'] });
  await assert.rejects(flattenedVerify({ protected: 'eyJhbGciOiJFUzI1NiJ9', payload: `${payload.slice(0, -1)}A`, signature }, publicKeyJwk(jwk), { algorithms: ['ES256'] }));
});

function publicKeyJwk(jwk: Readonly<Record<string, string>>) {
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
}
