import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { TestRepository } from '../builders/a-repository.ts';
import { aRepository } from '../builders/a-repository.ts';
import { pemOf, privateKeyOf, publicJwk } from '../builders/signing-keys.ts';
import { contractText } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';
import type { CommandResult } from './run-plumbline.ts';

const configuration = 'version: 1\ncontracts:\n  - {name: workspace, paths: ["contracts/**"], schema: "builtin:workspace-contract/v2", signatures: required}\nkeys: [".plumbline/keys.jwks.json"]\n';
const keyPath = '.plumbline/keys.jwks.json';
const contractPath = 'contracts/checkout.yaml';

/** Governed, signatures required, one unsigned contract that was adopted; `keys/` is ignored by git; on the branch `topic`. */
function aSignedRepository(t: TestContext): TestRepository {
  const made = aRepository(t);
  made.commit({ '.github/plumbline.yml': configuration, '.gitignore': 'keys/\n', [contractPath]: contractText() }, 'Adopt');
  made.git('checkout', '-q', '-b', 'topic');
  mkdirSync(join(made.directory, 'keys'));
  return made;
}

const makeKey = ['contract', 'key', 'local:checkout', '--private', 'keys/checkout.pem'];

/** Merges the key file into main, and goes on from there. */
async function withMergedKey(made: TestRepository): Promise<void> {
  assert.equal((await runPlumbline(made.directory, makeKey)).code, 0);
  made.commit({}, 'Add a key');
  made.git('checkout', '-q', 'main');
  made.git('merge', '-q', '--ff-only', 'topic');
  made.git('checkout', '-q', '-B', 'topic');
}

/** What `check` says: exit code and codes. */
async function checked(made: TestRepository, ...options: readonly string[]): Promise<readonly [number | null, readonly string[]]> {
  const { code, stdout } = await runPlumbline(made.directory, ['check', '--format', 'json', '--gate', 'change', 'contracts', ...options]);
  const { verdicts }: { verdicts: readonly { findings: readonly { code: string; severity: string }[] }[] } = JSON.parse(stdout);
  return [code, verdicts.flatMap(({ findings }) => findings.map((one) => one.code))];
}

async function successor(made: TestRepository, spec = '{promise: two}'): Promise<string> {
  const { stdout } = await runPlumbline(made.directory, ['contract', 'hash', contractPath]);
  return `# a promise\n${contractText({ version: '1.1.0', previous: stdout.trim(), spec })}kmsKeyRef: "local:checkout"   # who signs\n`;
}

test('a contract that is signed with a merged key is allowed, and denied once its content is tampered with', async (t) => {
  const made = aSignedRepository(t);
  await withMergedKey(made);
  const unsigned = await successor(made);
  made.commit({ [contractPath]: unsigned });
  assert.deepEqual(await checked(made), [1, ['contract/signature_missing']]);

  const signed = await runPlumbline(made.directory, ['contract', 'sign', contractPath, '--key', 'keys/checkout.pem']);
  assert.deepEqual([signed.code, /^Signed contracts\/checkout\.yaml as local:checkout with ES256: content sha256:[0-9a-f]{64}\.\n$/.test(signed.stdout)], [0, true]);
  const text = readFileSync(join(made.directory, contractPath), 'utf8');
  assert.equal(text.replace(/^signature: .*\n/m, ''), unsigned);
  assert.equal((await runPlumbline(made.directory, ['contract', 'verify', contractPath])).code, 0);
  made.commit({});
  assert.deepEqual(await checked(made), [0, []]);

  made.commit({ [contractPath]: text.replace('promise: two', 'promise: three') });
  assert.deepEqual(await checked(made), [1, ['contract/signature_invalid']]);
  const verified = await runPlumbline(made.directory, ['contract', 'verify', contractPath]);
  assert.deepEqual([verified.code, /not verified: it does not verify over the content as it is now/.test(verified.stdout)], [1, true]);
});

