import assert from 'node:assert/strict';
import { createHmac, createPublicKey, sign } from 'node:crypto';
import { test } from 'node:test';
import { canonicalBytes } from '../../../src/domain/canonical.ts';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { aContract, releaseOf } from '../../builders/a-contract.ts';
import type { ContractInput } from '../../builders/a-contract.ts';
import { aContractSet, plainFields } from '../../builders/a-configuration.ts';
import { bytesOf } from '../../builders/content.ts';
import { encode, headerOf, jwsOf, keyNames, privateKeyOf, publicJwk, publicKeyOf, rawSignature } from '../../builders/signing-keys.ts';
import { told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';
import { judgeSigned } from './a-signed-change.ts';

const path = 'contracts/checkout.yaml';
const keysPath = '.plumbline/keys.jwks.json';
const kid = 'local:test-key';
const required = aContractSet({ signatures: 'required' });

const ec = privateKeyOf('ES256');
const good = jwsOf(ec, contentOf(), headerOf('ES256'));
const [goodHeader = '', , goodSignature = ''] = good.split('.');
const goodBytes = Buffer.from(goodSignature, 'base64url');

/** What is signed: the contract without signature and state. */
function contentOf(input: ContractInput = {}, ref: string | null = kid): JsonObject {
  return { contractId: input.id ?? 'checkout', contractVersion: input.version ?? '1.0.0', previousContractRef: input.previous ?? null, spec: input.spec ?? { limit: 1 }, ...(ref === null ? {} : { kmsKeyRef: ref }) };
}

function signedText(signature: unknown, input: ContractInput = {}, ref: string | null = kid): string {
  const more: Record<string, unknown> = { ...(ref === null ? {} : { kmsKeyRef: ref }), ...(signature === null ? {} : { signature }) };
  return aContract({ ...input, more: JSON.parse(JSON.stringify(more)) });
}

function jwks(...keys: readonly JsonObject[]): string {
  return JSON.stringify({ keys });
}

const keyFile = jwks(publicJwk(ec, kid));

interface Signed extends Partial<ChangeInput> {
  /** Of the contract in R. */
  readonly text: string;
  readonly base?: string;
  /** Left out: one key file with `local:test-key`. */
  readonly keys?: string | null;
  readonly headKeys?: string;
}

function change({ text, base, keys = keyFile, headKeys, ...more }: Signed): ChangeInput {
  return {
    files: { [path]: { ...(base === undefined ? {} : { base }), head: text }, [keysPath]: { base: keys, ...(headKeys === undefined ? {} : { head: headKeys }), roles: ['own'] } },
    ...more,
    configured: { contracts: [required], keys: ['.plumbline/*.json'], ...more.configured },
  };
}

async function judge(signed: Signed): Promise<Verdict> {
  return await judgeSigned(change(signed));
}

const line = { signature: `${path}:7`, none: `${path}:1` } as const;

// ---------------------------------------------------------------- what is accepted

for (const name of keyNames) {
  test(`the contract gate passes a release that is signed with ${name}`, async () => {
    const key = privateKeyOf(name);
    assert.deepEqual(told(await judge({ text: signedText(jwsOf(key, contentOf(), headerOf(name))), keys: jwks(publicJwk(key, kid)) })), []);
  });
}

test('the contract gate passes a signature whatever the order of keys, comments and quotes in the file', async () => {
  const [first = '', ...rest] = signedText(good).trim().split('\n');
  assert.deepEqual(told(await judge({ text: `# signed\n${rest.toReversed().join('\n')}\n${first}  # why\n` })), []);
});

test('the contract gate passes a signature by a key of the operator', async () => {
  assert.deepEqual(told(await judge({ text: signedText(good), keys: jwks(), world: { contents: [signedText(good), jwks()], operatorKeys: [publicKeyOf(publicJwk(ec, kid))] } })), []);
});

test('the contract gate passes with either of two keys while they are rotated', async () => {
  const [older, newer] = [privateKeyOf('ES256', 'old'), privateKeyOf('ES384', 'new')];
  const keys = jwks(publicJwk(older, 'local:old', { notAfter: '2026-12-31' }), publicJwk(newer, 'local:new'));
  for (const [key, ref, alg] of [[older, 'local:old', 'ES256'], [newer, 'local:new', 'ES384']] as const) {
    assert.deepEqual(told(await judge({ keys, text: signedText(jwsOf(key, contentOf({}, ref), headerOf(alg, { kid: ref })), {}, ref) })), []);
  }
});

test('the contract gate passes a release from a signed draft: hash and signature stay', async () => {
  assert.deepEqual(told(await judge({ base: signedText(good, { lifecycle: 'draft' }), text: signedText(good) })), [`notice contract/state_changed ${path}:4`]);
});

test('the contract gate asks no signature of a draft, nor where none is required', async () => {
  assert.deepEqual(told(await judge({ text: signedText(null, { lifecycle: 'draft' }) })), []);
  assert.deepEqual(told(await judge({ text: signedText('x', { lifecycle: 'draft' }) })), []);
  assert.deepEqual(told(await judge({ text: signedText(null), configured: { contracts: [aContractSet()] } })), []);
});

for (const [what, state] of [['halt', { flags: { halted: true } }], ['deprecation', { lifecycle: 'deprecated' }]] as const) {
  test(`the contract gate passes the ${what} of a contract although the key that signed it is gone or has ended`, async () => {
    for (const keys of [null, jwks(), jwks(publicJwk(ec, kid, { notAfter: '2026-01-01' }))]) {
      assert.equal((await judge({ keys, base: signedText(good), text: signedText(good, state) })).verdict, 'pass');
    }
  });
}

test('the contract gate judges no signature of what was adopted, moved or restored', async () => {
  const unsigned = signedText(null);
  assert.equal((await judge({ base: unsigned, text: signedText(null, { lifecycle: 'deprecated' }) })).verdict, 'pass');
  assert.equal((await judgeSigned({ ...change({ base: unsigned, text: unsigned }), files: { [path]: { base: unsigned, head: null }, 'contracts/moved.yaml': { head: unsigned } } })).verdict, 'pass');
  assert.equal((await judge({ base: signedText(null, { spec: 2 }), text: unsigned, released: [[path, unsigned]] })).verdict, 'pass');
});

test('attack: what got to the base past the checks comes back with a good signature or not at all', async () => {
  const past = (text: string) => ({ contents: [text, signedText(null, { spec: 2 }), jwks(publicJwk(ec, kid))], releases: [{ ...releaseOf(text, path), decisionId: null }] });
  const backWith = async (text: string) => told(await judge({ base: signedText(null, { spec: 2 }), text, world: past(text) }));
  assert.deepEqual(await backWith(signedText(null)), [`deny contract/signature_missing ${line.none}`]);
  assert.deepEqual(await backWith(signedText(`${goodHeader}..AAAA`)), [`deny contract/signature_invalid ${line.signature}`]);
  assert.deepEqual(await backWith(signedText(good)), []);
});

test('the contract gate passes when a key that ended signs a recorded release anew, and denies a new release with it', async () => {
  const keys = jwks(publicJwk(ec, kid, { notAfter: '2026-11-20T12:00:00Z' }));
  const again = jwsOf(ec, contentOf(), headerOf('ES256'));
  assert.deepEqual(told(await judge({ keys, base: signedText(good), text: signedText(again) })).filter((one) => one.startsWith('deny')), []);
  assert.deepEqual(told(await judge({ keys, text: signedText(good) })), [`deny contract/key_mismatch ${line.signature}`]);
  assert.deepEqual(told(await judge({ keys: jwks(publicJwk(ec, kid, { notAfter: '2026-11-20T12:00:01Z' })), text: signedText(good) })), []);
});

test('the contract gate lets the longer-lived entry of one key count', async () => {
  const keys = jwks(publicJwk(ec, kid, { notAfter: '2026-01-01' }));
  assert.deepEqual(told(await judge({ keys, text: signedText(good), world: { contents: [signedText(good), keys], operatorKeys: [publicKeyOf(publicJwk(ec, kid))] } })), []);
});

test('the contract gate reads signature and kmsKeyRef where the configuration says', async () => {
  const content = { ...contentOf({}, null), meta: { key: kid } };
  const fields = { ...plainFields, signature: { kind: 'pointer', pointer: '/meta/sig' }, kmsKeyRef: { kind: 'pointer', pointer: '/meta/key' } } as const;
  const text = aContract({ more: { meta: { key: kid, sig: jwsOf(ec, content, headerOf('ES256')) } } });
  assert.deepEqual(told(await judge({ text, configured: { contracts: [aContractSet({ signatures: 'required', fields })] } })), []);
});

// ---------------------------------------------------------------- what is missing or unknown

test('the contract gate denies an unsigned release where any matching set requires signatures', async () => {
  for (const contracts of [[required], [aContractSet(), required], [required, aContractSet()]]) {
    assert.deepEqual(told(await judge({ text: signedText(null), configured: { contracts } })), [`deny contract/signature_missing ${line.none}`]);
  }
  assert.deepEqual(told(await judge({ text: aContract({ more: { kmsKeyRef: kid, signature: null } }) })), [`deny contract/signature_missing ${line.signature}`]);
});

test('the finding about a missing signature names the command that mends it', async () => {
  const { findings } = await judge({ text: signedText(null) });
  assert.equal(findings[0]?.next, 'Run `plumbline contract sign contracts/checkout.yaml --key <private key file>`.');
});

test('the finding about a missing signature names the only key of the base where the contract names none, and says so where a key file is broken', async () => {
  const next = async (keys: string) => (await judge({ text: signedText(null, {}, null), keys })).findings[0]?.next;
  assert.equal(await next(keyFile), `Run \`plumbline contract sign contracts/checkout.yaml --key <private key file> --kid ${kid}\`.`);
  assert.match((await next('{')) ?? '', /^It names no key\. Not all keys are known \(\.plumbline\/keys\.jwks\.json: .*\)\. Set kmsKeyRef to the key that signs it, then run `plumbline contract sign /);
});

test('the findings about a key that a service keeps name no command of ours that would refuse it', async () => {
  const ref = 'awskms:arn:aws:kms:eu-west-1:1:key/a';
  const next = async (signature: string | null, keys?: string) => (await judge({ text: signedText(signature, {}, ref), ...(keys === undefined ? {} : { keys }) })).findings.map((one) => one.next);
  const signed = jwsOf(ec, contentOf({}, ref), headerOf('ES256', { kid: ref }));
  assert.deepEqual(await next(signed), [`Merge its public key first, in a change of its own: add its JWK with the kid "${ref}" to a key file.`]);
  assert.deepEqual(await next(null), [`Sign with the key service that keeps "${ref}", and put the detached JWS into \`signature\`.`]);
  assert.deepEqual(await next(signed, jwks(publicJwk(ec, ref))), []);
});

