import { readTiles } from '../../src/audit/read-tiles.ts';
import type { ReadTileFile } from '../../src/audit/read-tiles.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import type { VerifyOptions } from '../../src/audit/verify-log.ts';
import type { Verification } from '../../src/audit/verification.ts';
import { exportTiles } from '../../src/flows/export-tiles.ts';
import type { AuditReader } from '../../src/flows/ports/audit-log.ts';
import { account, aLogKey } from './a-log.ts';

/** The files of a log in tiles, by path. */
export async function tilesOf(log: AuditReader): Promise<Map<string, Uint8Array>> {
  const { files } = await exportTiles(log, account, [aLogKey().publicKey]);
  const written = new Map<string, Uint8Array>();
  for await (const { path, bytes } of files) written.set(path, bytes);
  return written;
}

export function readFrom(files: ReadonlyMap<string, Uint8Array>): ReadTileFile {
  return async (path) => files.get(path) ?? null;
}

export async function verifyTiles(files: ReadonlyMap<string, Uint8Array>, options: Partial<VerifyOptions> = {}): Promise<Verification | null> {
  const reading = await readTiles(readFrom(files));
  return reading.kind === 'problem' ? null : await verifyLog(reading.source, { keys: [], checkpoints: [], ...options });
}

/** The outcome and what was wrong first. */
export async function verdictOnTiles(files: ReadonlyMap<string, Uint8Array>, options: Partial<VerifyOptions> = {}): Promise<string> {
  const result = await verifyTiles(files, options);
  if (result === null) return 'unchecked';
  const { outcome, firstWrong } = result;
  return firstWrong === null ? outcome : `${outcome} ${firstWrong.reason} ${String(firstWrong.sequence)}`;
}
