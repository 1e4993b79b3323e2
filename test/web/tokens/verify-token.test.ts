import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { exportSPKI, generateKeyPair } from 'jose';
import { createTokenVerifier } from '../../../src/web/tokens/verify-token.ts';
import { anIssuer, atNoon } from './an-issuer.ts';
import type { Issuer, SigningChanges } from './an-issuer.ts';

async function aVerifier(context: TestContext, changes: { readonly mostAge?: number } = {}) {
  const issuer = await anIssuer(context);
  let now = atNoon.getTime();
  const verify = createTokenVerifier({ issuer: issuer.issuer, audience: 'plumbline', mostAge: 3_600, ...changes }, { clock: { now: () => new Date(now) } });
  return {
    issuer,
    verify,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
}

const noon = atNoon.getTime() / 1_000;

test('a token of the issuer for this audience is verified, with its claims', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const verdict = await verify(await issuer.sign({ claims: { roles: ['auditor'] } }));
  assert.deepEqual(verdict, { kind: 'verified', claims: { iss: issuer.issuer, aud: 'plumbline', sub: 'somebody', iat: noon - 10, nbf: noon - 10, exp: noon + 300, roles: ['auditor'] } });
});

const badClaims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'of another issuer': { iss: 'https://issuer.example.com' },
  'of an issuer that begins like ours': { iss: 'http://127.0.0.1' },
  'with issuers in a list': { iss: ['http://127.0.0.1'] },
  'without an issuer': { iss: undefined },
  'of no issuer': { iss: '' },
  'for another audience': { aud: 'somebody-else' },
  'for an audience that begins like ours': { aud: 'plumbline.example.com' },
  'for an audience in other letters': { aud: 'PLUMBLINE' },
  'for no audience': { aud: [] },
  'without an audience': { aud: undefined },
  'for an audience that is a number': { aud: 1 },
  'that expired': { exp: noon - 61 },
  'that expired long ago': { exp: 0 },
  'that never expires': { exp: undefined },
  'that expires at a text': { exp: '2027-01-01' },
  'that expires at null': { exp: null },
  'that expires before it was made': { exp: noon - 3_000, iat: noon - 2_000 },
  'that is good later': { nbf: noon + 61 },
  'that is good from a text on': { nbf: 'now' },
  'that was made later': { iat: noon + 120 },
  'that was made at a text': { iat: 'today' },
  'that does not say when it was made': { iat: undefined },
  'that is older than tokens may be': { iat: noon - 3_700, exp: noon + 86_400 },
  'about nobody': { sub: undefined },
  'about an empty subject': { sub: '' },
  'about a subject that is a number': { sub: 7 },
  'about subjects in a list': { sub: ['somebody'] },
  'about a subject without end': { sub: 'a'.repeat(1_001) },
  'for audiences of which ours is none': { aud: ['somebody-else', 'plumbline.example.com'] },
  'for audiences that are no texts': { aud: ['plumbline', 7] },
  'for an audience in an object': { aud: { plumbline: true } },
  'that expired by the whole tolerance': { exp: noon - 60 },
  'that expires before 1970': { exp: -1 },
  'that expires after all time': { exp: 1e300 },
  'that was made before 1970': { iat: -1 },
  'that is good from before 1970 on': { nbf: -1 },
  'that expires at a list': { exp: [noon + 300] },
  'that expires at true': { exp: true },
};

for (const [title, claims] of Object.entries(badClaims)) {
  test(`a token ${title} is refused`, async (context) => {
    const { issuer, verify } = await aVerifier(context);
    assert.equal((await verify(await issuer.sign({ claims }))).kind, 'refused');
  });
}