test('attack: the signature of a released version is taken away or replaced, its content untouched', async () => {
  const stranger = jwsOf(privateKeyOf('ES256', 'them'), contentOf(), headerOf('ES256'));
  const denied = async (text: string) => told(await judge({ base: signedText(good), text })).filter((one) => one.startsWith('deny'));
  assert.deepEqual([await denied(signedText(null)), await denied(signedText(stranger))], [[`deny contract/signature_missing ${line.none}`], [`deny contract/signature_invalid ${line.signature}`]]);
});

const lostBases: readonly (readonly [what: string, base: string | undefined])[] = [
  ['mutated', signedText(good, { spec: { limit: 999 } })],
  ['deleted', undefined],
  ['set back to a draft', signedText(good, { lifecycle: 'draft' })],
];

for (const [what, base] of lostBases) {
  const back = (text: string, more: Partial<Signed> = {}) => judge({ ...(base === undefined ? {} : { base }), text, released: [[path, signedText(good)]], ...more });

  test(`attack: a release whose base was ${what} comes back without its signature, or with a forged one`, async () => {
    const forged = jwsOf(privateKeyOf('ES256', 'them'), contentOf(), headerOf('ES256'));
    const denied = async (text: string) => told(await back(text)).filter((one) => one.startsWith('deny'));
    assert.deepEqual([await denied(signedText(null)), await denied(signedText(forged))], [[`deny contract/signature_missing ${line.none}`], [`deny contract/signature_invalid ${line.signature}`]]);
  });

  test(`the contract gate passes a release whose base was ${what} when it comes back with its signature, although the key is gone, or signed anew`, async () => {
    const again = signedText(jwsOf(ec, contentOf(), headerOf('ES256')));
    const ended = jwks(publicJwk(ec, kid, { notAfter: '2026-01-01' }));
    assert.deepEqual([(await back(`${signedText(good)}# back\n`, { keys: jwks() })).verdict, (await back(again, { keys: ended })).verdict], ['pass', 'pass']);
  });
}

