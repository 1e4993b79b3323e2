import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, verify as checkSignature } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { EnvelopeSigner } from '../../src/audit/envelope.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { auditBundle } from '../../src/cli/audit-bundle.ts';
import { auditVerify } from '../../src/cli/audit-verify.ts';
import type { AskedBundle } from '../../src/flows/select-entries.ts';
import { aboutContract, aboutPullRequest, aLogOfPullRequests, anEnvelopeSigner, signerWith } from '../builders/a-bundle.ts';
import { account, aDraft, aLog, aLogKey, host, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';

const publicKeys = [aLogKey().publicKey];
const keyText = formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey));
const now = new Date('2026-11-27T08:00:00Z');

function folderOf(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-bundle-'));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function write(folder: string, { asked = aboutPullRequest, signer = anEnvelopeSigner(), log }: { readonly asked?: AskedBundle; readonly signer?: EnvelopeSigner; readonly log?: TestLog } = {}): Promise<string> {
  let text = '';
  const output = { write: (part: string) => void (text += part) };
  const of = log ?? (await aLogOfPullRequests());
  assert.equal(await auditBundle({ audit: of, index: of.index, sealByServer: async () => {}, publicKeys, signer, account, asked, folder, now, output, tell: () => assert.fail('nothing is to be told') }), 0);
  return text.trimEnd();
}

async function verify(path: string, keys: readonly string[] = [keyText], format: 'pretty' | 'json' = 'pretty'): Promise<{ readonly exit: number; readonly text: string }> {
  let text = '';
  const exit = await auditVerify({ source: { kind: 'file', path }, keys, checkpoints: [], format, output: { write: (part) => void (text += part) } });
  return { exit, text };
}

