import { Failure } from '../domain/failure.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LogProof } from './log-proof.ts';
import type { LogHeader, LogItem, LogSource } from './log-source.ts';
import { leafHash } from './merkle-hash.ts';
import { provesConsistency, provesInclusion } from './merkle-proof.ts';
import { tileWidth } from './tile-path.ts';
import { TileTree } from './tile-tree.ts';

/** `entry`: by its id or its sequence. `from`: that the log extends what it was at this size, at least 1. */
export type ToProve = { readonly entry: string | number } | { readonly from: number };

/**
 * Makes a proof against the newest checkpoint of a log, reading it once up to there. Memory grows by 64 bytes for 256 entries.
 * @throws Failure NOT_FOUND for what no checkpoint covers; AUDIT_TAMPERED where the log is not what its checkpoint says.
 */
export async function prove({ header, batches }: LogSource, wanted: ToProve): Promise<LogProof> {
  const { note, checkpoint } = newestOf(header);
  if ('from' in wanted && (wanted.from < 1 || wanted.from > checkpoint.size)) throw new Failure('NOT_FOUND', `Cannot prove from size ${wanted.from}: expected 1 to ${checkpoint.size}, which the newest checkpoint covers. Give one of these.`);
  const pass = new Pass(wanted);
  for await (const batch of batches) {
    for (const item of batch) pass.take(item, checkpoint.size);
    if (pass.tree.size >= checkpoint.size) break;
  }
  return await proofOf(pass, wanted, { note, checkpoint, keys: header.keys });
}

function newestOf({ account, checkpoints }: LogHeader): { readonly note: string; readonly checkpoint: Checkpoint } {
  const note = checkpoints.at(-1);
  const reading = readCheckpoint(note ?? '');
  if (note === undefined || reading.kind === 'problem') throw new Failure('NOT_FOUND', `Cannot prove anything of the log of account ${account}: no checkpoint covers it. A running server seals about every minute.`);
  return { note, checkpoint: reading.checkpoint };
}

/** Keeps the hashes of those leaves that the proof needs, beside the tree. */
class Pass {
  readonly tree = new TileTree();
  readonly #entry: string | number | null;
  readonly #keptTiles = new Map<number, readonly Uint8Array[]>();
  /** The tile that a proof needs the leaves of; null until it is known. */
  #wantedTile: number | null;
  #open: Uint8Array[] = [];
  found: { readonly index: number; readonly leaf: string } | null = null;

  constructor(wanted: ToProve) {
    this.#entry = 'entry' in wanted ? wanted.entry : null;
    this.#wantedTile = 'from' in wanted ? Math.floor(wanted.from / tileWidth) : null;
  }

  take(item: LogItem, size: number): void {
    if (this.tree.size >= size || item.kind === 'snapshot') return;
    if (item.kind !== 'entry') throw new Failure('AUDIT_TAMPERED', `Cannot prove anything: ${item.kind === 'wrong' ? item.wrong.message : item.why}. ${verifyFirst}`);
    const index = this.tree.size;
    if (this.#isWanted(item.leaf, index)) {
      this.found = { index, leaf: item.leaf };
      this.#wantedTile = Math.floor(index / tileWidth);
    }
    const hash = leafHash(item.leaf);
    this.tree.append(hash);
    this.#open.push(hash);
    if (this.#open.length < tileWidth) return;
    const tile = Math.floor(index / tileWidth);
    if (tile === this.#wantedTile) this.#keptTiles.set(tile, this.#open);
    this.#open = [];
  }

  leavesOf(tile: number): readonly Uint8Array[] {
    return this.#keptTiles.get(tile) ?? [];
  }

  #isWanted(leaf: string, index: number): boolean {
    if (typeof this.#entry === 'number') return index === this.#entry;
    return this.#entry !== null && this.found === null && leaf.includes(`"id":"${this.#entry}"`);
  }
}

interface Against {
  readonly note: string;
  readonly checkpoint: Checkpoint;
  readonly keys: readonly string[];
}

async function proofOf(pass: Pass, wanted: ToProve, { note, checkpoint, keys }: Against): Promise<LogProof> {
  const { tree, found } = pass;
  const { size, root } = checkpoint;
  const leavesOf = (tile: number): readonly Uint8Array[] => pass.leavesOf(tile);
  if (tree.size < size) throw isNotTheLog(checkpoint);
  if ('from' in wanted) {
    const path = await tree.consistencyProof(wanted.from, leavesOf);
    const first = { size: wanted.from, root: await tree.root(wanted.from, leavesOf) };
    if (!provesConsistency({ first, second: checkpoint }, path)) throw isNotTheLog(checkpoint);
    return { kind: 'consistency', from: first, path, checkpoint: note, keys };
  }
  if (found === null) throw new Failure('NOT_FOUND', `Cannot prove entry ${wanted.entry}: it is not among the ${size} entries that the newest checkpoint covers. What was appended since the last minute is not sealed yet.`);
  const path = await tree.inclusionProof(found.index, leavesOf);
  if (!provesInclusion({ index: found.index, size, leafHash: leafHash(found.leaf), root }, path)) throw isNotTheLog(checkpoint);
  return { kind: 'inclusion', ...found, path, checkpoint: note, keys };
}

function isNotTheLog({ size }: Checkpoint): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot prove anything: the log is not what its checkpoint at size ${size} commits to. ${verifyFirst}`);
}

const verifyFirst = 'Find the first wrong entry with plumbline audit verify.';
