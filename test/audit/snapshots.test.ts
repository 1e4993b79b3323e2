import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { suite, test } from 'node:test';
import { openSnapshot } from '../../src/audit/open-snapshot.ts';
import { snapshotLink } from '../../src/audit/snapshot-link.ts';
import { gzipHeader } from '../../src/audit/pack.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { aDraft, aLog, exportOf, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { verdictOn, verifyExport } from '../builders/verify-export.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';

const content = (text: string): Uint8Array => Buffer.from(JSON.stringify({ contractId: text, spec: text.repeat(40) }));
const [checkout, billing] = [snapshotOf(content('checkout')), snapshotOf(content('billing'))];

function release(log: TestLog, { digest }: Snapshot, overrides: Parameters<typeof aDraft>[0] = {}): void {
  log.append(aDraft({ event: 'release.recorded', subject: 'contract:x@1.0.0', after: digest, links: ['commit:c', snapshotLink(digest)], ...overrides }));
}

/** Entry 0 is a decision, 1 and 2 release two contents, 3 releases the first one again. */
async function aReleasedLog(): Promise<TestLog> {
  const log = await aLog({ entries: 0 });
  log.append();
  for (const one of [checkout, billing, checkout]) release(log, one);
  log.snapshotsOf = [checkout, billing];
  return sealed(log);
}

function withGzip(snapshot: Snapshot, gzip: Uint8Array): readonly Snapshot[] {
  return [checkout, billing].map((one) => (one.digest === snapshot.digest ? { ...one, gzip } : one));
}

async function verdictWith(snapshots: readonly Snapshot[]): Promise<string> {
  const log = await aReleasedLog();
  log.snapshotsOf = [...snapshots];
  return verdictOn(await exportOf(log));
}

suite('snapshots', () => {
  test('are the same bytes for the same content, and open to it', () => {
    assert.deepEqual(snapshotOf(content('checkout')), checkout);
    assert.deepEqual(openSnapshot(checkout), { kind: 'content', content: Buffer.from(content('checkout')) });
    assert.equal(checkout.digest, digestOfBytes(content('checkout')));
  });

  test('stand once in an export, each before the first entry that refers to it, and are counted', async () => {
    const lines = (await exportOf(await aReleasedLog())).split('\n').slice(1, -1).map((line): Record<string, unknown> => JSON.parse(line));
    assert.deepEqual(lines.map((line) => line['sequence'] ?? line['digest']), [0, checkout.digest, 1, billing.digest, 2, 3, 4]);
    const result = await verifyExport(await exportOf(await aReleasedLog()));
    assert.ok('snapshots' in result);
    assert.deepEqual([result.outcome, result.snapshots], ['verified', 2]);
  });

  test('a release of before snapshots were kept verifies, and the result says so', async () => {
    const log = await aLog({ entries: 0 });
    release(log, checkout, { links: ['commit:c'] });
    const result = await verifyExport(await exportOf(await sealed(log)));
    assert.ok('notes' in result && result.outcome === 'verified');
    assert.match(result.notes.join('\n'), /Of 1 releases no snapshot was kept/);
  });

  test('an export of before snapshots, or what was judged, were kept verifies', async () => {
    const exported = await exportOf(await sealed(await aLog({ entries: 2 })));
    for (const older of ['plumbline-audit/1', 'plumbline-audit/2']) assert.equal(await verdictOn(exported.replace('plumbline-audit/3', older)), 'verified');
  });
});

suite('attacks on snapshots', () => {
  test('a flipped bit in any byte of one is found and located, unless it still holds the same bytes', async () => {
    const harmless = [...billing.gzip.keys()].flatMap((index) => (isLong ? [0, 1, 2, 3, 4, 5, 6, 7] : [index % 8]).map((bit) => [index, bit] as const)).filter(([index, bit]) => {
      const gzip = Buffer.from(billing.gzip);
      gzip[index] = (gzip[index] ?? 0) ^ (1 << bit);
      return openSnapshot({ ...billing, gzip }).kind === 'content';
    });
    assert.ok(harmless.every(([index]) => index === billing.gzip.length - 9), `only bits that pad the end mean nothing: ${JSON.stringify(harmless)}`);
    const flipped = Buffer.from(billing.gzip);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    assert.equal(await verdictWith(withGzip(billing, flipped)), 'tampered snapshot 2');
  });

  test('two whose contents were swapped are refused at the first of their entries', async () => {
    assert.equal(await verdictWith([{ ...checkout, gzip: billing.gzip }, { ...billing, gzip: checkout.gzip }]), 'tampered snapshot 1');
  });

  test('one that is dropped is missed by the entry that refers to it', async () => {
    assert.equal(await verdictWith([checkout]), 'tampered snapshot 2');
    assert.equal(await verdictWith([]), 'tampered snapshot 1');
  });

  test('an export can not be said to be of before snapshots were kept', async () => {
    const lines = (await exportOf(await aReleasedLog())).replace('plumbline-audit/3', 'plumbline-audit/1').split('\n');
    assert.equal(await verdictOn(lines.filter((line) => !line.includes('"snapshot":')).join('\n')), 'tampered snapshot 1');
  });

  test('one that unpacks without end is refused before it fills the memory', async () => {
    const bomb = gzipSync(Buffer.alloc((process.env['PLUMBLINE_LONG'] === '1' ? 64 : 17) * 1024 * 1024));
    gzipHeader.forEach((byte, index) => bomb.writeUInt8(byte, index));
    assert.ok(bomb.length < 100_000);
    assert.equal(await verdictWith(withGzip(checkout, bomb)), 'tampered snapshot 1');
  });

  test('one with something before, behind or beside it is refused', async () => {
    const second = gzipSync('');
    for (const gzip of [Buffer.concat([checkout.gzip, Buffer.of(0)]), Buffer.concat([checkout.gzip, second]), Buffer.concat([second, checkout.gzip]), gzipSync(content('checkout')), new Uint8Array(0), content('checkout')]) {
      assert.equal(await verdictWith(withGzip(checkout, gzip)), 'tampered snapshot 1');
    }
  });

  test('one that no entry refers to, that stands twice, or too early or too late, is refused', async () => {
    const lines = (await exportOf(await aReleasedLog())).split('\n');
    const [first, second] = lines.filter((line) => line.includes('"snapshot":'));
    assert.ok(first !== undefined && second !== undefined);
    const unasked = JSON.stringify({ digest: snapshotOf(content('x')).digest, snapshot: Buffer.from(snapshotOf(content('x')).gzip).toString('base64') });
    const verdict = async (changed: readonly string[]) => verdictOn(changed.join('\n'));
    assert.equal(await verdict(lines.toSpliced(2, 0, unasked)), 'tampered snapshot 1');
    assert.equal(await verdict(lines.toSpliced(2, 0, first)), 'tampered snapshot 1');
    assert.equal(await verdict(lines.toSpliced(4, 0, first)), 'tampered snapshot 2');
    assert.equal(await verdict(lines.toSpliced(4, 1).toSpliced(2, 0, second)), 'tampered snapshot 1');
    assert.equal(await verdict(lines.toSpliced(-1, 0, unasked)), 'tampered trailing 5');
  });

  test('one of another content than the release says is refused, though the entry refers to it', async () => {
    const log = await aLog({ entries: 0 });
    release(log, checkout, { after: billing.digest });
    log.snapshotsOf = [checkout];
    assert.equal(await verdictOn(await exportOf(await sealed(log))), 'tampered snapshot 0');
  });
});