test('a first contract is written, released and signed by the commands that are printed, from a folder below and with --repo', async (t) => {
  const made = aSignedRepository(t);
  await withMergedKey(made);
  const [below, beside] = [join(made.directory, 'contracts'), join(made.directory, 'keys')];
  const begun = await runPlumbline(below, ['contract', 'init', '--', '-a b.yaml']);
  assert.match(readFileSync(join(below, '-a b.yaml'), 'utf8'), /^kmsKeyRef: local:checkout$/m);
  const printed = await typed(below, /Release it: (.*)/.exec(begun.stdout)?.[1]);
  assert.equal((await typed(below, /Run `(.*)`/.exec(printed.stderr)?.[1], '../keys/checkout.pem')).code, 0);
  made.write({ 'contracts/b.yaml': contractText({ id: 'b' }) });
  const bumped = await runPlumbline(beside, ['contract', 'bump', '--repo', '../contracts', 'b.yaml']);
  assert.equal(/Run `(.*)`/.exec(bumped.stderr)?.[1], 'plumbline contract sign b.yaml --repo ../contracts --key <private key file> --kid local:checkout');
  assert.equal((await typed(beside, /Run `(.*)`/.exec(bumped.stderr)?.[1], 'checkout.pem')).code, 0);
  made.commit({});
  assert.deepEqual(await checked(made), [0, []]);
});

