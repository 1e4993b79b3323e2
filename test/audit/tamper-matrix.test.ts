import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, suite, test } from 'node:test';
import { formatEntryBundle, readEntryBundle } from '../../src/audit/entry-bundle.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { readAuditLog } from '../../src/flows/read-audit-log.ts';
import type { StoredEntry } from '../../src/flows/ports/audit-log.ts';
import { aDraft, aLog, aLogKey, account, exportOf, host, sealed, TestLog } from '../builders/a-log.ts';
import { tilesOf, verdictOnTiles } from '../builders/tiles-of.ts';
import { verdictOn } from '../builders/verify-export.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const trusted = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));

/** Which bytes to flip: all in the long run, else some, the same ones in every run. */
function placesIn(length: number, most: number, all: boolean = isLong): readonly number[] {
  if (all || length <= most) return Array.from({ length }, (_none, at) => at);
  return Array.from({ length: most }, (_none, at) => createHash('sha256').update(`${length} ${at}`).digest().readUInt32BE() % length);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const forged = Buffer.from(bytes);
  forged[at] = (forged[at] ?? 0) ^ (1 << (at % 8));
  return forged;
}

async function verdictOnStore(log: TestLog, checkpoints: readonly string[] = []): Promise<string> {
  const { outcome, firstWrong } = await verifyLog(await readAuditLog(log, account, [aLogKey().publicKey]), { keys: trusted, checkpoints });
  return firstWrong === null ? outcome : `${outcome} ${firstWrong.reason} ${String(firstWrong.sequence)}`;
}

function copyOf(log: TestLog): TestLog {
  const copy = new TestLog();
  [copy.entriesOf, copy.checkpointsOf, copy.snapshotsOf] = [[...log.entriesOf], [...log.checkpointsOf], [...log.snapshotsOf]];
  return copy;
}

suite('tampering with tiles', () => {
  let files = new Map<string, Uint8Array>();
  before(async () => {
    files = await tilesOf(await sealed(await aLog({ entries: 300, sealEvery: 150 })));
  });

  const forged = (path: string, bytes: Uint8Array): Map<string, Uint8Array> => new Map(files).set(path, bytes);

  test('no byte of any file can be changed', async () => {
    const few = await tilesOf(await sealed(await aLog({ entries: 5 })));
    for (const [from, isSmall] of [[few, true], [files, false]] as const) {
      for (const [path, bytes] of from) {
        for (const at of placesIn(bytes.length, isSmall ? 40 : 4, isSmall && isLong)) {
          // Keys beside the tiles count only where none is given.
          const keys = path === 'log.vkey' ? [] : trusted;
          assert.notEqual((await verdictOnTiles(new Map(from).set(path, flipped(bytes, at)), { keys })).split(' ')[0], 'verified', `${path} ${at}`);
        }
      }
    }
  });

  test('no entry can be put in, left out, moved or doubled, with the hash tile changed along or not', async () => {
    const path = 'tile/entries/000';
    const leaves = readEntryBundle(files.get(path)!)!;
    const [three, four] = [leaves[3]!, leaves[4]!];
    const own = Buffer.from(Buffer.from(three).toString().replace('allow', 'block'));
    for (const changed of [leaves.toSpliced(3, 1), leaves.toSpliced(3, 0, three), leaves.with(3, four).with(4, three), leaves.with(3, own), [...leaves.toSpliced(3, 1), three]]) {
      const withEntries = forged(path, formatEntryBundle(changed));
      assert.match(await verdictOnTiles(withEntries, { keys: trusted }), /^tampered/);
      withEntries.set('tile/0/000', Buffer.concat(changed.slice(0, 256).map((leaf) => leafHash(leaf))));
      assert.match(await verdictOnTiles(withEntries, { keys: trusted }), /^tampered/);
    }
  });

  test('a cut tail, an older export and a second history are found with an anchored checkpoint', async () => {
    const log = await sealed(await aLog({ entries: 300, sealEvery: 150 }));
    const anchored = log.checkpointsOf.at(-1)!.note;
    const older = await tilesOf(await aLog({ entries: 150 }));
    const split = await tilesOf(await sealed(await aLog({ entries: 300, sealEvery: 150, subject: 'merge-group' })));
    assert.deepEqual([await verdictOnTiles(older, { keys: trusted }), await verdictOnTiles(split, { keys: trusted })], ['verified', 'verified']);
    assert.match(await verdictOnTiles(older, { keys: trusted, checkpoints: [anchored] }), /^tampered cut_tail/);
    assert.match(await verdictOnTiles(split, { keys: trusted, checkpoints: [anchored] }), /^tampered root/);
    const cut = new Map(files);
    for (const path of files.keys()) if (path.includes('001.p')) cut.delete(path);
    assert.match(await verdictOnTiles(cut, { keys: trusted }), /^tampered tile 256/);
    assert.match(await verdictOnTiles(new Map(older).set('checkpoint', files.get('checkpoint')!), { keys: trusted }), /^tampered/);
  });
});

