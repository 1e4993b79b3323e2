import { isUtf8 } from 'node:buffer';
import { accountOfOrigin } from './account-of-origin.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readEntryBundle } from './entry-bundle.ts';
import type { Opening } from './entry.ts';
import { readItem } from './export-format.ts';
import type { EntryItem, LogItem, LogSource, UnreadableItem } from './log-source.ts';
import { hashLength } from './merkle-hash.ts';
import { sameBytes } from './same-bytes.ts';
import { tilePath, tileWidth } from './tile-path.ts';
import type { TileName } from './tile-path.ts';
import { TileStack } from './tile-stack.ts';
import type { HashTile } from './tile-stack.ts';

/** Whole files by their paths below the log; null for one that is not there. */
export type ReadTileFile = (path: string) => Promise<Uint8Array | null>;

export type TilesReading = { readonly kind: 'tiles'; readonly source: LogSource } | { readonly kind: 'problem'; readonly why: string };

/** Beside the tiles: verifier keys of the log, one per line. Other tools leave it alone, and the other file. */
export const keysFile = 'log.vkey';
/** Beside the tiles, where the log says something about keys: those entries as an export in NDJSON has them, without actor and rationale. */
export const statementsFile = 'log.statements';

/**
 * Opens a log in tiles (C2SP tlog-tiles) for verification: every entry against the tile of its hash, and every tile of hashes
 * against what the entries make of it. Reads each file once. What stands there beyond the checkpoint's size is not looked at.
 */
export async function readTiles(read: ReadTileFile): Promise<TilesReading> {
  const note = textOf(await read('checkpoint'));
  if (note === null) return { kind: 'problem', why: 'it has no checkpoint' };
  const reading = readCheckpoint(note);
  if (reading.kind === 'problem') return { kind: 'problem', why: `its checkpoint is malformed: ${reading.why}` };
  const { origin, size } = reading.checkpoint;
  const account = accountOfOrigin(origin);
  if (account === null) return { kind: 'problem', why: 'its checkpoint is of a log that names no account' };
  const keys = (textOf(await read(keysFile)) ?? '').split('\n').filter((line) => line !== '');
  const statements = statementsIn(textOf(await read(statementsFile)) ?? '');
  if (statements === null) return { kind: 'problem', why: `its ${statementsFile} is malformed` };
  return { kind: 'tiles', source: { header: { account, size, checkpoints: [note], keys }, leavesAlone: true, batches: tileBatches(read, size, statements) } };
}

/** What opens entries about keys, by their sequences. */
type Statements = ReadonlyMap<number, readonly Opening[]>;

/** Null when a line is no entry. Whether it opens what the tiles hold is found with the entry. */
function statementsIn(text: string): Statements | null {
  const statements = new Map<number, readonly Opening[]>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const item = readItem(line);
    if (item.kind !== 'entry') return null;
    statements.set(item.sequence, item.openings);
  }
  return statements;
}

async function* tileBatches(read: ReadTileFile, size: number, statements: Statements): AsyncGenerator<readonly LogItem[]> {
  const stack = new TileStack();
  for (let index = 0; index * tileWidth < size; index += 1) {
    const width = Math.min(tileWidth, size - index * tileWidth);
    const hashes = hashesOf(await tileOf(read, { level: 0, index, width }), width);
    if (hashes === null) return yield [wrongTile({ level: 0, index, width })];
    yield entriesOf(await tileOf(read, { level: 'entries', index, width }), { index, hashes, statements });
    // Whoever reads on has found each leaf to be that of its hash.
    for (const tile of hashes.flatMap((hash) => stack.append(hash))) if (await differs(read, tile)) return yield [wrongTile(nameOf(tile))];
  }
  for (const tile of stack.rest()) if (await differs(read, tile)) return yield [wrongTile(nameOf(tile))];
}

/** A tile that has grown full since may stand in its place. */
async function tileOf(read: ReadTileFile, tile: TileName): Promise<Uint8Array | null> {
  const found = await read(tilePath(tile));
  return found === null && tile.width < tileWidth ? await read(tilePath({ ...tile, width: tileWidth })) : found;
}

function hashesOf(bytes: Uint8Array | null, width: number): readonly Uint8Array[] | null {
  if (bytes === null || (bytes.length !== width * hashLength && bytes.length !== tileWidth * hashLength)) return null;
  return Array.from({ length: width }, (_none, at) => bytes.subarray(at * hashLength, (at + 1) * hashLength));
}

interface Tile {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly statements: Statements;
}

function entriesOf(bundle: Uint8Array | null, { index, hashes, statements }: Tile): readonly LogItem[] {
  const leaves = bundle === null ? null : readEntryBundle(bundle);
  const width = hashes.length;
  if (leaves === null || (leaves.length !== width && leaves.length !== tileWidth)) return [wrongTile({ level: 'entries', index, width })];
  return hashes.map((leafHash, at) => {
    const sequence = index * tileWidth + at;
    return entryOf(leaves[at] ?? new Uint8Array(), { sequence, leafHash, openings: statements.get(sequence) ?? [] });
  });
}

function entryOf(leaf: Uint8Array, at: Pick<EntryItem, 'sequence' | 'leafHash' | 'openings'>): EntryItem | UnreadableItem {
  if (!isUtf8(leaf)) return { kind: 'unreadable', why: 'its leaf is not valid UTF-8' };
  return { kind: 'entry', ...at, leaf: Buffer.from(leaf).toString('utf8') };
}

/** Those of leaves were compared with the entries. */
async function differs(read: ReadTileFile, tile: HashTile): Promise<boolean> {
  if (tile.level === 0) return false;
  const found = await tileOf(read, nameOf(tile));
  const hashes = hashesOf(found, tile.hashes.length);
  return hashes === null || !hashes.every((hash, at) => sameBytes(hash, tile.hashes[at] ?? new Uint8Array()));
}

function nameOf({ level, index, hashes }: HashTile): TileName {
  return { level, index, width: hashes.length };
}

function wrongTile(tile: TileName): LogItem {
  const span = tileWidth ** (tile.level === 'entries' ? 0 : tile.level);
  const from = tile.index * tileWidth * span;
  const through = from + tile.width * span - 1;
  const expected = tile.level === 'entries' ? `the entries ${from} to ${through}` : `the hashes of entries ${from} to ${through}`;
  return { kind: 'wrong', wrong: { reason: 'tile', sequence: from, through, message: `Cannot verify ${tilePath(tile)}: it is missing, has another length or other hashes, expected ${expected}.` } };
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null || !isUtf8(bytes) ? null : Buffer.from(bytes).toString('utf8');
}
