import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { formatEntryBundle, longestLeaf } from '../audit/entry-bundle.ts';
import { formatItem } from '../audit/export-format.ts';
import type { EntryItem, LogHeader, UnreadableItem } from '../audit/log-source.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { loggedStatement } from '../audit/logged-statement.ts';
import { keysFile, statementsFile } from '../audit/read-tiles.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { tilePath, tileWidth } from '../audit/tile-path.ts';
import { TileStack } from '../audit/tile-stack.ts';
import type { HashTile } from '../audit/tile-stack.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from './ports/audit-log.ts';
import { readLeaves } from './read-audit-log.ts';

export interface TileFile {
  /** Below the log, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** It never has another content; one that does is of another log. */
  readonly isImmutable: boolean;
}

export interface TileExport {
  readonly checkpoint: Checkpoint;
  readonly files: AsyncIterable<TileFile>;
}

/**
 * An account's log up to its newest checkpoint as the files of C2SP tlog-tiles, the checkpoint last: without it a folder is no whole
 * one. Streams: memory does not grow with the log. `publicKeys` (raw) are named beside the tiles, for readers who have no key of their own, and what the log
 * says about keys stands there for those who have an earlier one.
 * @throws Failure NOT_FOUND when nothing was sealed; AUDIT_TAMPERED when the log is not what its checkpoint says: then no checkpoint comes.
 */
export async function exportTiles(audit: AuditReader, account: number, publicKeys: readonly Uint8Array[]): Promise<TileExport> {
  const { header, batches } = await readLeaves(audit, account, publicKeys);
  const note = header.checkpoints.at(-1) ?? '';
  const reading = readCheckpoint(note);
  if (reading.kind === 'problem') throw new Failure('NOT_FOUND', `Cannot export the log of account ${account} as tiles: ${note === '' ? 'no checkpoint covers it yet' : `its newest checkpoint is malformed, ${reading.why}`}. A running server seals about every minute.`);
  return { checkpoint: reading.checkpoint, files: tileFiles({ account, header, note, checkpoint: reading.checkpoint, batches }) };
}

interface LogToTile {
  readonly account: number;
  readonly header: LogHeader;
  readonly note: string;
  readonly checkpoint: Checkpoint;
  readonly batches: AsyncIterable<readonly (EntryItem | UnreadableItem)[]>;
}

async function* tileFiles({ account, header, note, checkpoint, batches }: LogToTile): AsyncGenerator<TileFile> {
  const stack = new TileStack();
  let leaves: Uint8Array[] = [];
  const statements: string[] = [];
  let count = 0;
  for await (const item of untilSize(batches, checkpoint.size)) {
    if (item.kind === 'unreadable') throw tampered(account, item.why);
    const leaf = Buffer.from(item.leaf);
    if (leaf.length > longestLeaf) throw new Failure('STORE_INCONSISTENT', `Cannot export the log of account ${account} as tiles: entry ${item.sequence} has ${leaf.length} bytes, expected at most ${longestLeaf}, which is what an entry bundle holds. Export it as NDJSON.`);
    leaves.push(leaf);
    statements.push(...statementLines(item));
    count += 1;
    const full = stack.append(leafHash(leaf));
    if (full.length === 0) continue;
    yield bundleFile(count, leaves);
    leaves = [];
    for (const tile of full) yield hashFile(tile);
  }
  if (count !== checkpoint.size || !sameBytes(stack.root(), checkpoint.root)) throw tampered(account, `its ${count} entries are not what its checkpoint at size ${checkpoint.size} commits to`);
  if (leaves.length > 0) yield bundleFile(count, leaves);
  for (const tile of stack.rest()) yield hashFile(tile);
  if (statements.length > 0) yield { path: statementsFile, bytes: Buffer.from(statements.join('')), isImmutable: false };
  yield { path: keysFile, bytes: Buffer.from(header.keys.map((key) => `${key}\n`).join('')), isImmutable: false };
  yield { path: 'checkpoint', bytes: Buffer.from(note), isImmutable: false };
}

/** As an export in NDJSON has the entry, with what it says about keys and nothing else. */
function statementLines(item: EntryItem): readonly string[] {
  const opening = loggedStatement(item)?.opening ?? null;
  return opening === null ? [] : [formatItem({ ...item, openings: [opening] })];
}

async function* untilSize<Item>(batches: AsyncIterable<readonly Item[]>, size: number): AsyncGenerator<Item> {
  let count = 0;
  for await (const batch of batches) {
    for (const item of batch.slice(0, size - count)) yield item;
    count += batch.length;
    if (count >= size) return;
  }
}

function bundleFile(end: number, leaves: readonly Uint8Array[]): TileFile {
  return { path: tilePath({ level: 'entries', index: Math.floor((end - 1) / tileWidth), width: leaves.length }), bytes: formatEntryBundle(leaves), isImmutable: true };
}

function hashFile({ level, index, hashes }: HashTile): TileFile {
  return { path: tilePath({ level, index, width: hashes.length }), bytes: Buffer.concat(hashes), isImmutable: true };
}

function tampered(account: number, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot export the log of account ${account} as tiles: ${why}. Verify the store with plumbline audit verify.`);
}