const badForms: Readonly<Record<string, (good: string) => string>> = {
  'that is empty': () => '',
  'that is a word': () => 'token',
  'without a signature': (good) => good.slice(0, good.lastIndexOf('.') + 1),
  'of two parts': (good) => good.split('.').slice(0, 2).join('.'),
  'of five parts, which is encrypted': (good) => `${good}.a.b`,
  'with a blank before it': (good) => ` ${good}`,
  'with a line end after it': (good) => `${good}\n`,
  'with its signature padded': (good) => `${good}==`,
  'with another first letter of its signature': (good) => withSignature(good, (signature) => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)),
  'with a signature cut short': (good) => withSignature(good, (signature) => signature.slice(0, -4)),
  'with the signature of nothing': (good) => withSignature(good, () => 'AA'),
  'with zeros for a signature': (good) => withSignature(good, () => Buffer.alloc(64).toString('base64url')),
  'with other claims under its signature': (good) => withPart(good, 1, { ...partOf(good, 1), sub: 'admin' }),
  'with another header under its signature': (good) => withPart(good, 0, { ...partOf(good, 0), cty: 'x' }),
  'that says that it is not signed': (good) => withPart(good, 0, { alg: 'none' }),
  'that says so in other letters': (good) => withPart(good, 0, { alg: 'NoNe', kid: 'key-0' }),
  'that names no algorithm': (good) => withPart(good, 0, { kid: 'key-0' }),
  'with a header that is a list': (good) => withPart(good, 0, []),
  'with a header that is no JSON': (good) => good.replace(/^[^.]+/, 'bm90IGpzb24'),
  'longer than any': (good) => withPart(good, 1, { ...partOf(good, 1), sub: 'a'.repeat(20_000) }),
  'with a header that has to be understood and is not': (good) => withPart(good, 0, { ...partOf(good, 0), crit: ['exp'], exp: 1 }),
};

for (const [title, change] of Object.entries(badForms)) {
  test(`a token ${title} is refused`, async (context) => {
    const { issuer, verify } = await aVerifier(context);
    assert.equal((await verify(change(await issuer.sign()))).kind, 'refused');
  });
}

test('a token for several audiences is good where ours is among them', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  assert.equal((await verify(await issuer.sign({ claims: { aud: ['somebody-else', 'plumbline'] } }))).kind, 'verified');
});

test('clocks may differ by a minute, and not by more', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const kinds = async (claims: readonly Readonly<Record<string, unknown>>[]) => Promise.all(claims.map(async (one) => (await verify(await issuer.sign({ claims: one }))).kind));
  assert.deepEqual(await kinds([{ exp: noon - 59 }, { nbf: noon + 60 }, { iat: noon + 60 }]), ['verified', 'verified', 'verified']);
  assert.deepEqual(await kinds([{ exp: noon - 61 }, { nbf: noon + 61 }, { iat: noon + 61 }]), ['refused', 'refused', 'refused']);
});

const good = (issuer: Issuer) => ({ iss: issuer.issuer, aud: 'plumbline', sub: 'somebody', iat: noon - 10, exp: noon + 300 });
const goodHeader = { alg: 'ES256', kid: 'key-0', typ: 'JWT' };

