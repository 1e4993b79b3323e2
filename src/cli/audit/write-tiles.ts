import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readCheckpoint } from '../../audit/checkpoint.ts';
import type { Checkpoint } from '../../audit/checkpoint.ts';
import { quote } from '../../audit/quote.ts';
import { sameBytes } from '../../audit/same-bytes.ts';
import { Failure } from '../../domain/failure.ts';
import type { TileExport, TileFile } from '../../flows/export-tiles.ts';

/**
 * Writes a log as tiles to a folder. Each file appears whole, the checkpoint last, so that a folder is as its checkpoint says
 * whenever this ends. What is there already stays as it is, and must be the same.
 * @throws Failure USAGE on a folder of another log; AUDIT_TAMPERED on one that holds another history of this log.
 */
export async function writeTiles(directory: string, { checkpoint, files }: TileExport): Promise<void> {
  refuseOther(directory, await readFile(join(directory, 'checkpoint')).catch(nullWhenMissing), checkpoint);
  for await (const file of files) await writeTile(directory, file);
}

function refuseOther(directory: string, found: Uint8Array | null, { origin, size }: Checkpoint): void {
  const reading = found === null ? null : readCheckpoint(Buffer.from(found).toString('utf8'));
  if (reading === null) return;
  if (reading.kind === 'problem' || reading.checkpoint.origin !== origin) throw new Failure('USAGE', `Cannot write to ${directory}: its checkpoint is ${reading.kind === 'problem' ? 'malformed' : `of ${quote(reading.checkpoint.origin)}`}, expected one of ${quote(origin)} or none. Choose another folder.`);
  if (reading.checkpoint.size > size) throw otherHistory(directory, `it holds ${reading.checkpoint.size} entries, the store has sealed ${size}`);
}

async function writeTile(directory: string, { path, bytes, isImmutable }: TileFile): Promise<void> {
  const place = join(directory, path);
  if (isImmutable) {
    const found = await readFile(place).catch(nullWhenMissing);
    if (found !== null && sameBytes(found, bytes)) return;
    if (found !== null) throw otherHistory(directory, `${path} holds something else than the store`);
  }
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const beside = `${place}.${randomUUID()}.new`;
  try {
    await writeWhole(beside, bytes);
    await rename(beside, place);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
}

/** Readable by its owner only: leaves name repositories and what was decided about them. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function otherHistory(directory: string, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot write to ${directory}: ${why}. The folder and the store hold different histories of one log; nothing that was there was changed. Verify both with plumbline audit verify.`);
}

function nullWhenMissing(thrown: unknown): null {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
  throw thrown;
}
