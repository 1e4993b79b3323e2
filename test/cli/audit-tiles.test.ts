import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { auditExport } from '../../src/cli/audit-export.ts';
import { auditProve } from '../../src/cli/audit-prove.ts';
import { auditVerify } from '../../src/cli/audit-verify.ts';
import { openExport } from '../../src/cli/audit/open-export.ts';
import { writeTiles } from '../../src/cli/audit/write-tiles.ts';
import { exportTiles } from '../../src/flows/export-tiles.ts';
import { aLog, aLogKey, account, exportOf, host, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { runPlumbline } from './run-plumbline.ts';

const publicKeys = [aLogKey().publicKey];
const keyText = formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey));

function silent(): { text: string; write(text: string): void } {
  return { text: '', write(text) { this.text += text; } };
}

async function exported(log: TestLog, directory: string): Promise<void> {
  assert.equal(await auditExport({ audit: log, account: null, publicKeys, file: directory, format: 'tiles', output: silent() }), 0);
}

async function verify(path: string, checkpoints: readonly string[] = []): Promise<number> {
  return await auditVerify({ source: { kind: 'file', path }, keys: [keyText], checkpoints, format: 'pretty', output: silent() });
}

function folder(context: TestContext): string {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  return join(path, 'tiles');
}

suite('auditExport() to a folder of tiles', () => {
  test('writes what auditVerify() verifies, readable by its owner only', async (context) => {
    const directory = folder(context);
    await exported(await sealed(await aLog({ entries: 300 })), directory);
    assert.equal(await verify(directory), 0);
    assert.deepEqual(['checkpoint', 'tile/0/000'].map((path) => statSync(join(directory, path)).mode & 0o777), [0o600, 0o600]);
  });

  test('goes on in the same folder, and leaves full tiles as they are', async (context) => {
    const directory = folder(context);
    const log = await sealed(await aLog({ entries: 300 }));
    await exported(log, directory);
    const full = ['tile/0/000', 'tile/entries/000'].map((path) => statSync(join(directory, path)).ino);
    for (let at = 0; at < 300; at += 1) log.append();
    await exported(await sealed(log), directory);
    assert.deepEqual(['tile/0/000', 'tile/entries/000'].map((path) => statSync(join(directory, path)).ino), full);
    assert.equal(await verify(directory), 0);
    assert.deepEqual(readdirSync(directory, { recursive: true }).filter((name) => String(name).endsWith('.new')), []);
  });

  test('a folder that was not finished has no checkpoint, or its old one, and is never taken for a whole one', async (context) => {
    const directory = folder(context);
    const log = await sealed(await aLog({ entries: 300 }));
    const half = async (wanted: number): Promise<void> => {
      const { checkpoint, files } = await exportTiles(log, account, publicKeys);
      await assert.rejects(writeTiles(directory, { checkpoint, files: cut(files, wanted) }), /power is gone/);
    };
    await half(2);
    await assert.rejects(verify(directory), isFailure('NOT_FOUND', /no checkpoint\. Give a folder/));
    await exported(log, directory);
    for (let at = 0; at < 300; at += 1) log.append();
    await sealed(log);
    await half(4);
    assert.equal(await verify(directory), 0);
  });

  test('refuses the folder of another log and of another history, and changes nothing there', async (context) => {
    const directory = folder(context);
    await exported(await sealed(await aLog({ entries: 300 })), directory);
    const before = readFileSync(join(directory, 'checkpoint'), 'utf8');
    await assert.rejects(exported(await sealed(await aLog({ entries: 300, subject: 'merge-group' })), directory), isFailure('AUDIT_TAMPERED', /different histories/));
    await assert.rejects(exported(await sealed(await aLog({ entries: 10 })), directory), isFailure('AUDIT_TAMPERED', /holds 301 entries/));
    assert.equal(readFileSync(join(directory, 'checkpoint'), 'utf8'), before);
    writeFileSync(join(directory, 'checkpoint'), before.replace(host, 'elsewhere.example'));
    await assert.rejects(exported(await sealed(await aLog({ entries: 300 })), directory), isFailure('USAGE', /Choose another folder/));
  });

  test('refuses to write tiles to standard output', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    await assert.rejects(auditExport({ audit: log, account: null, publicKeys, file: null, format: 'tiles', output: silent() }), isFailure('USAGE'));
  });

  test('a tile that can not be read leaves the folder unverified', async (context) => {
    const directory = folder(context);
    await exported(await sealed(await aLog({ entries: 3 })), directory);
    const entries = join(directory, 'tile/entries/000.p');
    const [name] = readdirSync(entries);
    renameSync(join(entries, name ?? ''), join(entries, 'kept'));
    mkdirSync(join(entries, name ?? ''));
    await assert.rejects(verify(directory), isFailure('NOT_FOUND'));
  });
});