/** Signed with the key of the issuer itself. */
const badTexts: Readonly<Record<string, (issuer: Issuer) => { readonly header?: string; readonly claims?: string }>> = {
  'that names its subject twice': (issuer) => ({ claims: JSON.stringify(good(issuer)).replace(/}$/, ',"sub":"admin"}') }),
  'that names its audience twice': (issuer) => ({ claims: `{"aud":"somebody-else",${JSON.stringify(good(issuer)).slice(1)}` }),
  'that names a claim twice, once with an escape': (issuer) => ({ claims: JSON.stringify(good(issuer)).replace(/}$/, String.raw`,"su\u0062":"admin"}`) }),
  'that names its algorithm twice': () => ({ header: '{"alg":"none","kid":"key-0","alg":"ES256"}' }),
  'with more after its claims': (issuer) => ({ claims: `${JSON.stringify(good(issuer))}{}` }),
  'whose claims are a list': (issuer) => ({ claims: JSON.stringify([good(issuer)]) }),
  'whose claims are null': () => ({ claims: 'null' }),
  'whose claims are nested without end': (issuer) => ({ claims: JSON.stringify({ ...good(issuer), deep: 0 }).replace('"deep":0', `"deep":${'['.repeat(2_000)}${']'.repeat(2_000)}`) }),
  'whose claims have a byte order mark': (issuer) => ({ claims: `\ufeff${JSON.stringify(good(issuer))}` }),
  'that never expires by a number without end': (issuer) => ({ claims: JSON.stringify(good(issuer)).replace(/"exp":\d+/, '"exp":1e999') }),
  'that brings a key': () => ({ header: JSON.stringify({ ...goodHeader, jwk: { kty: 'EC' } }) }),
  'that says where its keys are': (issuer) => ({ header: JSON.stringify({ ...goodHeader, jku: `${issuer.issuer}/mine` }) }),
  'that says where its certificate is': (issuer) => ({ header: JSON.stringify({ ...goodHeader, x5u: `${issuer.issuer}/mine` }) }),
  'that brings a certificate': () => ({ header: JSON.stringify({ ...goodHeader, x5c: ['AA'] }) }),
  'that has to be understood': () => ({ header: JSON.stringify({ ...goodHeader, crit: ['x'], x: 1 }) }),
  'that has nothing to be understood': () => ({ header: JSON.stringify({ ...goodHeader, crit: [] }) }),
  'whose claims are not encoded': () => ({ header: JSON.stringify({ ...goodHeader, b64: false, crit: ['b64'] }) }),
  'that is packed': () => ({ header: JSON.stringify({ ...goodHeader, zip: 'DEF' }) }),
  'of a type that is a list': () => ({ header: JSON.stringify({ ...goodHeader, typ: ['JWT'] }) }),
  'of a type that proves possession': () => ({ header: JSON.stringify({ ...goodHeader, typ: 'dpop+jwt' }) }),
  'of a type that tells of events': () => ({ header: JSON.stringify({ ...goodHeader, typ: 'secevent+jwt' }) }),
  'of an empty type': () => ({ header: JSON.stringify({ ...goodHeader, typ: '' }) }),
  'whose key is named by a list': () => ({ header: JSON.stringify({ ...goodHeader, kid: ['key-0'] }) }),
  'whose key is named by a number': () => ({ header: JSON.stringify({ ...goodHeader, kid: 0 }) }),
  'whose key is named without end': () => ({ header: JSON.stringify({ ...goodHeader, kid: 'k'.repeat(301) }) }),
  'whose key is named by a path': () => ({ header: JSON.stringify({ ...goodHeader, kid: '../../../../dev/null' }) }),
  'whose key is named by a statement': () => ({ header: JSON.stringify({ ...goodHeader, kid: "key-0' union select 'x" }) }),
  'whose key is named by an address': (issuer) => ({ header: JSON.stringify({ ...goodHeader, kid: `${issuer.issuer}/mine` }) }),
  'whose key is named by what every object has': () => ({ header: JSON.stringify({ ...goodHeader, kid: '__proto__' }) }),
  'of another algorithm of the same key': () => ({ header: JSON.stringify({ ...goodHeader, alg: 'ES384' }) }),
};

for (const [title, texts] of Object.entries(badTexts)) {
  test(`attack: a token with a good signature ${title} is refused`, async (context) => {
    const { issuer, verify } = await aVerifier(context);
    assert.equal((await verify(await issuer.signTexts({}))).kind, 'verified');
    assert.equal((await verify(await issuer.signTexts(texts(issuer)))).kind, 'refused');
    assert.ok(!issuer.asked.includes('/mine'));
  });
}

test('attack: a token whose signature is spelt otherwise, with the bits that are left over, is refused', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const token = await issuer.sign();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = token.slice(0, -1) + alphabet.charAt(alphabet.indexOf(token.slice(-1)) ^ 1);
  assert.deepEqual([(await verify(token)).kind, (await verify(other)).kind], ['verified', 'refused']);
});

test('attack: a spelling of the same token with other spare bits is refused', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const token = await issuer.signTexts({ header: '{"alg":"ES256","kid":"key-0"  }' });
  const [header = ''] = token.split('.');
  const spellings = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', (last) => header.slice(0, -1) + last);
  const same = spellings.filter((one) => one !== header && Buffer.from(one, 'base64url').equals(Buffer.from(header, 'base64url')));
  assert.ok(same.length > 0);
  for (const one of same) assert.equal((await verify(token.replace(/^[^.]+/, one))).kind, 'refused');
});