suite('auditBundle()', () => {
  test('writes what holds an entry that does not have the form of its event, and says that it verifies as unchecked', async (context) => {
    const log = await aLogOfPullRequests(undefined, null);
    log.append(aDraft({ outcome: 'perhaps' }));
    await sealed(log);
    const [told, written]: [string[], string[]] = [[], []];
    const options = { audit: log, index: log.index, sealByServer: async () => {}, publicKeys, signer: signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), account, asked: aboutPullRequest, folder: folderOf(context), now, output: { write: (text: string) => void written.push(text) }, tell: (text: string) => void told.push(text) };
    for (const _again of [1, 2]) assert.equal(await auditBundle(options), 3);
    assert.match(told.join(''), /^This bundle is unchecked: 1 entries do not have the form of their event, the first is entry 6, /);
    const path = (written[0] ?? '').trimEnd();
    assert.deepEqual([written[1], (await verify(path, [])).exit], [written[0], 3]);
  });

  test('writes the file into its place, for its owner only, and tells where; audit verify knows what it is', async (context) => {
    const folder = folderOf(context);
    const path = await write(folder);
    assert.equal(dirname(path), join(folder, 'audit', '2026-11-27'));
    assert.match(basename(path), /^[0-9a-f]{64}\.json\.gz$/);
    assert.equal(statSync(path).mode & 0o077, 0);
    const { exit, text } = await verify(path);
    assert.deepEqual([exit, text.split('\n')[0]], [0, 'verified  the bundle of account 42']);
    const id = `sha256:${basename(path, '.json.gz')}`;
    const { bundle, verified, checks } = JSON.parse((await verify(path, [], 'json')).text) as { readonly bundle: string; readonly verified: boolean; readonly checks: readonly unknown[] };
    assert.deepEqual([bundle, verified, checks.length], [id, true, 8]);
  });

  test('writes the same once, whatever signature it would have now', async (context) => {
    const folder = folderOf(context);
    const signer = signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const path = await write(folder, { signer });
    const before = readFileSync(path);
    assert.equal(await write(folder, { signer }), path);
    assert.deepEqual([readFileSync(path), readdirSync(dirname(path))], [before, [basename(path)]]);
  });

  test('refuses to take a changed file for the bundle that it is named after, and does not touch it', async (context) => {
    const folder = folderOf(context);
    const path = await write(folder);
    cpSync(await write(folder, { asked: aboutContract }), path);
    const before = readFileSync(path);
    await assert.rejects(write(folder), isFailure('USAGE', /another file stands there/));
    assert.deepEqual([readFileSync(path), (await verify(path)).exit], [before, 1]);
  });

  test('writes nothing about what the log does not know, or has not sealed yet', async (context) => {
    const folder = folderOf(context);
    await assert.rejects(write(folder, { asked: { kind: 'pull-request', repository: 'acme/none', number: 7 } }), isFailure('NOT_FOUND', /no entry about a repository "acme\/none"/));
    await assert.rejects(write(folder, { asked: { kind: 'pull-request', repository: 'acme/shop', number: 700 } }), isFailure('NOT_FOUND', /no entry about pull request 700/));
    const log = await aLogOfPullRequests();
    log.append(aDraft());
    await assert.rejects(write(folder, { log }), isFailure('NOT_FOUND', /no checkpoint .* covers entry 7/));
    assert.deepEqual(readdirSync(folder), []);
  });

  test('writes nothing under a checkpoint that no key of the server signed', async (context) => {
    const log = await sealed(await aLogOfPullRequests(undefined, null), aLogKey('stranger'));
    await assert.rejects(write(folderOf(context), { log }), isFailure('NOT_FOUND', /no checkpoint that a key of this server signed/));
  });

  test('writes no more than one bundle may have', { skip: process.env['PLUMBLINE_LONG'] !== '1' }, async (context) => {
    const log = await sealed(await aLog({ entries: 100_000, sealEvery: 100_001 }));
    await assert.rejects(write(folderOf(context), { log, asked: { kind: 'period', from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' } }), isFailure('USAGE', /found more than 100000 entries, expected at most 100000/));
  });

  test('writes nothing from a log that is not what its checkpoint says', async (context) => {
    const folder = folderOf(context);
    const log = await aLogOfPullRequests();
    const entry = log.entriesOf[4]!;
    log.entriesOf[4] = { ...entry, leaf: Buffer.from(Buffer.from(entry.leaf).toString().replace('"allow"', '"deny"')) };
    await assert.rejects(write(folder, { log }), isFailure('AUDIT_TAMPERED'));
    log.entriesOf[4] = entry;
    const last = log.entriesOf.splice(5);
    await assert.rejects(write(folder, { log }), isFailure('AUDIT_TAMPERED', /at size 6/));
    log.entriesOf.push(...last);
    log.snapshotsOf = [];
    await assert.rejects(write(folder, { log, asked: aboutContract }), isFailure('AUDIT_TAMPERED', /its snapshot .* is missing/));
    assert.deepEqual(readdirSync(folder), []);
  });
});

suite('auditVerify() of a bundle', () => {
  const docs = readFileSync(new URL('../../docs/audit.md', import.meta.url), 'utf8');
  const shown = (begin: string): string => new RegExp(`^\`\`\`sh\\n(${begin}[^]*?)^\`\`\``, 'm').exec(docs)?.[1] ?? assert.fail(begin);

  test('what docs/audit.md says to type gives other tools the bytes that are signed, and the signature', async (context) => {
    const folder = folderOf(context);
    cpSync(await write(folder), join(folder, 'bundle.json.gz'));
    execFileSync('sh', ['-c', shown('gunzip -c bundle')], { cwd: folder });
    const [signed, signature] = ['signed', 'signature'].map((name) => readFileSync(join(folder, name)));
    assert.ok(signed && signature);
    assert.equal(checkSignature(null, signed, anEnvelopeSigner().key.object, signature), true);
  });

  const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  const skip = /^OpenSSL [3-9]/.test(openssl) ? false : `NOT TESTED: found ${openssl.trim() || 'no openssl'}, expected OpenSSL 3`;

  test('OpenSSL verifies it as docs/audit.md says, whichever key signed it, and refuses what was changed', { skip }, async (context) => {
    const es256 = ['a', 'b', 'c'].map(() => signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey));
    for (const [signer, begin] of [[anEnvelopeSigner(), 'openssl pkeyutl'], ...es256.map((one) => [one, 'hex()'] as const)] as const) {
      const folder = folderOf(context);
      cpSync(await write(folder, { signer }), join(folder, 'bundle.json.gz'));
      writeFileSync(join(folder, 'signing.pem'), signer.key.object.export({ type: 'spki', format: 'pem' }));
      execFileSync('sh', ['-c', shown('gunzip -c bundle')], { cwd: folder });
      const verified = () => spawnSync('sh', ['-c', shown(begin.replaceAll(/[()]/g, '\\$&'))], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual([verified().status, /^(?:Signature Verified Successfully|Verified OK)$/m.test(verified().stdout)], [0, true], begin);
      const signed = readFileSync(join(folder, 'signed'));
      writeFileSync(join(folder, 'signed'), signed.map((byte, place) => (place === signed.length - 10 ? byte ^ 1 : byte)));
      assert.equal(verified().status, 1, begin);
    }
  });

  test('answers 1 for one that was cut, changed or signed by another key', async (context) => {
    const folder = folderOf(context);
    const path = await write(folder);
    const other = join(folder, 'other.gz');
    writeFileSync(other, readFileSync(path).subarray(0, -20));
    assert.equal((await verify(other)).exit, 1);
    const stranger = formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey('stranger').publicKey));
    const { exit, text } = await verify(path, [stranger]);
    assert.equal(exit, 1);
    assert.match(text, /^tampered .*[\s\S]*tampered {2}envelope: Cannot accept the envelope/);
  });

  test('refuses to compare a clone with one', async (context) => {
    const path = await write(folderOf(context));
    const clone = { git: {} as never, name: null, isStated: false };
    await assert.rejects(auditVerify({ source: { kind: 'file', path }, keys: [], checkpoints: [], format: 'pretty', output: { write: () => {} }, clone }), isFailure('USAGE', /only some entries/));
  });
});