async function* cut<File>(files: AsyncIterable<File>, wanted: number): AsyncGenerator<File> {
  let given = 0;
  for await (const file of files) {
    if (given === wanted) throw new Error('power is gone');
    given += 1;
    yield file;
  }
}

test('--account chooses no log in a file: whoever asks for another one is not answered about the one that is there', async (context) => {
  const directory = folder(context);
  writeFileSync(`${directory}.ndjson`, await exportOf(await sealed(await aLog({ entries: 3 }))));
  for (const words of [['verify', `${directory}.ndjson`], ['prove', '1', '--in', `${directory}.ndjson`]]) {
    assert.equal((await runPlumbline('.', ['audit', ...words])).code, 0);
    const { code, stdout } = await runPlumbline('.', ['audit', ...words, '--account', '7']);
    assert.deepEqual([code, stdout], [64, '']);
  }
});

suite('auditProve()', () => {
  test('proves from an export and from tiles what auditVerify() accepts', async (context) => {
    const directory = folder(context);
    const log = await sealed(await aLog({ entries: 300, sealEvery: 100 }));
    await exported(log, directory);
    const file = `${directory}.ndjson`;
    writeFileSync(file, await exportOf(log));
    const proofs: string[] = [];
    for (const source of [file, directory]) {
      for (const wanted of [{ entry: '17', from: null }, { entry: null, from: 100 }]) {
        const output = silent();
        assert.equal(await auditProve({ log: await openExport(source), ...wanted, format: 'json', output }), 0);
        proofs.push(output.text);
        const path = `${directory}.${proofs.length}.proof`;
        writeFileSync(path, output.text);
        assert.equal(await verify(path), 0);
        writeFileSync(path, output.text.replace(/"path":\["./, '"path":["/'));
        assert.equal(await verify(path), 1);
      }
    }
    assert.deepEqual(proofs.slice(2), proofs.slice(0, 2));
  });

  test('refuses what names no entry, both or neither', async () => {
    const log = { header: { account, size: 0, checkpoints: [], keys: [] }, batches: (async function* () {})() };
    for (const wanted of [{ entry: 'x', from: null }, { entry: '-1', from: null }, { entry: '1', from: 2 }, { entry: null, from: null }]) {
      await assert.rejects(auditProve({ log, ...wanted, format: 'json', output: silent() }), isFailure('USAGE'));
    }
  });
});

suite('auditVerify() with a file of many checkpoints', () => {
  test('finds a cut tail and a second history by any of them', async (context) => {
    const directory = folder(context);
    mkdirSync(directory);
    const log = await sealed(await aLog({ entries: 9, sealEvery: 3 }));
    const anchors = join(directory, 'anchors.txt');
    writeFileSync(anchors, log.checkpointsOf.map(({ note }) => `${note}\n`).join(''));
    const file = join(directory, 'log.ndjson');
    writeFileSync(file, await exportOf(log));
    assert.equal(await verify(file, [anchors]), 0);
    const [first] = log.checkpointsOf;
    log.checkpointsOf = [first!];
    log.entriesOf = log.entriesOf.slice(0, 5);
    writeFileSync(file, await exportOf(log));
    assert.deepEqual([await verify(file), await verify(file, [anchors])], [0, 1]);
    const other = await sealed(await aLog({ entries: 9, sealEvery: 3, subject: 'merge-group' }));
    writeFileSync(file, await exportOf(other));
    assert.deepEqual([await verify(file), await verify(file, [anchors])], [0, 1]);
  });

  test('takes a file whose last checkpoint but one was cut by a crash, and refuses one that holds something else', async (context) => {
    const directory = folder(context);
    mkdirSync(directory);
    const log = await sealed(await aLog({ entries: 6, sealEvery: 3 }));
    const [first, second] = log.checkpointsOf.map(({ note }) => note);
    const file = join(directory, 'log.ndjson');
    writeFileSync(file, await exportOf(log));
    const anchors = join(directory, 'anchors.txt');
    for (const cut of [5, 24, 60, 75, 90, second!.length - 3]) {
      writeFileSync(anchors, `${first}\n${second!.slice(0, cut)}\n\n${second}\n`);
      assert.equal(await verify(file, [anchors]), 0, String(cut));
    }
    for (const text of ['', '\n\n', `${first}\nhello\n`, `${first}\n${second!.slice(0, 60)}`]) {
      writeFileSync(anchors, text);
      await assert.rejects(verify(file, [anchors]), isFailure('USAGE'), text);
    }
  });
});
