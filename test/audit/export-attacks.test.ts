import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import * as fc from 'fast-check';
import { readExport } from '../../src/audit/read-export.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { aDraft, aLog, aLogKey, account, exportOf, host, sealed } from '../builders/a-log.ts';
import { verdictOn, verifyExport } from '../builders/verify-export.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const trusted = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));

async function verdict(changed: readonly string[]): Promise<string> {
  const written = changed.map((line) => `${line}\n`).join('');
  assert.equal(await verdictOn(written), await verdictOn(written, { keys: trusted }));
  return verdictOn(written);
}

suite('attacks on an export', () => {
  let exported = '';
  let lines: readonly string[] = [];
  before(async () => {
    const log = await aLog({ entries: 5, sealEvery: 2 });
    log.append(aDraft({ repository: null, links: ['https://plumbline.example/decisions/1'], actor: 'app:plumb "line"\n', rationale: 'ünïcode 😀' }));
    exported = await exportOf(await sealed(log));
    lines = exported.split('\n').slice(0, -1);
  });

  test('the export itself verifies, however it is cut into chunks', async () => {
    for (const chunk of [1, 7, 1_000, 1 << 20]) {
      const result = await verifyExport(exported, { keys: trusted }, chunk);
      assert.deepEqual('sealed' in result && [result.outcome, result.sealed, result.checkpoints], ['verified', 9, 4]);
    }
  });

  test('no byte can be changed, whatever it belongs to', async () => {
    const bytes = Buffer.from(exported);
    const step = isLong ? 1 : 251;
    for (let index = 0; index < bytes.length; index += step) {
      const forged = Buffer.from(bytes);
      forged[index] = (forged[index] ?? 0) ^ (1 << (index % 8));
      for (const keys of [[], trusted]) assert.notEqual((await verdictOn(forged, { keys })).split(' ')[0], 'verified', `byte ${index}: ${exported.slice(index - 20, index + 5)}`);
    }
  });

  test('a line that a flipped bit made no UTF-8 is named by its entry, the first too', async () => {
    for (const sequence of [0, 4]) {
      const forged = Buffer.from(exported);
      const at = Buffer.byteLength(`${lines.slice(0, sequence + 1).join('\n')}\n`) + 30;
      forged[at] = (forged[at] ?? 0) ^ 0x80;
      const result = await verifyExport(forged, { keys: trusted }, 1 << 20);
      assert.deepEqual('firstWrong' in result && [result.outcome, result.firstWrong?.reason, result.firstWrong?.sequence], ['tampered', 'unparsable', sequence]);
    }
  });

  test('no byte can be replaced by a line end, a blank, a quote or a NUL, put in or left out', async () => {
    const bytes = Buffer.from(exported);
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.constantFrom(0x0a, 0x20, 0x22, 0, 0x30, 0xff), fc.boolean(), async (index, byte, keep) => {
      if (!keep && bytes[index] === byte) return;
      const forged = Buffer.concat([bytes.subarray(0, index), Buffer.of(byte), bytes.subarray(keep ? index : index + 1)]);
      assert.notEqual((await verdictOn(forged)).split(' ')[0], 'verified');
      const shorter = Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + 1)]);
      assert.notEqual((await verdictOn(shorter)).split(' ')[0], 'verified');
    }), { seed: 1, numRuns: isLong ? 5_000 : 40 });
  });

  test('an entry can not be left out, doubled, moved or put in', async () => {
    assert.equal(await verdict(lines.toSpliced(3, 1)), 'tampered sequence 2');
    assert.equal(await verdict(lines.toSpliced(3, 0, lines[3]!)), 'tampered sequence 3');
    assert.equal(await verdict(lines.with(3, lines[4]!).with(4, lines[3]!)), 'tampered sequence 2');
    assert.equal(await verdict(lines.toSpliced(3, 0, lines[3]!.replace('"sequence":2', '"sequence":3'))), 'tampered sequence 2');
  });

  test('the end can not be cut off or written on', async () => {
    assert.equal(await verdict(lines.slice(0, -1)), 'tampered cut_tail 8');
    assert.equal(await verdict(lines.slice(0, 1)), 'tampered cut_tail 0');
    assert.equal(await verdict([...lines, lines.at(-1)!]), 'tampered trailing 9');
    assert.equal(await verdict([...lines, '']), 'tampered trailing 9');
    assert.equal(await verdictOn(exported.slice(0, -1)), 'tampered unparsable 8');
  });

  test('the header can not claim fewer entries than its checkpoints', async () => {
    const header = lines[0]!.replace('"size":9', '"size":8');
    assert.equal(await verdict([header, ...lines.slice(1, -1)]), 'tampered cut_tail 8');
  });

  test('an old export can not be passed off as the log of another account', async () => {
    assert.equal(await verdict([lines[0]!.replace('"account":42', '"account":43'), ...lines.slice(1)]), 'tampered checkpoint null');
  });

  test('checkpoints can not be swapped, doubled or taken from another log', async () => {
    const header = JSON.parse(lines[0]!) as { readonly checkpoints: readonly string[] };
    const [first, second, ...third] = header.checkpoints;
    const other = (await aLog({ entries: 2, subject: 'merge-group' })).checkpointsOf[0]!.note;
    const attempt = async (checkpoints: readonly (string | undefined)[]): Promise<string> => verdict([JSON.stringify({ ...header, checkpoints }), ...lines.slice(1)]);
    assert.equal(await attempt([second, first, ...third]), 'tampered checkpoint null');
    assert.equal(await attempt([first, first, second, ...third]), 'tampered checkpoint null');
    assert.equal(await attempt([other, second, ...third]), 'tampered root 0');
    assert.equal(await attempt([first?.replace('\n2\n', '\n3\n'), second, ...third]), 'tampered signature null');
    assert.equal(await attempt([first?.replace('example/42 ', 'example/x42 '), second, ...third]), 'tampered key_unknown null');
  });

  test('leaving out the newest checkpoints only leaves entries unsealed, and none leaves all unchecked', async () => {
    const header = JSON.parse(lines[0]!) as { readonly checkpoints: readonly string[] };
    const attempt = (checkpoints: readonly string[]): string => `${[JSON.stringify({ ...header, checkpoints }), ...lines.slice(1)].join('\n')}\n`;
    const fewer = await verifyExport(attempt(header.checkpoints.slice(0, 1)));
    assert.deepEqual('sealed' in fewer && [fewer.outcome, fewer.sealed, fewer.entries], ['verified', 2, 9]);
    assert.equal((await verifyExport(attempt([]))).outcome, 'unchecked');
  });

  test('what is no export is unchecked, not tampered with and not verified', async () => {
    for (const text of ['', '\n', 'hello\n', '{}\n', '[]\n', '\u{feff}', exported.slice(1), exported.replace('plumbline-audit/3', 'plumbline-audit/4'), exported.replace('{"account"', '{ "account"')]) {
      assert.equal(await verdictOn(text), 'unchecked', text.slice(0, 40));
    }
  });

  test('a line without end is refused before it fills the memory', async () => {
    let megabytes = 0;
    async function* endless() {
      yield Buffer.from(`${lines[0]!}\n`);
      for (const megabyte = Buffer.alloc(1 << 20, 'x'); megabytes < 200; megabytes += 1) yield megabyte;
    }
    const reading = await readExport(endless());
    assert.ok(reading.kind === 'export');
    const { firstWrong } = await verifyLog(reading.source, { keys: [], checkpoints: [] });
    assert.deepEqual([firstWrong?.reason, megabytes], ['unparsable', 128]);
  });

  test('hostile text in an entry does not reach a message unescaped', async () => {
    const header = { account, size: 1, checkpoints: [], keys: [] };
    const leaf = '{"\\u001b[31m\\u0000":1}';
    async function* batches() {
      yield [{ kind: 'entry' as const, sequence: 0, leaf, leafHash: null, openings: [] }];
    }
    const result = await verifyLog({ header, batches: batches() }, { keys: [], checkpoints: [] });
    assert.doesNotMatch(result.firstWrong?.message ?? '', /[^\x20-\x7e]/);
  });
});
