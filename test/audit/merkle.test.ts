import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { CompactRange } from '../../src/audit/compact-range.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { provesConsistency, provesInclusion } from '../../src/audit/merkle-proof.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';

const runs = { seed: 1, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 2_000 : 100 };

/** The leaves and roots that RFC 6962 implementations share. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function aTree(size: number): MerkleTree {
  const tree = new MerkleTree();
  for (let index = 0; index < size; index += 1) tree.append(leafHash(`leaf ${index}`));
  return tree;
}

suite('Merkle tree', () => {
  test('CompactRange has the published root at every size', () => {
    const range = new CompactRange();
    const found = [hex(range.root())];
    for (const leaf of leaves) {
      range.append(leafHash(Buffer.from(leaf, 'hex')));
      found.push(hex(range.root()));
    }
    assert.deepEqual(found, roots);
  });

  test('CompactRange copied and extended leaves the original as it was', () => {
    const range = new CompactRange();
    range.append(leafHash('a'));
    const before = hex(range.root());
    new CompactRange(range).append(leafHash('b'));
    assert.deepEqual([range.size, hex(range.root())], [1, before]);
  });

  test('MerkleTree has the root of the CompactRange at every size up to 200', () => {
    const tree = aTree(200);
    const range = new CompactRange();
    for (let size = 0; size <= 200; size += 1) {
      assert.equal(hex(tree.root(size)), hex(range.root()));
      range.append(leafHash(`leaf ${size}`));
    }
  });

  test('leafHash() of a text is that of its UTF-8 bytes', () => {
    assert.equal(hex(leafHash('ü 😀\0')), hex(leafHash(Buffer.from('ü 😀\0'))));
  });

  test('an inclusion proof proves its own leaf and no other', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(), fc.nat(), (size, a, b) => {
      const tree = aTree(size);
      const index = a % size;
      const proof = tree.inclusionProof(index);
      const claim = { index, size, leafHash: leafHash(`leaf ${index}`), root: tree.root() };
      assert.ok(provesInclusion(claim, proof));
      const other = b % size;
      if (other !== index) assert.ok(!provesInclusion({ ...claim, leafHash: leafHash(`leaf ${other}`) }, proof));
      if (other !== index) assert.ok(!provesInclusion({ ...claim, index: other }, proof));
      assert.ok(!provesInclusion(claim, [...proof, tree.root()]));
      if (proof.length > 0) assert.ok(!provesInclusion(claim, proof.slice(1)));
    }), runs);
  });

  test('a consistency proof proves its own two roots and no others', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(), fc.nat(), (second, a, b) => {
      const tree = aTree(second);
      const first = 1 + (a % second);
      const proof = tree.consistencyProof(first, second);
      const claim = { first: { size: first, root: tree.root(first) }, second: { size: second, root: tree.root() } };
      assert.ok(provesConsistency(claim, proof));
      const other = 1 + (b % second);
      if (other !== first) assert.ok(!provesConsistency({ ...claim, first: { size: first, root: tree.root(other) } }, proof));
      if (other !== first) assert.ok(!provesConsistency({ ...claim, first: { size: other, root: tree.root(other) } }, proof));
      assert.ok(!provesConsistency(claim, [...proof, tree.root()]));
    }), runs);
  });

  test('a tree with one changed leaf has no consistency with the old one', () => {
    const old = aTree(20);
    const forged = new MerkleTree();
    for (let index = 0; index < 30; index += 1) forged.append(leafHash(index === 7 ? 'forged' : `leaf ${index}`));
    const claim = { first: { size: 20, root: old.root() }, second: { size: 30, root: forged.root() } };
    assert.ok(!provesConsistency(claim, forged.consistencyProof(20)));
  });

  test('positions that are no sizes are refused', () => {
    const tree = aTree(3);
    assert.throws(() => tree.inclusionProof(3), RangeError);
    assert.throws(() => tree.inclusionProof(0, 0), RangeError);
    assert.throws(() => tree.root(4), RangeError);
    assert.throws(() => tree.root(0.5), RangeError);
    assert.throws(() => tree.consistencyProof(0), RangeError);
    assert.ok(!provesInclusion({ index: 2 ** 64, size: 2 ** 65, leafHash: tree.root(), root: tree.root() }, []));
  });
});

interface Vector {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly root: string;
  readonly leafHash: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const published = join(process.env['PLUMBLINE_CONFORMANCE'] ?? join(import.meta.dirname, '../../../shared/conformance'), 'merkle');
const skip = existsSync(published) ? false : 'the published Merkle vectors are not there: set PLUMBLINE_CONFORMANCE';

function vectors(kind: string): readonly (readonly [string, Vector])[] {
  const names = readdirSync(join(published, kind), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.map((name) => [name, JSON.parse(readFileSync(join(published, kind, name), 'utf8')) as Vector]);
}

function decode(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

suite('published Merkle proofs', { skip }, () => {
  test('provesInclusion() agrees with all 98', () => {
    const all = vectors('inclusion');
    for (const [name, one] of all) {
      const claim = { index: one.leafIdx, size: one.treeSize, leafHash: decode(one.leafHash), root: decode(one.root) };
      assert.equal(provesInclusion(claim, (one.proof ?? []).map(decode)), !one.wantErr, name);
    }
    assert.equal(all.length, 98);
  });

  test('provesConsistency() agrees with all 98', () => {
    const all = vectors('consistency');
    for (const [name, one] of all) {
      const claim = { first: { size: one.size1, root: decode(one.root1) }, second: { size: one.size2, root: decode(one.root2) } };
      assert.equal(provesConsistency(claim, (one.proof ?? []).map(decode)), !one.wantErr, name);
    }
    assert.equal(all.length, 98);
  });
});
