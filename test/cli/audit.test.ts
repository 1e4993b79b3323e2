import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import type { AuditOutput } from '../../src/cli/audit-output.ts';
import { auditExport } from '../../src/cli/audit-export.ts';
import { auditResume } from '../../src/cli/audit-resume.ts';
import { auditTail } from '../../src/cli/audit-tail.ts';
import { auditVerify } from '../../src/cli/audit-verify.ts';
import type { AuditVerifyOptions } from '../../src/cli/audit-verify.ts';
import type { LogStatus } from '../../src/flows/log-status.ts';
import type { Operations } from '../../src/flows/operations.ts';
import { resumeAudit } from '../../src/flows/resume-audit.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aDraft, aLog, aLogKey, account, exportOf, host, sealed, TestLog } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { aWitnessKey } from '../builders/a-witness-key.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const publicKeys = [aLogKey().publicKey];
const keyText = formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey));

const unwatched: LogStatus = { account, entries: 0, sealed: null, blocked: null, selfAudit: null, anchors: [], holds: [], firstSealed: null };

class Written implements AuditOutput {
  text = '';
  write(text: string): void {
    this.text += text;
  }
}

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-audit-'));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function fileOf(context: TestContext, text: string): string {
  const path = join(folder(context), 'file');
  writeFileSync(path, text);
  return path;
}

async function verify(options: Pick<AuditVerifyOptions, 'source'> & Partial<AuditVerifyOptions>): Promise<{ readonly exit: number; readonly text: string }> {
  const output = new Written();
  const exit = await auditVerify({ keys: [], checkpoints: [], format: 'pretty', output, ...options });
  return { exit, text: output.text };
}