/** A printed command as a shell takes it apart, with the private key's place filled in. */
async function typed(directory: string, command = '', key = ''): Promise<CommandResult> {
  const words = [...command.replace('<private key file>', key).matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  assert.equal(words[0], 'plumbline', command);
  return await runPlumbline(directory, words.slice(1));
}

test('check denies a contract that is signed with a key that comes in the same change, and allows it with that key from the operator', async (t) => {
  const made = aSignedRepository(t);
  await runPlumbline(made.directory, makeKey);
  made.commit({ [contractPath]: await successor(made) });
  await runPlumbline(made.directory, ['contract', 'sign', contractPath, '--key', 'keys/checkout.pem']);
  made.commit({});
  assert.deepEqual(await checked(made), [1, ['contract/key_unknown']]);
  assert.deepEqual(await checked(made, '--keys', keyPath), [0, []]);
  writeFileSync(join(made.directory, 'broken.json'), '{"keys": [{"kty": "oct", "kid": "a", "k": "AA"}]}');
  const refused = await runPlumbline(made.directory, ['check', '--keys', 'broken.json']);
  assert.deepEqual([refused.code, /line 1, column \d+: \/keys\/0\/k has the private part `k`/.test(refused.stderr)], [64, true]);
});

test('contract bump and sign say of a key that is not merged what comes before its first contract, and nothing of a draft or once it is merged', async (t) => {
  const made = aSignedRepository(t);
  await runPlumbline(made.directory, makeKey);
  const changed = { [contractPath]: `${contractText({ spec: '{promise: two}' })}kmsKeyRef: local:checkout\n` };
  made.write({ ...changed, 'contracts/draft.yaml': `${contractText({ id: 'draft', lifecycle: 'draft' })}kmsKeyRef: local:checkout\n` });
  const both = async (path: string) => [await runPlumbline(made.directory, ['contract', 'bump', path, '--sign', 'keys/checkout.pem']), await runPlumbline(made.directory, ['contract', 'sign', path, '--key', 'keys/checkout.pem'])].map(({ code, stderr }) => [code, stderr]);
  const said = `${contractPath} can not be merged yet. It is signed with "local:checkout", which is no key of main. Next, unless the operator has that key: commit the key file that has it alone and merge it first.\n`;
  assert.deepEqual([await both(contractPath), await both('contracts/draft.yaml')], [[[0, said], [0, said]], [[0, ''], [0, '']]]);
  made.git('checkout', '-q', 'main');
  made.git('add', keyPath);
  made.git('commit', '-q', '-m', 'Add a key');
  made.git('checkout', '-q', '-B', 'topic');
  made.write(changed);
  assert.deepEqual(await both(contractPath), [[0, ''], [0, '']]);
});

test('a decision that relied on a key with an end is valid until then', async (t) => {
  const made = aSignedRepository(t);
  await runPlumbline(made.directory, [...makeKey, '--not-after', '2040-01-01']);
  made.commit({}, 'Add a key');
  made.git('branch', '-q', '-f', 'main');
  made.commit({ [contractPath]: await successor(made) });
  await runPlumbline(made.directory, ['contract', 'sign', contractPath, '--key', 'keys/checkout.pem']);
  made.commit({});
  const judged = async (now: string) => JSON.parse((await runPlumbline(made.directory, ['check', '--format', 'json', '--now', now])).stdout);
  const [before, after] = [await judged('2039-12-31T23:59:59Z'), await judged('2040-01-01T00:00:00Z')];
  assert.deepEqual([before.decision, before.validUntil, after.decision, after.validUntil], ['allow', '2040-01-01T00:00:00.000Z', 'deny', null]);
});

test('contract key writes a private key for its owner alone and a public key that git can have', async (t) => {
  const made = aSignedRepository(t);
  for (const algorithm of ['ES256', 'ES384', 'EdDSA', 'PS256']) {
    const name = algorithm.toLowerCase();
    const result = await runPlumbline(made.directory, ['contract', 'key', `local:${name}`, '--private', `keys/${name}.pem`, '--algorithm', algorithm]);
    assert.deepEqual([result.code, result.stdout], [0, `Wrote the private key to keys/${name}.pem (mode 0600) and the public key local:${name} to ${keyPath}.\n`]);
    assert.equal(result.stderr, 'Next: commit the key file alone and merge it. A key must be merged before its first contract.\n');
    assert.equal(statSync(join(made.directory, 'keys', `${name}.pem`)).mode & 0o777, 0o600);
  }
  const { keys } = JSON.parse(readFileSync(join(made.directory, keyPath), 'utf8'));
  assert.deepEqual(keys.map((key: { kid: string; alg: string; d?: string }) => [key.kid, key.alg, key.d]), [['local:es256', 'ES256', undefined], ['local:es384', 'ES384', undefined], ['local:eddsa', 'EdDSA', undefined], ['local:ps256', 'PS256', undefined]]);
});

test('contract key warns of a private key that git would take, and says what the configuration lacks', async (t) => {
  const made = aSignedRepository(t);
  const result = await runPlumbline(made.directory, ['contract', 'key', 'local:a', '--private', 'a.pem', '--keys', 'other.json']);
  assert.match(result.stderr, /^Careful: a\.pem stands in the working tree and git does not ignore it\..*\nThe configuration does not name the key file yet\. Add to \.github\/plumbline\.yml: keys: \["other\.json"\]\n/);
});

const refusedKeys: readonly (readonly [what: string, words: readonly string[], why: RegExp])[] = [
  ['an id that a key service has', ['awskms:arn', '--private', 'keys/b.pem'], /expected local:<name>/],
  ['an id with a hidden character', ['local:a\u200b', '--private', 'keys/b.pem'], /expected local:<name>/],
  ['an id that the file has', ['local:checkout', '--private', 'keys/b.pem'], /"local:checkout" again, expected each key id once/],
  ['a private file that exists', ['local:b', '--private', 'keys/checkout.pem'], /it exists already, expected a new file/],
  ['a private file that is a link', ['local:b', '--private', 'keys/link.pem'], /it exists already/],
  ['a folder that does not exist', ['local:b', '--private', 'none/b.pem'], /it can not be made/],
  ['an end that is none', ['local:b', '--private', 'keys/b.pem', '--not-after', 'soon'], /expected a day/],
  ['an unknown algorithm', ['local:b', '--private', 'keys/b.pem', '--algorithm', 'HS256'], /Allowed choices/],
  ['a key file that is broken', ['local:b', '--private', 'keys/b.pem', '--keys', '.gitignore.json'], /Nothing was written/],
  ['a key file that is a link', ['local:b', '--private', 'keys/b.pem', '--keys', 'keys/link.json'], /found a symbolic link, expected a file/],
  ['a key file that is read-only', ['local:b', '--private', 'keys/b.pem', '--keys', 'keys/read-only.json'], /it is read-only \(mode 0444\)/],
  ['a key file in YAML', ['local:b', '--private', 'keys/b.pem', '--keys', 'keys.yaml'], /one that ends with \.json/],
];

test('contract key refuses what it can not make, and changes nothing', async (t) => {
  const made = aSignedRepository(t);
  await runPlumbline(made.directory, makeKey);
  symlinkSync('elsewhere.pem', join(made.directory, 'keys/link.pem'));
  symlinkSync(join('..', keyPath), join(made.directory, 'keys/link.json'));
  writeFileSync(join(made.directory, 'keys/read-only.json'), '{"keys": []}', { mode: 0o444 });
  writeFileSync(join(made.directory, '.gitignore.json'), '{"keys": 1}');
  const state = () => [readFileSync(join(made.directory, keyPath), 'utf8'), readFileSync(join(made.directory, 'keys/checkout.pem'), 'utf8'), existsSync(join(made.directory, 'keys/b.pem')), existsSync(join(made.directory, 'keys/elsewhere.pem'))];
  const before = state();
  for (const [what, words, why] of refusedKeys) {
    const result = await runPlumbline(made.directory, ['contract', 'key', ...words]);
    assert.equal(result.code, 64, what);
    assert.match(result.stderr, why, what);
    assert.deepEqual(state(), before, what);
  }
});

async function sign(made: TestRepository, ...more: readonly string[]): Promise<CommandResult> {
  return await runPlumbline(made.directory, ['contract', 'sign', contractPath, '--key', 'keys/k.pem', ...more]);
}

function withKey(made: TestRepository, content: Uint8Array | string = pemOf(privateKeyOf('EdDSA'))): void {
  writeFileSync(join(made.directory, 'keys/k.pem'), content, { mode: 0o600 });
}

test('contract sign writes kmsKeyRef where the contract has none, and says that the content changed', async (t) => {
  const made = aSignedRepository(t);
  withKey(made);
  const result = await sign(made, '--kid', 'local:test-key');
  assert.equal(result.code, 0);
  assert.match(result.stderr, /^Wrote kmsKeyRef local:test-key: it is content, so the content hash is another one now\.\ncontracts\/checkout\.yaml can not be merged yet\. [^\n]*\n$/);
  const text = readFileSync(join(made.directory, contractPath), 'utf8');
  assert.match(text, /^kmsKeyRef: "?local:test-key"?$/m);
  writeFileSync(join(made.directory, 'k.json'), JSON.stringify({ keys: [publicJwk(privateKeyOf('EdDSA'))] }));
  const verified = await runPlumbline(made.directory, ['contract', 'verify', contractPath, '--keys', 'k.json', '--format', 'json']);
  const [answer] = JSON.parse(verified.stdout);
  assert.deepEqual([verified.code, { ...answer, hash: typeof answer.hash }], [0, { file: contractPath, hash: 'string', status: 'verified', kid: 'local:test-key', algorithm: 'EdDSA', why: null, notAfter: null, hasEnded: false }]);
});

test('contract sign signs JSON too, in any folder of the repository, and signing again replaces the signature alone', async (t) => {
  const made = aSignedRepository(t);
  withKey(made);
  const path = join(made.directory, 'contracts/a.json');
  writeFileSync(path, '{\r\n\t"contractId": "a",\r\n\t"contractVersion": "1.0.0",\r\n\t"lifecycle": "active",\r\n\t"kmsKeyRef": "local:a"\r\n}\r\n');
  for (const directory of [join(made.directory, 'contracts'), join(made.directory, 'keys')]) {
    const { code } = await runPlumbline(directory, ['contract', 'sign', '../contracts/a.json', '--key', '../keys/k.pem']);
    assert.equal(code, 0);
    assert.match(readFileSync(path, 'utf8'), /^\{\r\n\t"contractId": "a",\r\n\t"contractVersion": "1\.0\.0",\r\n\t"lifecycle": "active",\r\n\t"signature": "[\w-]+\.\.[\w-]+",\r\n\t"kmsKeyRef": "local:a"\r\n\}\r\n$/);
  }
});

const refusedSigns: readonly (readonly [what: string, prepare: (made: TestRepository) => void, words: readonly string[], why: RegExp])[] = [
  ['a contract without kmsKeyRef', (made) => withKey(made), [], /it has no kmsKeyRef.*: plumbline contract sign contracts\/checkout\.yaml --key keys\/k\.pem --kid local:<name>\n/],
  ['another id than the contract has', (made) => (withKey(made), made.commit({ [contractPath]: `${contractText()}kmsKeyRef: local:a\n` })), ['--kid', 'local:b'], /its kmsKeyRef is "local:a", expected the same/],
  ['a key that is kept elsewhere', (made) => withKey(made), ['--kid', 'awskms:arn:aws:kms:eu-west-1:1:key/a'], /keys of its own \(local:…\) only/],
  ['a JWK that is another key by its kid', (made) => (withKey(made, JSON.stringify({ ...privateKeyOf('EdDSA').export({ format: 'jwk' }), kid: 'local:x' })), made.commit({ [contractPath]: `${contractText()}kmsKeyRef: local:a\n` })), [], /as "local:x": its kmsKeyRef is "local:a"/],
  ['a kmsKeyRef that is no text', (made) => (withKey(made), made.commit({ [contractPath]: `${contractText()}kmsKeyRef: 7\n` })), [], /its kmsKeyRef is no text/],
  ['a key file that is not there', () => {}, ['--kid', 'local:a'], /there is no such file/],
  ['what is no key', (made) => withKey(made, 'secret-canary'), ['--kid', 'local:a'], /found neither PEM nor JSON/],
  ['a place that the configuration fixes', (made) => (withKey(made), made.commit({ '.github/plumbline.yml': configuration.replace('signatures', 'fields: {signature: {value: "x"}}, signatures') })), ['--kid', 'local:a'], /gives it a fixed value/],
];

test('contract sign refuses what it can not sign, and changes nothing', async (t) => {
  const made = aSignedRepository(t);
  for (const [what, prepare, words, why] of refusedSigns) {
    made.git('checkout', '-q', '-B', 'case', 'main');
    rmSync(join(made.directory, 'keys/k.pem'), { force: true });
    prepare(made);
    const before = readFileSync(join(made.directory, contractPath), 'utf8');
    const result = await sign(made, ...words);
    assert.deepEqual([result.code, readFileSync(join(made.directory, contractPath), 'utf8'), result.stderr.includes('canary')], [64, before, false], what);
    assert.match(result.stderr, why, what);
  }
});

test('contract verify says of each contract why it is not verified', async (t) => {
  const made = aSignedRepository(t);
  withKey(made);
  for (const [name, key] of [['good', 'k.json'], ['other', null]] as const) {
    writeFileSync(join(made.directory, `contracts/${name}.yaml`), contractText({ id: name }));
    await runPlumbline(made.directory, ['contract', 'sign', `contracts/${name}.yaml`, '--key', 'keys/k.pem', '--kid', key === null ? 'local:other' : 'local:test-key']);
  }
  writeFileSync(join(made.directory, 'k.json'), JSON.stringify({ keys: [publicJwk(privateKeyOf('EdDSA'), 'local:test-key', { notAfter: '2020-01-01' })] }));
  const verify = async (...files: readonly string[]) => await runPlumbline(made.directory, ['contract', 'verify', ...files, '--keys', 'k.json']);
  const { code, stdout } = await verify(contractPath, 'contracts/good.yaml', 'contracts/other.yaml');
  const lines = stdout.trim().split('\n').map((line) => line.replace(/sha256:[0-9a-f]{64}/, 'hash'));
  assert.deepEqual([code, lines], [1, [
    'contracts/checkout.yaml  hash  -  not verified: it has no signature',
    'contracts/good.yaml  hash  local:test-key  verified, EdDSA (the key is good for no new release since 2020-01-01)',
    'contracts/other.yaml  hash  local:other  not verified: the keys have none of that id',
  ]]);
  assert.equal((await verify('contracts/good.yaml')).code, 0);
  writeFileSync(join(made.directory, 'contracts/broken.yaml'), 'a: &x 1\n');
  assert.deepEqual([(await verify('contracts/broken.yaml')).code, (await verify('none.yaml')).code, (await runPlumbline(made.directory, ['contract', 'verify', contractPath, '--keys', contractPath])).code], [1, 64, 64]);
});

test('contract verify takes the keys that the working tree names, and says when there are none', async (t) => {
  const made = aSignedRepository(t);
  const { code, stderr } = await runPlumbline(made.directory, ['contract', 'verify', contractPath]);
  assert.deepEqual([code, stderr], [1, 'The configuration of the working tree names no key file that stands here. Name one with: --keys <file>\n']);
  mkdirSync(join(made.directory, '.plumbline'));
  writeFileSync(join(made.directory, keyPath), '{"keys": 1}');
  const broken = await runPlumbline(made.directory, ['contract', 'verify', contractPath]);
  assert.deepEqual([broken.code, /Cannot use the keys in "\.plumbline\/keys\.jwks\.json": line 1, column 1/.test(broken.stderr)], [64, true]);
});
