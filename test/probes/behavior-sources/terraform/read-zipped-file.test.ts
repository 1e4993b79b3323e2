import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readZippedFile } from '../../../../src/probes/behavior-sources/terraform/read-zipped-file.ts';
import { zipFile } from '../../../builders/zip-file.ts';
import type { ZippedEntry } from '../../../builders/zip-file.ts';

const limits = { files: 4, bytes: 100_000 };
const plan: ZippedEntry = { name: 'plan.json', content: '{"a": 1}' };

async function read(entries: readonly ZippedEntry[], change: (archive: Buffer) => Buffer = (archive) => archive): Promise<string> {
  const found = await readZippedFile(change(zipFile(entries)), 'plan.json', limits);
  return found.kind === 'file' ? Buffer.from(found.bytes).toString() : `refused: ${found.why}`;
}

const broken = 'refused: it is broken, or has a name that leads out of it';

test('readZippedFile() gives the file that is asked for, whatever stands beside it', async () => {
  assert.equal(await read([{ name: 'notes.txt', content: 'x' }, plan]), '{"a": 1}');
  assert.equal(await read([{ name: 'other.json', content: 'x' }]), 'refused: the file is not in it');
});

test('attack: a bomb is refused by the size that it states, and ends at it where it states a small one', async () => {
  const bomb = Buffer.alloc(4 * 1024 * 1024);
  assert.equal(await read([{ name: 'plan.json', content: bomb }]), 'refused: the file has more than 100000 bytes');
  assert.equal(await read([{ name: 'plan.json', content: bomb, states: { size: 10 } }]), broken);
});

const leading = ['../plan.json', '/plan.json', 'a/../../plan.json', 'C:/plan.json', String.raw`a\plan.json`];
for (const name of leading) {
  test(`attack: an archive with the name ${JSON.stringify(name)} is refused as a whole`, async () => {
    assert.equal(await read([plan, { name, content: 'x' }]), broken);
  });
}

test('attack: of two files with one name none is taken', async () => {
  assert.equal(await read([plan, { ...plan, content: '{}' }]), 'refused: it has a name twice');
});

test('attack: a link, an encrypted file and an unknown packing are refused', async () => {
  assert.equal(await read([{ ...plan, states: { mode: 0o120777 } }]), 'refused: the file is a link, or no file');
  for (const states of [{ flags: 0x801 }, { method: 14 }]) assert.equal(await read([{ ...plan, states }]), 'refused: the file is encrypted, or packed in another way than deflate');
});

test('attack: more files than allowed are not looked at', async () => {
  assert.equal(await read([plan, ...['a', 'b', 'c', 'd'].map((name) => ({ name, content: '' }))]), 'refused: it has more than 4 files');
});

test('readZippedFile() refuses what was cut, what has another checksum, and what is no archive', async () => {
  assert.equal(await read([{ ...plan, states: { crc: 1 } }]), broken);
  for (const change of [(archive: Buffer) => archive.subarray(0, -10), (archive: Buffer) => archive.subarray(20), () => Buffer.from('<html>'), () => Buffer.alloc(0)]) assert.equal(await read([plan], change), broken);
});

test('readZippedFile() throws for no archive, whatever single byte is changed', async () => {
  const archive = zipFile([{ name: 'notes.txt', content: 'some notes' }, plan]);
  for (let place = 0; place < archive.length; place += 1) {
    const changed = Buffer.from(archive);
    changed[place] = (changed[place] ?? 0) ^ 0xff;
    const found = await readZippedFile(changed, 'plan.json', limits);
    if (found.kind === 'file') assert.equal(Buffer.from(found.bytes).toString(), '{"a": 1}');
  }
});