suite('tampering with the store', () => {
  let log = new TestLog();
  before(async () => {
    log = await sealed(await aLog({ entries: 4, sealEvery: 2 }));
  });

  test('no byte of a leaf, of what was recorded of it or of what opens it can be changed', async () => {
    const fields: readonly (readonly [string, (entry: StoredEntry) => Uint8Array, (entry: StoredEntry, bytes: Uint8Array) => StoredEntry])[] = [
      ['leaf', ({ leaf }) => leaf, (entry, leaf) => ({ ...entry, leaf })],
      ['leaf and its hash', ({ leaf }) => leaf, (entry, leaf) => ({ ...entry, leaf, leafHash: leafHash(leaf) })],
      ['hash', ({ leafHash: hash }) => hash!, (entry, hash) => ({ ...entry, leafHash: hash })],
      ...[0, 1, 2].flatMap((place) => [
        [`opening ${place}`, (entry: StoredEntry) => entry.openings[place]?.bytes ?? new Uint8Array(), (entry: StoredEntry, bytes: Uint8Array) => ({ ...entry, openings: entry.openings.with(place, { ...entry.openings[place]!, bytes }) })] as const,
        [`nonce ${place}`, (entry: StoredEntry) => entry.openings[place]?.nonce ?? new Uint8Array(), (entry: StoredEntry, nonce: Uint8Array) => ({ ...entry, openings: entry.openings.with(place, { ...entry.openings[place]!, nonce }) })] as const,
      ]),
    ];
    for (const [name, read, write] of fields) {
      for (const [sequence, entry] of log.entriesOf.entries()) {
        for (const at of placesIn(read(entry).length, 2)) {
          const changed = copyOf(log);
          changed.entriesOf[sequence] = write(entry, flipped(read(entry), at));
          assert.match(await verdictOnStore(changed), /^tampered/, `${name} ${sequence} ${at}`);
        }
      }
    }
  });

  test('no byte of a checkpoint can be changed', async () => {
    for (const [index, { note }] of log.checkpointsOf.entries()) {
      for (const at of placesIn(Buffer.from(note).length, 20)) {
        const changed = copyOf(log);
        changed.checkpointsOf[index] = { ...log.checkpointsOf[index]!, note: Buffer.from(flipped(Buffer.from(note), at)).toString() };
        assert.match(await verdictOnStore(changed), /^tampered/, `${index} ${at}`);
      }
    }
  });

  test('a cut tail, an older copy and a second history under the same key are found with an anchored checkpoint', async () => {
    const anchored = log.checkpointsOf.at(-1)!.note;
    const cut = copyOf(log);
    cut.entriesOf = cut.entriesOf.slice(0, 2);
    assert.match(await verdictOnStore(cut), /^tampered cut_tail/);
    cut.checkpointsOf = cut.checkpointsOf.slice(0, 1);
    assert.deepEqual([await verdictOnStore(cut), await verdictOnStore(cut, [anchored])], ['verified', 'tampered cut_tail 2']);
    for (const entries of [4, 20]) {
      const split = await sealed(await aLog({ entries, sealEvery: 2, subject: 'merge-group' }));
      assert.equal(await verdictOnStore(split), 'verified');
      assert.match(await verdictOnStore(split, [anchored]), /^tampered root/);
      assert.match(await verdictOn(await exportOf(split), { keys: trusted, checkpoints: [anchored] }), /^tampered root/);
    }
  });

  test('two checkpoints of one size convict whoever signed them, with either history', async () => {
    const [one, other] = await Promise.all(['pull-request', 'merge-group'].map(async (subject) => await aLog({ entries: 3, subject })));
    const notes = [one!, other!].map(({ checkpointsOf }) => checkpointsOf[0]!.note);
    for (const history of [one!, other!]) assert.match(await verdictOnStore(history, notes), /^tampered root/);
  });

  test('an older export does not pass for the log of today', async () => {
    const grown = await aLog({ entries: 4 });
    const older = await exportOf(grown);
    grown.append(aDraft());
    await sealed(grown);
    assert.equal(await verdictOn(older, { keys: trusted }), 'verified');
    assert.match(await verdictOn(older, { keys: trusted, checkpoints: [grown.checkpointsOf.at(-1)!.note] }), /^tampered cut_tail/);
  });
});
