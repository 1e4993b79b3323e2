import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pinnedOpa } from '../../../deploy/policy-capabilities.ts';
import { readKeySet } from '../../../src/domain/signature/read-key-set.ts';
import type { PublicKey } from '../../../src/domain/signature/public-key.ts';
import { loadBundle } from '../../../src/probes/policy-engine/load-bundle.ts';
import { sha256, signatureOf, tarOf } from './a-bundle.ts';
import type { TarEntry } from './a-bundle.ts';
import { anEngine, mainRego, policiesOf } from './an-engine.ts';
import { constant, opaLike, wasmModule } from './wasm-module.ts';

const { engine, folder } = anEngine();
const [ours, theirs] = [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ec', { namedCurve: 'P-256' })];
const keys = keysOf(ours.publicKey.export({ format: 'jwk' }));

function keysOf(jwk: object): readonly PublicKey[] {
  const reading = readKeySet(Buffer.from(JSON.stringify({ keys: [{ ...jwk, kid: 'policies' }] })), 'keys.json');
  return reading.kind === 'keys' ? reading.keys : assert.fail(reading.why);
}

const wasm = wasmModule(opaLike(constant(3072)));
/** In the order that OPA hashes members in, so that its text is what is hashed. */
const manifest = '{"metadata":{"rules":["t/a"]},"revision":"","roots":[""],"wasm":[{"entrypoint":"main/report","module":"/policy.wasm"}]}';
const whole: readonly TarEntry[] = [{ name: '/policy.wasm', content: wasm }, { name: '/.manifest', content: manifest }];

async function signed(entries: readonly TarEntry[], more: Readonly<Record<string, unknown>> = {}): Promise<readonly TarEntry[]> {
  const files = entries.map(({ name, content }) => ({ name: name.replace(/^\//, ''), hash: sha256(content) }));
  return [...entries, { name: '/.signatures.json', content: await signatureOf(files, ours.privateKey, more) }];
}

const why = async (bytes: Uint8Array): Promise<string> => {
  const compilation = await loadBundle(bytes, keys);
  return compilation.kind === 'compiled' ? 'compiled' : compilation.why;
};

test('a bundle that OPA itself built and signed, data with fractions included, is taken and evaluated', async () => {
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  writeFileSync(join(tree, 'main.rego'), mainRego);
  writeFileSync(join(tree, 'rule.rego'), 'package plumbline.rules.t.a\n\nimport rego.v1\n\nresult contains {"subject": "é\u2028", "outcome": "pass", "most": data.most}\n');
  writeFileSync(join(tree, 'data.json'), '{"most": 1.0, "é\u2028": "<&>\u2028", "b": [1e3, -0.5, null, true]}');
  writeFileSync(join(tree, '.manifest'), '{"roots": [""], "metadata": {"rules": ["t/a"]}}');
  writeFileSync(join(folder, 'key.pem'), ours.privateKey.export({ format: 'pem', type: 'sec1' }));
  execFileSync(pinnedOpa(), ['build', '--bundle', '-t', 'wasm', '-e', 'main/report', '--v1-compatible', '--signing-key', join(folder, 'key.pem'), '--signing-alg', 'ES256', '-o', join(folder, 'signed.tar.gz'), '.'], { cwd: tree });
  const policies = policiesOf(await loadBundle(readFileSync(join(folder, 'signed.tar.gz')), keys));
  const [reading] = await engine.evaluate(policies, [{ input: { version: 1 }, subjects: [] }]);
  assert.deepEqual(reading?.kind === 'report' ? reading.report.results : reading, [{ rule: 't/a', subject: 'é\u2028', outcome: 'pass', facts: { most: 1 } }]);
});

test('a bundle that is signed whole is taken, with a folder and without leading slashes too', async () => {
  assert.equal(await why(tarOf(await signed(whole))), 'compiled');
  assert.equal(await why(tarOf([{ name: './', content: '', kind: '5' }, ...(await signed(whole)).map((entry) => ({ ...entry, name: `.${entry.name}` }))])), 'compiled');
});

test('the engine loads a bundle once per content, and for other keys anew', async () => {
  const bundle = tarOf(await signed(whole));
  const [first, again] = [await engine.load({ bundle, keys }), await engine.load({ bundle: Uint8Array.from(bundle), keys })];
  assert.equal(policiesOf(first), policiesOf(again));
  const refused = await engine.load({ bundle, keys: keysOf(theirs.publicKey.export({ format: 'jwk' })) });
  assert.equal(refused.kind === 'refused' && refused.why, 'it is signed by none of the keys');
});

const manifestOf = (change: (text: string) => string): readonly TarEntry[] => [{ name: '/policy.wasm', content: wasm }, { name: '/.manifest', content: change(manifest) }];

const forged: readonly (readonly [what: string, make: () => Promise<readonly TarEntry[]>, why: RegExp])[] = [
  ['no signature', async () => whole, /\.signatures\.json/],
  ['the signature of a stranger', async () => [...whole, { name: '.signatures.json', content: await signatureOf(whole.map(({ name, content }) => ({ name: name.slice(1), hash: sha256(content) })), theirs.privateKey) }], /none of the keys/],
  ['a signature by our public key, taken for a secret', async () => [...whole, { name: '.signatures.json', content: await signatureOf([], createSecretKey(ours.publicKey.export({ format: 'der', type: 'spki' })), {}, 'HS256') }], /none of the keys/],
  ['a signature by nobody', async () => [...whole, { name: '.signatures.json', content: JSON.stringify({ signatures: [`${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"files":[]}').toString('base64url')}.`] }) }], /none of the keys/],
  ['two signatures', async () => [...whole, { name: '.signatures.json', content: '{"signatures":["a","b"]}' }], /one JWS/],
  ['a module that was exchanged', async () => (await signed(whole)).map((entry) => (entry.name === '/policy.wasm' ? { ...entry, content: wasmModule({}) } : entry)), /"policy\.wasm" is not what was signed/],
  ['a file that nobody signed', async () => [...(await signed(whole)), { name: '/data.json', content: '{}' }], /"data\.json" is not signed/],
  ['a file less than was signed', async () => (await signed(whole)).filter(({ name }) => name !== '/policy.wasm'), /"policy\.wasm", which it does not hold/],
  ['a claim that is unknown', async () => await signed(whole, { exp: 1 }), /claim "exp"/],
  ['a file that is neither policy nor data', async () => await signed([...whole, { name: '/run.sh', content: '' }]), /holds "run\.sh"/],
  ['an unknown member in its manifest', async () => await signed(manifestOf((text) => text.replace('"revision"', '"reviser"'))), /member "reviser"/],
  ['a manifest that names no rules', async () => await signed(manifestOf((text) => text.replace('"metadata":{"rules":["t/a"]},', ''))), /which rules it holds/],
  ['another entrypoint', async () => await signed(manifestOf((text) => text.replace('main/report', 'other/report'))), /exactly one module/],
  ['data that speaks for a rule', async () => await signed([...whole, { name: '/data.json', content: '{"plumbline":{}}' }]), /data\.plumbline/],
  ['a path that climbs', async () => await signed([...whole, { name: '../escape.rego', content: '' }]), /no name within it/],
  ['a path that climbs from within', async () => await signed([...whole, { name: '/a/../../escape.rego', content: '' }]), /no name within it/],
  ['an absolute path of two slashes', async () => await signed([...whole, { name: '//etc/passwd.rego', content: '' }]), /no name within it/],
  ['a path with a backslash', async () => await signed([...whole, { name: String.raw`a\..\escape.rego`, content: '' }]), /no name within it/],
  ['a link', async () => await signed([...whole, { name: '/link.rego', content: '', kind: '2' }]), /neither a file nor a folder/],
  ['a device', async () => await signed([...whole, { name: '/device.rego', content: '', kind: '3' }]), /neither a file nor a folder/],
  ['a header for the entry behind it', async () => await signed([{ name: 'pax', content: '20 path=../escape\n', kind: 'x' }, ...whole]), /neither a file nor a folder/],
  ['a name twice', async () => [...(await signed(whole)), { name: 'policy.wasm', content: wasm }], /"policy\.wasm" is in it twice/],
  ['ten thousand files', async () => [...whole, ...Array.from({ length: 10_000 }, (_, index) => ({ name: `f${index}.rego`, content: '' }))], /more than 1000 files/],
];

for (const [what, make, expected] of forged) {
  test(`a bundle with ${what} is refused`, async () => assert.match(await why(tarOf(await make())), expected));
}

test('what is no bundle at all, or unpacks to more than it may, is refused before anything is read', async () => {
  const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024), { level: 1 });
  for (const bytes of [Buffer.from('no gzip'), bomb]) assert.match(await why(bytes), /no gzip of at most/);
  assert.match(await why(Buffer.alloc(8 * 1024 * 1024 + 1)), /bytes, expected at most/);
  assert.match(await why(gzipSync(Buffer.alloc(100))), /ends early/);
  assert.match(await why(gzipSync(Buffer.alloc(600, 'a'))), /broken header/);
});
