import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, suite, test } from 'node:test';
import { formatEntryBundle, readEntryBundle } from '../../src/audit/entry-bundle.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { tilePath } from '../../src/audit/tile-path.ts';
import { TileStack } from '../../src/audit/tile-stack.ts';
import { TileTree } from '../../src/audit/tile-tree.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { exportTiles } from '../../src/flows/export-tiles.ts';
import { aDraft, aLog, aLogKey, account, host, sealed, TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';
import { tilesOf, verdictOnTiles, verifyTiles } from '../builders/tiles-of.ts';

const trusted = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));

/** MTH of RFC 6962, 2.1, as it is written there: nothing of ours. */
function mth(leaves: readonly Uint8Array[]): Buffer {
  const sha = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [only] = leaves;
  if (only === undefined) return sha();
  if (leaves.length === 1) return sha(Buffer.of(0), only);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

function someLeaves(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_none, at) => Buffer.from(`leaf ${at}`));
}

suite('tiles of a log', () => {
  test('paths are those of the specification', () => {
    assert.deepEqual([
      tilePath({ level: 0, index: 1_234_067, width: 256 }),
      tilePath({ level: 0, index: 273, width: 112 }),
      tilePath({ level: 2, index: 0, width: 1 }),
      tilePath({ level: 'entries', index: 1_000, width: 256 }),
    ], ['tile/0/x001/x234/067', 'tile/0/273.p/112', 'tile/2/000.p/1', 'tile/entries/x001/000']);
  });

  test('a tree of 70,000 entries has the tiles that the specification counts', () => {
    const stack = new TileStack();
    const full = new Map<number, number>();
    for (let at = 0; at < 70_000; at += 1) for (const { level } of stack.append(leafHash(String(at)))) full.set(level, (full.get(level) ?? 0) + 1);
    assert.deepEqual([[...full], stack.rest().map(({ level, index, hashes }) => [level, index, hashes.length])], [[[0, 273], [1, 1]], [[0, 273, 112], [1, 1, 17], [2, 0, 1]]]);
  });

  test('each hash of each tile is the one that RFC 6962 defines, and so is the root', () => {
    for (const size of [1, 2, 255, 256, 257, 511, 513, 700]) {
      const leaves = someLeaves(size);
      const stack = new TileStack();
      const tiles = [...leaves.flatMap((leaf) => stack.append(leafHash(leaf))), ...stack.rest()];
      for (const { level, index, hashes } of tiles) {
        for (const [at, hash] of hashes.entries()) {
          const from = (index * 256 + at) * 256 ** level;
          assert.deepEqual(Buffer.from(hash), mth(leaves.slice(from, from + 256 ** level)), `${size}: ${level}/${index}/${at}`);
        }
      }
      assert.deepEqual(Buffer.from(stack.root()), mth(leaves));
    }
  });

  test('TileTree gives the proofs of MerkleTree, with the leaves of one tile at most', async () => {
    const hashes = someLeaves(1_300).map((leaf) => leafHash(leaf));
    const [tree, whole] = [new TileTree(), new MerkleTree()];
    for (const hash of hashes) {
      tree.append(hash);
      whole.append(hash);
    }
    for (let at = 0; at < 1_300; at += 37) {
      const asked = new Set<number>();
      const leavesOf = (tile: number): readonly Uint8Array[] => {
        asked.add(tile);
        return hashes.slice(tile * 256, (tile + 1) * 256);
      };
      assert.deepEqual(await tree.inclusionProof(at, leavesOf), whole.inclusionProof(at));
      assert.deepEqual(await tree.consistencyProof(at + 1, leavesOf), whole.consistencyProof(at + 1));
      assert.deepEqual(await tree.root(at + 1, leavesOf), whole.root(at + 1));
      assert.ok(asked.size <= 2, `${at}: ${[...asked].join(', ')}`);
    }
  });

  test('a bundle is read as it was written, and one whose end is cut is none', () => {
    const leaves = [Buffer.from(''), Buffer.from('a'), Buffer.alloc(65_535, 'x')];
    const bundle = formatEntryBundle(leaves);
    assert.deepEqual(readEntryBundle(bundle)?.map((leaf) => Buffer.from(leaf)), leaves);
    assert.deepEqual([...bundle.subarray(0, 5)], [0, 0, 0, 1, 0x61]);
    for (const cut of [1, 3, bundle.length - 1]) assert.equal(readEntryBundle(bundle.subarray(0, cut)), null);
    assert.throws(() => formatEntryBundle([Buffer.alloc(65_536)]), RangeError);
  });
});