const badSignings: Readonly<Record<string, (issuer: Issuer) => Promise<SigningChanges>>> = {
  'of a key that the issuer does not have, under the name of one that it has': async () => ({ key: (await generateKeyPair('ES256')).privateKey }),
  'of a key that the issuer does not have, under its own name': async () => ({ key: (await generateKeyPair('ES256')).privateKey, header: { kid: 'mine' } }),
  'that brings its own key': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return { key: privateKey, header: { kid: 'mine', jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } } };
  },
  'that says where its key is': async (issuer) => ({ key: (await generateKeyPair('ES256')).privateKey, header: { kid: 'mine', jku: `${issuer.issuer}/mine` } }),
  'of another algorithm under the name of a key': async () => ({ key: (await generateKeyPair('RS256')).privateKey, header: { alg: 'RS256' } }),
  'of a shared secret': async () => ({ key: Buffer.alloc(32, 1), header: { alg: 'HS256' } }),
  'of another type': async () => ({ header: { typ: 'logout+jwt' } }),
};

for (const [title, changes] of Object.entries(badSignings)) {
  test(`a token ${title} is refused`, async (context) => {
    const { issuer, verify } = await aVerifier(context);
    assert.equal((await verify(await issuer.sign(await changes(issuer)))).kind, 'refused');
    assert.ok(!issuer.asked.includes('/mine'));
  });
}

test('attack: a token signed with the public key of the issuer as a shared secret is refused', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  const [, claims = ''] = (await issuer.sign()).split('.');
  const signed = `${encoded({ alg: 'HS256', kid: 'key-0', typ: 'JWT' })}.${claims}`;
  assert.deepEqual(await verify(`${signed}.${createHmac('sha256', await exportSPKI(publicKey)).update(signed).digest('base64url')}`), { kind: 'refused', why: 'it is signed in a way that is not accepted' });
});

test('a refusal holds nothing of the token', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const verdict = await verify(await issuer.sign({ claims: { iss: 'https://canary.example.com', sub: 'canary' } }));
  assert.deepEqual(verdict, { kind: 'refused', why: 'its claim iss is not what is expected' });
});

test('the keys of an issuer are asked for once, however many tokens come', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  const token = await issuer.sign();
  const verdicts = await Promise.all(Array.from({ length: 50 }, () => verify(token)));
  assert.deepEqual([new Set(verdicts.map(({ kind }) => kind)), issuer.asked], [new Set(['verified']), ['/.well-known/openid-configuration', '/keys']]);
});

test('a clock that was ahead and is set back keeps no key in force for longer, and no new one out', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  const day = 86_400;
  const before = await issuer.sign();
  pass(day);
  assert.equal((await verify(await issuer.sign({ claims: { iat: noon + day, nbf: noon + day, exp: noon + day + 300 } }))).kind, 'verified');
  await issuer.rotate();
  pass(-day);
  assert.deepEqual([(await verify(await issuer.sign())).kind, (await verify(before)).kind], ['verified', 'refused']);
});

test('keys are used while the issuer is away, also where a clock went back a little', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  assert.equal((await verify(await issuer.sign())).kind, 'verified');
  issuer.answers = () => ({ status: 500, body: '' });
  pass(-5);
  assert.equal((await verify(await issuer.sign())).kind, 'verified');
});

test('attack: a hundred tokens of an unknown key at once make the issuer be asked once', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  await verify(await issuer.sign());
  pass(31);
  const before = issuer.asked.length;
  const unknown = await issuer.sign({ header: { kid: 'mine' } });
  const verdicts = await Promise.all(Array.from({ length: 100 }, () => verify(unknown)));
  assert.deepEqual([new Set(verdicts.map(({ kind }) => kind)), issuer.asked.slice(before)], [new Set(['refused']), ['/.well-known/openid-configuration', '/keys']]);
});

test('a hundred tokens of a new key at once are all good, by one question', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  await verify(await issuer.sign());
  pass(31);
  await issuer.rotate();
  const before = issuer.asked.length;
  const token = await issuer.sign();
  const verdicts = await Promise.all(Array.from({ length: 100 }, async (_, index) => (index % 2 === 0 ? verify(token) : new Promise<void>((resolve) => void setImmediate(resolve)).then(() => verify(token)))));
  assert.deepEqual([new Set(verdicts.map(({ kind }) => kind)), issuer.asked.length - before], [new Set(['verified']), 2]);
});

