import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { readEntry } from '../../src/audit/read-entry.ts';
import type { ReadEntry } from '../../src/audit/read-entry.ts';
import { tileWidth } from '../../src/audit/tile-path.ts';
import { topicsOf } from '../../src/audit/topic.ts';
import type { AuditIndex } from '../../src/flows/ports/audit-index.ts';
import type { StoredEntry } from '../../src/flows/ports/audit-log.ts';

/** The indexes beside logs in memory: made anew at each question. */
export function memoryIndex(entriesOf: (account: number) => Promise<readonly StoredEntry[]>): AuditIndex {
  const hashesOf = async (account: number): Promise<readonly Uint8Array[]> => (await entriesOf(account)).map(({ leaf, leafHash: kept }) => kept ?? leafHash(leaf));
  return {
    async about(account, topics, limit) {
      const wanted = new Set(topics);
      return (await entriesOf(account)).filter((stored) => topicsIn(stored).some((topic) => wanted.has(topic))).map(({ sequence }) => sequence).slice(0, limit);
    },
    async since(account, instant) {
      const entries = await entriesOf(account);
      return entries.find((stored) => new Date(entryIn(stored)?.time ?? 0) >= instant)?.sequence ?? entries.length;
    },
    async repositoryNamed(account, name) {
      const named = (await entriesOf(account)).map((stored) => entryIn(stored)?.repository ?? null);
      return named.findLast((repository) => repository?.name.toLowerCase() === name.toLowerCase()) ?? null;
    },
    entriesAt: async (account, sequences) => (await entriesOf(account)).filter(({ sequence }) => sequences.includes(sequence)),
    leafHashes: async (account, from, limit) => (await hashesOf(account)).slice(from, from + limit),
    async tileRoots(account, from, limit) {
      const hashes = await hashesOf(account);
      return Array.from({ length: Math.floor(hashes.length / tileWidth) }, (_none, tile) => rootOf(hashes.slice(tile * tileWidth, (tile + 1) * tileWidth))).slice(from, from + limit);
    },
  };
}

function entryIn({ leaf }: StoredEntry): ReadEntry | null {
  const reading = readEntry(new TextDecoder().decode(leaf));
  return reading.kind === 'entry' ? reading.entry : null;
}

function topicsIn(stored: StoredEntry): readonly string[] {
  const entry = entryIn(stored);
  return entry === null ? [] : topicsOf(entry);
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}