suite('a log exported as tiles', () => {
  let log = new TestLog();
  let files = new Map<string, Uint8Array>();
  before(async () => {
    log = await sealed(await aLog({ entries: 600 }));
    files = await tilesOf(log);
  });

  test('holds every leaf, every hash and the checkpoint, and verifies with the given key', async () => {
    assert.deepEqual([...files.keys()], ['tile/entries/000', 'tile/0/000', 'tile/entries/001', 'tile/0/001', 'tile/entries/002.p/89', 'tile/0/002.p/89', 'tile/1/000.p/2', 'log.vkey', 'checkpoint']);
    const result = await verifyTiles(files, { keys: trusted });
    assert.deepEqual([result?.outcome, result?.entries, result?.sealed, result?.erased], ['verified', 601, 601, 0]);
    assert.match(result?.notes.join(' ') ?? '', /Tiles hold the leaves alone/);
  });

  test('goes up to the newest checkpoint and no further', async () => {
    const young = await aLog({ entries: 5, sealEvery: 3 });
    assert.deepEqual([...(await tilesOf(young)).keys()], ['tile/entries/000.p/3', 'tile/0/000.p/3', 'log.vkey', 'checkpoint']);
  });

  test('is none where no checkpoint covers an entry', async () => {
    const young = new TestLog();
    young.append();
    await assert.rejects(exportTiles(young, account, []), isFailure('NOT_FOUND', /no checkpoint covers it yet/));
  });

  test('ends before its checkpoint where the store is not what was sealed', async () => {
    const broken = await aLog({ entries: 3 });
    broken.entriesOf[1] = { ...broken.entriesOf[1]!, leaf: broken.entriesOf[0]!.leaf };
    await assert.rejects(tilesOf(broken), isFailure('AUDIT_TAMPERED', /not what its checkpoint at size 3 commits to/));
  });

  test('refuses an entry that no bundle can hold, and names it', async () => {
    const large = new TestLog();
    large.append();
    const { openings, ...small } = (large.append(), large.entriesOf[1]!);
    const leaf = Buffer.from(Buffer.from(small.leaf).toString().replace('pull-request:7', 'x'.repeat(70_000)));
    large.entriesOf[1] = { ...small, openings, leaf, leafHash: leafHash(leaf) };
    await sealed(large);
    await assert.rejects(tilesOf(large), isFailure('STORE_INCONSISTENT', /entry 1 has 7\d{4} bytes, expected at most 65535/));
  });

  test('holds all that can be appended: a longer entry is refused there', () => {
    assert.throws(() => new TestLog().append(aDraft({ subject: 'x'.repeat(65_535) })), isFailure('STORE_INCONSISTENT', /expected at most 65535\. Nothing was changed/));
    new TestLog().append(aDraft({ subject: 'x'.repeat(64_000) }));
  });

  test('verifies with a full tile where the partial one was dropped', async () => {
    const older = await tilesOf(await aLog({ entries: 300 }));
    const mixed = new Map(files);
    for (const name of ['checkpoint', 'tile/1/000.p/1']) mixed.set(name, older.get(name)!);
    assert.equal(await verdictOnTiles(mixed, { keys: trusted }), 'verified');
  });

  test('names the first wrong entry or tile', async () => {
    const changed = async (path: string, change: (bytes: Buffer) => Uint8Array | null): Promise<string> => {
      const forged = new Map(files);
      const bytes = change(Buffer.from(files.get(path)!));
      if (bytes === null) forged.delete(path);
      else forged.set(path, bytes);
      return await verdictOnTiles(forged, { keys: trusted });
    };
    const leaves = readEntryBundle(files.get('tile/entries/001')!)!;
    assert.equal(await changed('tile/entries/001', () => formatEntryBundle(leaves.with(4, leaves[5]!))), 'tampered leaf_changed 260');
    assert.equal(await changed('tile/entries/001', () => formatEntryBundle(leaves.toSpliced(4, 1))), 'tampered tile 256');
    assert.equal(await changed('tile/entries/001', () => null), 'tampered tile 256');
    assert.equal(await changed('tile/0/001', () => null), 'tampered tile 256');
    assert.equal(await changed('tile/1/000.p/2', () => null), 'tampered tile 0');
    assert.equal(await changed('tile/1/000.p/2', (bytes) => bytes.subarray(32)), 'tampered tile 0');
    assert.equal(await changed('checkpoint', () => null), 'unchecked');
    assert.equal(await changed('log.vkey', () => null), 'verified');
  });
});