test('the contract gate is inconclusive about the signature of what comes back while the released file can not be read', async () => {
  const text = `${signedText(good)}# back\n`;
  const verdict = await judge({ text, released: [[path, signedText(good)]], world: { contents: [text, keyFile] } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', [`unknown snapshot/unreadable ${line.signature}`]]);
});

test('the contract gate is inconclusive while a signature or a key that it needs can not be read', async () => {
  const lost = (kind: string) => ({ contents: [signedText(good), keyFile], unavailable: (request: { readonly kind: string; readonly size?: number | null }) => request.kind === kind && (kind !== 'blob' || request.size === bytesOf(keyFile).byteLength) });
  for (const kind of ['signature', 'operator-keys', 'blob']) {
    const verdict = await judge({ text: signedText(good), ...(kind === 'operator-keys' ? { keys: jwks() } : {}), world: { ...lost(kind), contents: [signedText(good), keyFile, jwks()] } });
    assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', [`unknown snapshot/unreadable ${line.signature}`]], kind);
  }
});

test('the contract gate asks about keys only where something is signed or names none, and settles in three rounds then', () => {
  const kindsOf = (text: string): readonly (readonly string[])[] => {
    const snapshot = aSnapshot({ files: [aFile({ path, head: text }), aFile({ path: keysPath, base: keyFile, roles: ['own'] })], configured: { contracts: [required], keys: [keysPath] } });
    const rounds: (readonly string[])[] = [];
    collectEvidence({ ...contractGate, plan: (one, evidence) => {
      const asked = contractGate.plan(one, evidence).filter((request) => !evidence.has(request));
      if (asked.length > 0) rounds.push([...new Set(asked.map(({ kind }) => kind))].toSorted());
      return asked;
    } }, snapshot, { contents: [text, keyFile] });
    return rounds;
  };
  const first = ['blob', 'paths', 'record'];
  assert.deepEqual(kindsOf(signedText(null)), [first, ['releases', 'validation']]);
  assert.deepEqual(kindsOf(signedText(null, {}, null)), [first, ['blob', 'operator-keys', 'releases', 'validation']]);
  assert.deepEqual(kindsOf(signedText(good)), [first, ['blob', 'operator-keys', 'releases', 'validation'], ['signature']]);
});

test('the contract gate uses no key of a file with one broken key, and says so', async () => {
  const verdict = await judge({ text: signedText(good), keys: jwks(publicJwk(ec, kid), { kty: 'oct', kid: 'a', k: 'AA' }) });
  assert.deepEqual(told(verdict), [`deny contract/key_unknown ${line.signature}`]);
  assert.match(verdict.findings[0]?.message ?? '', /keys\.jwks\.json at the base is no valid key file/);
});

// ---------------------------------------------------------------- forged and malformed signatures

const withHeader = (header: JsonObject): string => jwsOf(ec, contentOf(), header);
const overText = (text: string, payload = encode(canonicalBytes(contentOf()))): string => `${encode(bytesOf(text))}..${encode(rawSignature(ec, encode(bytesOf(text)), payload))}`;
const overPayload = (payload: Uint8Array): string => `${goodHeader}..${encode(rawSignature(ec, goodHeader, encode(payload)))}`;
const withBytes = (bytes: Uint8Array): string => `${goodHeader}..${encode(bytes)}`;
const hmac = (alg: string, secret: string | Uint8Array): string => {
  const header = encode(headerOf(alg));
  return `${header}..${createHmac('sha256', secret).update(`${header}.${encode(canonicalBytes(contentOf()))}`).digest('base64url')}`;
};
const asRef = (ref: string, header = headerOf('ES256', { kid: ref })): Partial<Signed> & { readonly text: string } => ({ text: signedText(jwsOf(ec, contentOf({}, ref), header), {}, ref) });
const publicPem = createPublicKey(ec).export({ type: 'spki', format: 'pem' }).toString();
const stranger = privateKeyOf('ES256', 'them');
const rsa = privateKeyOf('PS256');
const invalid = 'contract/signature_invalid';
const mismatch = 'contract/key_mismatch';
const unknown = 'contract/key_unknown';

type Forgery = readonly [what: string, signature: unknown, code: string, more?: Partial<Signed>];

const forgeries: readonly Forgery[] = [
  // Algorithms
  ['alg none without a signature', `${encode(headerOf('none'))}..`, invalid],
  ['alg none with any signature', `${encode(headerOf('none'))}..${goodSignature}`, invalid],
  ['alg None', withHeader(headerOf('None')), invalid],
  ['alg es256', withHeader(headerOf('es256')), invalid],
  ['HS256 with the public key in PEM as secret', hmac('HS256', publicPem), invalid],
  ['HS256 with the JWK as secret', hmac('HS256', JSON.stringify(publicJwk(ec, kid))), invalid],
  ['RS256', jwsOf(rsa, contentOf(), headerOf('RS256')), invalid, { keys: jwks(publicJwk(rsa, kid)) }],
  ['an RSA signature with PKCS#1 padding called PS256', ((head) => `${head}..${sign('sha256', Buffer.from(`${head}.${encode(canonicalBytes(contentOf()))}`), rsa).toString('base64url')}`)(encode(headerOf('PS256'))), invalid, { keys: jwks(publicJwk(rsa, kid)) }],
  ['ES512', withHeader(headerOf('ES512')), invalid],
  ['ES256K', withHeader(headerOf('ES256K')), invalid],
  ['PS384', jwsOf(rsa, contentOf(), headerOf('PS384')), invalid, { keys: jwks(publicJwk(rsa, kid)) }],
  ['ES256 with a key on P-384', withBytes(goodBytes), mismatch, { keys: jwks(publicJwk(privateKeyOf('ES384'), kid)) }],
  ['ES384 with a key on P-256', jwsOf(privateKeyOf('ES384'), contentOf(), headerOf('ES384')), mismatch],
  ['EdDSA with a key on P-256', jwsOf(privateKeyOf('EdDSA'), contentOf(), headerOf('EdDSA')), mismatch],
  ['PS256 with a key on P-256', jwsOf(rsa, contentOf(), headerOf('PS256')), mismatch],
  ['a key that is for another algorithm', good, mismatch, { keys: jwks(publicJwk(ec, kid, { alg: 'ES384' })) }],
  ['a key that is for encryption', good, mismatch, { keys: jwks(publicJwk(ec, kid, { use: 'enc' })) }],
  ['a key that may only sign', good, mismatch, { keys: jwks(publicJwk(ec, kid, { key_ops: ['sign'] })) }],

  // The signature itself
  ['another signer', jwsOf(stranger, contentOf(), headerOf('ES256')), invalid],
  ['a flipped bit', withBytes(goodBytes.map((byte, index) => (index === 9 ? byte ^ 1 : byte))), invalid],
  ['zeros', withBytes(new Uint8Array(64)), invalid],
  ['ones', withBytes(new Uint8Array(64).fill(255)), invalid],
  ['r and s swapped', withBytes(Buffer.concat([goodBytes.subarray(32), goodBytes.subarray(0, 32)])), invalid],
  ['s cut short', withBytes(goodBytes.subarray(0, 63)), invalid],
  ['r alone', withBytes(goodBytes.subarray(0, 32)), invalid],
  ['a byte too many', withBytes(Buffer.concat([goodBytes, Buffer.from([0])])), invalid],
  ['DER', withBytes(sign('sha256', Buffer.from(`${goodHeader}.${encode(canonicalBytes(contentOf()))}`), ec)), invalid],
  ['nothing', `${goodHeader}..`, invalid],

  // What was signed
  ['the content of another contract', jwsOf(ec, contentOf({ id: 'search' }), headerOf('ES256')), invalid],
  ['an older version', jwsOf(ec, contentOf({ version: '0.9.0' }), headerOf('ES256')), invalid],
  ['content that was changed after signing', jwsOf(ec, contentOf({ spec: { limit: 2 } }), headerOf('ES256')), invalid],
  ['the whole document, with its state', jwsOf(ec, { ...contentOf(), lifecycle: 'active' }, headerOf('ES256')), invalid],
  ['the bytes of the file instead of the canonical ones', overPayload(bytesOf(signedText(null))), invalid],
  ['pretty JSON instead of the canonical one', overPayload(bytesOf(JSON.stringify(contentOf(), null, 2))), invalid],
  ['the content hash instead of the content', overPayload(bytesOf('sha256:00')), invalid],
  ['an empty payload', overPayload(new Uint8Array()), invalid],
  ['an unencoded payload (RFC 7797)', `${goodHeader}..${encode(rawSignature(ec, goodHeader, new TextDecoder().decode(canonicalBytes(contentOf()))))}`, invalid],

  // The header
  ['no typ', withHeader({ alg: 'ES256', kid }), invalid],
  ['typ JWT', withHeader(headerOf('ES256', { typ: 'JWT' })), invalid],
  ['typ in capitals', withHeader(headerOf('ES256', { typ: 'PLUMBLINE-CONTRACT+JWS' })), invalid],
  ['typ with the prefix application/', withHeader(headerOf('ES256', { typ: 'application/plumbline-contract+jws' })), invalid],
  ['typ as a list', withHeader(headerOf('ES256', { typ: ['plumbline-contract+jws'] })), invalid],
  ['no alg', withHeader({ kid, typ: 'plumbline-contract+jws' }), invalid],
  ['no kid', withHeader({ alg: 'ES256', typ: 'plumbline-contract+jws' }), invalid],
  ['an empty kid', withHeader(headerOf('ES256', { kid: '' })), invalid],
  ['a kid that is a number', withHeader(headerOf('ES256', { kid: 7 })), invalid],
  ['crit', withHeader(headerOf('ES256', { crit: ['exp'], exp: 1 })), invalid],
  ['b64: false', withHeader(headerOf('ES256', { b64: false, crit: ['b64'] })), invalid],
  ['jku', withHeader(headerOf('ES256', { jku: 'https://example.com/keys' })), invalid],
  ['the signer\'s own key as jwk', jwsOf(stranger, contentOf(), headerOf('ES256', { jwk: publicJwk(stranger) })), invalid],
  ['x5c', withHeader(headerOf('ES256', { x5c: ['AA=='] })), invalid],
  ['x5u', withHeader(headerOf('ES256', { x5u: 'https://example.com/cert' })), invalid],
  ['zip', withHeader(headerOf('ES256', { zip: 'DEF' })), invalid],
  ['alg twice', overText(`{"alg":"none","alg":"ES256","kid":"${kid}","typ":"plumbline-contract+jws"}`), invalid],
  ['kid twice', overText(`{"alg":"ES256","kid":"local:other","kid":"${kid}","typ":"plumbline-contract+jws"}`), invalid],
  ['alg twice, once escaped', overText(`{"alg":"none","\\u0061lg":"ES256","kid":"${kid}","typ":"plumbline-contract+jws"}`), invalid],
  ['a member named __proto__', overText(`{"__proto__":{"alg":"ES256"},"alg":"ES256","kid":"${kid}","typ":"plumbline-contract+jws"}`), invalid],
  ['members that are only inherited', overText('{"__proto__":{"alg":"ES256","kid":"local:test-key","typ":"plumbline-contract+jws"}}'), invalid],
  ['a header that is a list', overText('["ES256"]'), invalid],
  ['a header that is null', overText('null'), invalid],
  ['a header with a BOM', overText(`\ufeff${JSON.stringify(headerOf('ES256'))}`), invalid],
  ['a header with text after it', overText(`${JSON.stringify(headerOf('ES256'))}{}`), invalid],
  ['a header that is no UTF-8', `${encode(Uint8Array.of(0x7b, 0xff, 0x7d))}..${goodSignature}`, invalid],
  ['a header that is deeply nested', overText('['.repeat(500)), invalid],
  ['a huge header', withHeader(headerOf('ES256', { kid: `local:${'a'.repeat(1_000_000)}`.slice(0, 200_000) })), invalid],

  // The serialisation
  ['a padded signature', `${good}==`, invalid],
  ['a padded header', `${goodHeader}=..${goodSignature}`, invalid],
  ['the other base64 alphabet', `${goodHeader}..${goodSignature.slice(0, -2)}+/`, invalid],
  ['bits left over in the last character', `${goodHeader}..${goodSignature.slice(0, -1)}${goodSignature.endsWith('B') ? 'D' : 'B'}`, invalid],
  ['a space in front', ` ${good}`, invalid],
  ['a line end behind', `${good}\n`, invalid],
  ['a space inside', `${goodHeader}.. ${goodSignature}`, invalid],
  ['a full-width dot', good.replace('..', '．．'), invalid],
  ['the payload attached', `${goodHeader}.${encode(canonicalBytes(contentOf()))}.${goodSignature}`, invalid],
  ['another payload attached', `${goodHeader}.e30.${goodSignature}`, invalid],
  ['two parts', `${goodHeader}.${goodSignature}`, invalid],
  ['five parts, as an encrypted one', `${goodHeader}..${goodSignature}..`, invalid],
  ['a thousand parts', '.'.repeat(1_000), invalid],
  ['the JSON serialisation as an object', { protected: goodHeader, signature: goodSignature }, invalid],
  ['the JSON serialisation as text', JSON.stringify({ protected: goodHeader, signature: goodSignature }), invalid],
  ['a list of signatures', [good], invalid],
  ['true', true, invalid],
  ['a number', 7, invalid],
  ['an empty text', '', invalid],

  // The key
  ['a key at the head alone', good, unknown, { keys: null, headKeys: keyFile }],
  ['a key that the head adds to the file of the base', good, unknown, { keys: jwks(publicJwk(stranger, 'local:other')), headKeys: jwks(publicJwk(stranger, 'local:other'), publicJwk(ec, kid)) }],
  ['a key that the head replaces', good, invalid, { keys: jwks(publicJwk(stranger, kid)), headKeys: keyFile }],
  ['a key file outside what the base configures', good, unknown, { configured: { contracts: [required], keys: ['other/*.json'] } }],
  ['no key at all', good, unknown, { keys: jwks() }],
  ['a key whose private part stands in the file', good, unknown, { keys: jwks({ ...publicJwk(ec, kid), d: String(ec.export({ format: 'jwk' }).d) }) }],
  ['a key of 1024 bits behind zeros', good, unknown, { keys: jwks(publicJwk(ec, kid), { kty: 'RSA', kid: 'weak', n: Buffer.alloc(256, 1).fill(0, 0, 128).toString('base64url'), e: 'AQAB' }) }],
  ['an ended key', good, mismatch, { keys: jwks(publicJwk(ec, kid, { notAfter: '2026-11-19' })) }],
  ['a kid in another case', withHeader(headerOf('ES256', { kid: 'local:Test-key' })), mismatch],
  ['a kid with a look-alike letter', withHeader(headerOf('ES256', { kid: 'local:t\u0435st-key' })), mismatch],
  ['a kid in another Unicode form', null, unknown, asRef('local:caf\u0065\u0301')],
  ['a kid with a hidden character', withHeader(headerOf('ES256', { kid: `${kid}\u200b` })), mismatch],
  ['the kid of another key that is known', jwsOf(stranger, contentOf(), headerOf('ES256', { kid: 'local:other' })), mismatch, { keys: jwks(publicJwk(ec, kid), publicJwk(stranger, 'local:other')) }],
  ['a contract that names no key', null, mismatch, { text: signedText(jwsOf(ec, contentOf({}, null), headerOf('ES256')), {}, null) }],
  ['a contract whose key is another value', null, mismatch, { text: aContract({ more: { kmsKeyRef: 7, signature: good } }) }],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name): Forgery => [`the kid ${name}`, null, unknown, asRef(name)]),
];

test('the table of forged and malformed signatures is a long one', () => {
  assert.ok(forgeries.length >= 40, String(forgeries.length));
});

for (const [what, signature, code, more] of forgeries) {
  test(`attack: ${what} is denied as ${code}, also where signatures are optional`, async () => {
    const text = more?.text ?? signedText(signature);
    for (const contracts of [[required], [aContractSet()]]) {
      const verdict = await judge({ ...more, text, configured: { ...more?.configured, contracts } });
      assert.deepEqual(told(verdict).map((one) => one.split(' ').slice(0, 2).join(' ')), [`deny ${code}`]);
    }
  });
}