test('a key that its issuer took back is refused once the keys are read anew', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  const token = await issuer.sign({ claims: { exp: noon + 3_000 } });
  await verify(token);
  await issuer.rotate();
  pass(9 * 60);
  assert.equal((await verify(token)).kind, 'verified');
  pass(61);
  assert.equal((await verify(token)).kind, 'refused');
});

test('a key that is not known is asked for, after a rotation', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  await verify(await issuer.sign());
  await issuer.rotate();
  pass(31);
  assert.equal((await verify(await issuer.sign())).kind, 'verified');
});

test('attack: tokens of unknown keys make the issuer be asked once in a while, not once each', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  const unknown = await issuer.sign({ header: { kid: 'mine' } });
  await verify(unknown);
  pass(31);
  for (let count = 0; count < 20; count += 1) await verify(unknown);
  assert.equal(issuer.asked.length, 4);
});

test('keys are used while their issuer does not answer, but not for ever', async (context) => {
  const { issuer, verify, pass } = await aVerifier(context);
  await verify(await issuer.sign());
  issuer.answers = () => ({ status: 503, body: '' });
  pass(11 * 60);
  const later = (seconds: number) => issuer.sign({ claims: { iat: noon + seconds, exp: noon + seconds + 300, nbf: undefined } });
  assert.equal((await verify(await later(11 * 60))).kind, 'verified');
  pass(12 * 3_600);
  assert.equal((await verify(await later(12 * 3_600 + 11 * 60))).kind, 'unavailable');
});

test('an issuer that never answered makes tokens unavailable, and is left in peace for a while', async (context) => {
  const { issuer, verify } = await aVerifier(context);
  issuer.answers = () => ({ status: 500, body: '' });
  const token = await issuer.sign();
  assert.deepEqual([await verify(token), await verify(token)].map(({ kind }) => kind), ['unavailable', 'unavailable']);
  assert.equal(issuer.asked.length, 1);
});

const badAnswers: Readonly<Record<string, (issuer: Issuer) => NonNullable<Issuer['answers']>>> = {
  'names another issuer in its discovery document': () => document('/.well-known/openid-configuration', { issuer: 'https://issuer.example.com', jwks_uri: 'https://issuer.example.com/keys' }),
  'keeps its keys without https elsewhere': (issuer) => document('/.well-known/openid-configuration', { issuer: issuer.issuer, jwks_uri: 'http://127.0.0.1:1/keys' }),
  'names no keys': (issuer) => document('/.well-known/openid-configuration', { issuer: issuer.issuer }),
  'has no keys': () => document('/keys', { keys: [] }),
  'has shared secrets for keys': () => document('/keys', { keys: [{ kty: 'oct', k: 'AAAA', kid: 'key-0', alg: 'HS256' }] }),
  'answers a list': () => document('/keys', []),
  'answers too much': () => () => ({ status: 200, body: `{"keys":[],"a":"${'a'.repeat(300_000)}"}` }),
  'answers no JSON': () => () => ({ status: 200, body: '<html>' }),
  'redirects': () => () => ({ status: 302, body: '' }),
};

for (const [title, answers] of Object.entries(badAnswers)) {
  test(`an issuer that ${title} makes tokens unavailable, never good`, async (context) => {
    const { issuer, verify } = await aVerifier(context);
    issuer.answers = answers(issuer);
    assert.equal((await verify(await issuer.sign())).kind, 'unavailable');
  });
}

function document(at: string, value: unknown): NonNullable<Issuer['answers']> {
  return (path) => (path === at ? { status: 200, body: JSON.stringify(value) } : null);
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function partOf(token: string, index: number): Readonly<Record<string, unknown>> {
  const part: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());
  return part;
}

function withPart(token: string, index: number, value: unknown): string {
  return token.split('.').with(index, encoded(value)).join('.');
}

function withSignature(token: string, change: (signature: string) => string): string {
  return token.split('.').with(2, change(token.split('.')[2] ?? '')).join('.');
}