suite('auditVerify()', () => {
  test('answers 0 for an export that verifies and says what that proves', async (context) => {
    const path = fileOf(context, await exportOf(await sealed(await aLog({ entries: 3 }))));
    const { exit, text } = await verify({ source: { kind: 'file', path }, keys: [keyText] });
    assert.deepEqual([exit, text], [0, `verified  the log of account 42
  4 entries read; the newest verified checkpoint covers 4 of them.
  Without --checkpoint a log that was cut back to an earlier checkpoint looks like a younger log: give one that was kept elsewhere.
`]);
  });

  test('answers 0, 3 or 1 by what witnesses that are named have cosigned', async (context) => {
    const [one, two] = [aWitnessKey('w1'), aWitnessKey('w2')];
    const log = await sealed(await aLog({ entries: 3 }));
    const [path, forged] = await Promise.all([false, true].map(async (isWrong) => {
      log.checkpointsOf = log.checkpointsOf.map(({ note, ...rest }) => ({ ...rest, note: `${note.split('\n').slice(0, 5).join('\n')}\n${one.cosign(note, isWrong ? { as: 'x' } : {})}` }));
      return fileOf(context, await exportOf(log));
    }));
    const witnesses = fileOf(context, `# known to us\n${one.key}\n${two.key}\n`);
    const exit = async (file: string | undefined, keys: readonly string[], needed: number | null) => (await verify({ source: { kind: 'file', path: file ?? '' }, keys: [keyText], witnesses: { keys, needed } })).exit;
    assert.deepEqual([await exit(path, [one.key], null), await exit(path, [witnesses], 1), await exit(path, [witnesses], null), await exit(path, [two.key], null), await exit(forged, [witnesses], 1)], [0, 0, 3, 3, 1]);
  });

  test('answers 1 for one that was tampered with and names the entry', async (context) => {
    const exported = await exportOf(await sealed(await aLog({ entries: 3 })));
    const path = fileOf(context, exported.replace(String.raw`\"subject\":\"pull-request:1\"`, String.raw`\"subject\":\"pull-request:9\"`));
    const { exit, text } = await verify({ source: { kind: 'file', path }, format: 'json' });
    const result = JSON.parse(text) as { readonly outcome: string; readonly firstWrong: { readonly sequence: number; readonly reason: string } };
    assert.deepEqual([exit, result.outcome, result.firstWrong.sequence, result.firstWrong.reason], [1, 'tampered', 1, 'leaf_changed']);
  });

  test('answers 3 for a log without a checkpoint', async (context) => {
    const log = new TestLog();
    log.append();
    const { exit } = await verify({ source: { kind: 'file', path: fileOf(context, await exportOf(log)) } });
    assert.equal(exit, 3);
  });

  test('answers 1 with a kept checkpoint of entries that were cut off', async (context) => {
    const log = await aLog({ entries: 4, sealEvery: 2 });
    const kept = fileOf(context, log.checkpointsOf.at(-1)!.note);
    log.checkpointsOf = log.checkpointsOf.slice(0, 1);
    log.entriesOf = log.entriesOf.slice(0, 2);
    const path = fileOf(context, await exportOf(log));
    assert.equal((await verify({ source: { kind: 'file', path }, keys: [keyText] })).exit, 0);
    assert.equal((await verify({ source: { kind: 'file', path }, keys: [keyText], checkpoints: [kept] })).exit, 1);
  });

  test('takes keys as text, as a file of verifier keys, and as a public key in PEM form', async (context) => {
    const path = fileOf(context, await exportOf(await sealed(await aLog({ entries: 3 }))));
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(aLogKey().publicKey).toString('base64url') };
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString();
    for (const key of [keyText, fileOf(context, `# the log\n${keyText}\r\n`), fileOf(context, pem)]) {
      assert.equal((await verify({ source: { kind: 'file', path }, keys: [key] })).exit, 0);
    }
    const other = formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey('eve').publicKey));
    assert.equal((await verify({ source: { kind: 'file', path }, keys: [other] })).exit, 1);
  });

  test('refuses keys and checkpoints that can not be read as wrong usage', async (context) => {
    const source = { kind: 'file' as const, path: fileOf(context, await exportOf(await sealed(await aLog({ entries: 3 })))) };
    const pair = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    for (const text of ['', 'nonsense', keyText.replace('+', '+0'), pair.privateKey, pair.publicKey.slice(0, 60)]) {
      await assert.rejects(verify({ source, keys: [fileOf(context, text)] }), isFailure('USAGE'));
    }
    await assert.rejects(verify({ source, keys: [join(folder(context), 'absent')] }), isFailure('USAGE', /no such file/));
    await assert.rejects(verify({ source, checkpoints: [fileOf(context, 'nonsense')] }), isFailure('USAGE'));
  });

  test('fails on a file that is absent or no export, which is not wrong usage', async (context) => {
    const next = /\. Give a (file|folder) that plumbline audit export/;
    for (const path of [join(folder(context), 'absent'), folder(context), fileOf(context, '')]) await assert.rejects(verify({ source: { kind: 'file', path } }), isFailure('NOT_FOUND', next));
    await assert.rejects(verify({ source: { kind: 'file', path: join(folder(context), 'absent') } }), isFailure('NOT_FOUND', /no such file/));
    await assert.rejects(verify({ source: { kind: 'file', path: folder(context) } }), isFailure('NOT_FOUND', /no checkpoint/));
    await assert.rejects(verify({ source: { kind: 'file', path: fileOf(context, '') } }), isFailure('NOT_FOUND', /empty/));
    await assert.rejects(verify({ source: { kind: 'file', path: fileOf(context, 'hello\n') } }), isFailure('NOT_FOUND', /not the header/));
  });

  test('verifies every log of a store with the key of the server', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    assert.equal((await verify({ source: { kind: 'store', audit: log, account: null, publicKeys, statuses: [] } })).exit, 0);
    log.entriesOf = log.entriesOf.toSpliced(1, 1);
    assert.equal((await verify({ source: { kind: 'store', audit: log, account, publicKeys, statuses: [] } })).exit, 1);
    await assert.rejects(verify({ source: { kind: 'store', audit: new TestLog(), account: null, publicKeys, statuses: [] } }), isFailure('NOT_FOUND'));
  });

  test('attack: a log that is gone from the store as a whole is missed by a checkpoint that was kept of it', async (context) => {
    const [kept = ''] = (await (await sealed(await aLog({ entries: 3 }))).checkpoints(account)).map(({ note }) => note);
    const source = { kind: 'store' as const, audit: new TestLog(), account: null, publicKeys, statuses: [] };
    const { exit, text } = await verify({ source, keys: [keyText], checkpoints: [fileOf(context, kept)] });
    assert.deepEqual([exit, /^tampered {2}the log of account 42\n.*The end of the log was cut off/.test(text)], [1, true]);
  });

  test('attack: a log of a store that was cut back to an earlier checkpoint is told by what the server remembers of it', async () => {
    const log = await aLog({ entries: 3 });
    await sealed(log);
    const verifying = async (remembered: Partial<LogStatus>, keys: readonly string[] = []) => await verify({ source: { kind: 'store', audit: log, account: null, publicKeys, statuses: [{ ...unwatched, ...remembered }] }, keys });
    const size = log.entriesOf.length;
    const anchor = { anchor: 'file', size, at: new Date(0), behindSince: null };
    assert.equal((await verifying({ anchors: [anchor] })).exit, 0);
    const anchored = await verifying({ anchors: [{ ...anchor, size: size + 1 }] });
    assert.deepEqual([anchored.exit, /expected at least \d+ as when the log was verified or anchored last/.test(anchored.text)], [1, true]);
    assert.equal((await verifying({ selfAudit: { at: new Date(0), entries: size + 2, sealed: size + 1, outcome: 'verified' } })).exit, 1);
    assert.equal((await verifying({ anchors: [{ ...anchor, size: size + 1 }] }, [keyText])).exit, 1);
    const blocked = await verifying({ blocked: 'Cannot seal.' });
    assert.deepEqual([blocked.exit, /Appending is blocked: Cannot seal\./.test(blocked.text)], [0, true]);
  });

  test('attack: a log that the server remembers and that is gone from its store is missed', async () => {
    const { exit, text } = await verify({ source: { kind: 'store', audit: new TestLog(), account: null, publicKeys, statuses: [{ ...unwatched, selfAudit: { at: new Date(0), entries: 3, sealed: 3, outcome: 'verified' } }] } });
    assert.deepEqual([exit, /^tampered {2}the log of account 42\n/.test(text)], [1, true]);
  });

  test('each log of a store is compared with the checkpoints that were kept of it, and not with those of others', async (context) => {
    const store = memoryStore({ clock: fakeClock() });
    const sealer = createSealer({ store, signer: aLogKey(), clock: fakeClock() });
    const kept: string[] = [];
    for (const one of [7, 8]) {
      await store.transaction((transaction) => transaction.append(aFittingDraft('decision.made', { account: one })));
      await sealer.seal(one, { force: true });
      kept.push(...(await store.audit.checkpoints(one)).map(({ note }) => note));
    }
    const source = { kind: 'store' as const, audit: store.audit, account: null, publicKeys, statuses: [] };
    assert.equal((await verify({ source, checkpoints: [fileOf(context, kept.join('\n'))] })).exit, 0);
  });
});

