import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { LogSource } from '../../audit/log-source.ts';
import { readExport } from '../../audit/read-export.ts';
import { readTiles } from '../../audit/read-tiles.ts';
import { Failure } from '../../domain/failure.ts';
import { tileFolder } from './tile-folder.ts';

/** A log that was exported to a file, or as tiles to a folder. @throws Failure NOT_FOUND for anything else. */
export async function openExport(path: string): Promise<LogSource> {
  const isFolder = (await stat(path)).isDirectory();
  const reading = isFolder ? await readTiles(tileFolder(path)) : await readExport(createReadStream(path, { highWaterMark: chunkBytes }));
  if (reading.kind !== 'problem') return reading.source;
  throw new Failure('NOT_FOUND', `Cannot verify ${path}: ${reading.why}. Give ${isFolder ? 'a folder that plumbline audit export --format tiles' : 'a file that plumbline audit export'} wrote, or the word store.`);
}

/** What is read at once is held at once: with a megabyte its entries outlive the young generation, and that costs a tenth of the time. */
const chunkBytes = 128 * 1024;