suite('auditExport()', () => {
  test('writes a file that only its owner can read and that verifies', async (context) => {
    const log = await sealed(await aLog({ entries: 3 }));
    const file = join(folder(context), 'audit.ndjson');
    assert.equal(await auditExport({ audit: log, account: null, publicKeys, file, output: new Written() }), 0);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(readFileSync(file, 'utf8'), await exportOf(log));
  });

  test('writes to the output without a file', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const output = new Written();
    await auditExport({ audit: log, account, publicKeys, file: null, output });
    assert.equal(output.text, await exportOf(log));
  });

  test('refuses to overwrite a file', async (context) => {
    const file = fileOf(context, 'mine');
    await assert.rejects(auditExport({ audit: await aLog({ entries: 1 }), account, publicKeys, file, output: new Written() }), isFailure('USAGE', /exists already/));
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('leaves no half file when the store fails', async (context) => {
    const log = await aLog({ entries: 3 });
    log.entries = async () => [];
    const file = join(folder(context), 'audit.ndjson');
    await assert.rejects(auditExport({ audit: log, account, publicKeys, file, output: new Written() }), isFailure('AUDIT_TAMPERED'));
    assert.throws(() => statSync(file));
  });

  test('refuses an unknown account, and no account where there are several', async () => {
    const log = await aLog({ entries: 1 });
    const options = { audit: log, publicKeys, file: null, output: new Written() };
    await assert.rejects(auditExport({ ...options, account: 7 }), isFailure('NOT_FOUND', /accounts 42/));
    log.accounts = async () => [42, 43];
    await assert.rejects(auditExport({ ...options, account: null }), isFailure('USAGE', /42, 43/));
    log.accounts = async () => [];
    await assert.rejects(auditExport({ ...options, account: null }), isFailure('NOT_FOUND'));
  });
});

async function tail(log: TestLog, options: { readonly format?: 'pretty' | 'json'; readonly follow?: () => Promise<boolean> } = {}): Promise<readonly string[]> {
  const output = new Written();
  assert.equal(await auditTail({ audit: log, account: null, count: 2, follow: options.follow ?? null, format: options.format ?? 'pretty', output }), 0);
  return output.text.split('\n').slice(0, -1);
}

suite('auditTail()', () => {
  test('shows the newest entries with what they open to', async () => {
    const log = await aLog({ entries: 3, sealEvery: 9 });
    assert.deepEqual(await tail(log), [
      '1  2026-11-20T12:00:01.000Z  decision.made  "allow"  "acme/shop" "pull-request:1"  "user:mona": "Contracts are unchanged"',
      '2  2026-11-20T12:00:02.000Z  decision.made  "allow"  "acme/shop" "pull-request:2"  "user:mona": "Contracts are unchanged"',
    ]);
  });

  test('shows what was erased, or is not what was committed to, as erased', async () => {
    const log = await aLog({ entries: 2, sealEvery: 9 });
    log.entriesOf[0] = { ...log.entriesOf[0]!, openings: [] };
    log.entriesOf[1] = { ...log.entriesOf[1]!, openings: log.entriesOf[1]!.openings.map((opening) => ({ ...opening, bytes: Buffer.from('user:eve') })) };
    assert.ok((await tail(log)).every((line) => line.endsWith('(erased): (erased)')));
  });

  test('shows hostile text without control characters', async () => {
    const log = new TestLog();
    log.append(aDraft({ subject: '\u001b[2J\u009b31m\u202e', rationale: 'x\n0  forged line', outcome: '\u0000' }));
    for (const format of ['pretty', 'json'] as const) {
      const lines = await tail(log, { format });
      assert.equal(lines.length, 1);
      // eslint-disable-next-line no-control-regex -- control characters are what is refused
      assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test('names an unreadable entry instead of failing', async () => {
    const log = await aLog({ entries: 2, sealEvery: 9 });
    log.entriesOf[1] = { ...log.entriesOf[1]!, leaf: Buffer.from([0xff]) };
    assert.match((await tail(log)).at(-1) ?? '', /^1 {2}unreadable/);
    assert.deepEqual(JSON.parse((await tail(log, { format: 'json' })).at(-1) ?? ''), { sequence: 1, unreadable: true });
  });

  test('follows what is appended until it is told to end', async () => {
    const log = await aLog({ entries: 3, sealEvery: 9 });
    let looks = 0;
    const follow = async (): Promise<boolean> => {
      looks += 1;
      if (looks === 2) log.append();
      return looks < 4;
    };
    assert.deepEqual((await tail(log, { follow })).map((line) => line.split(' ')[0]), ['1', '2', '3']);
  });
});

suite('auditResume()', () => {
  test('answers 0 when the log goes on and 1 when it is still tampered with', async () => {
    const log = await aLog({ entries: 2 });
    const operations: Pick<Operations, 'audit' | 'resume'> = { audit: log, resume: (request) => resumeAudit({ store: log, publicKeys }, request) };
    const options = { operations, account: null, actor: 'user:olga', reason: 'Restored', output: new Written() };
    assert.equal(await auditResume(options), 0);
    await log.block(account, 'tampered');
    const [first] = log.entriesOf;
    log.entriesOf = log.entriesOf.toSpliced(0, 1);
    assert.equal(await auditResume(options), 1);
    log.entriesOf = [first!, ...log.entriesOf];
    assert.equal(await auditResume(options), 0);
    assert.equal(await log.blocked(account), null);
  });
});
