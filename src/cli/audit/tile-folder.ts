import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { longestLeaf } from '../../audit/entry-bundle.ts';
import type { ReadTileFile } from '../../audit/read-tiles.ts';
import { tileWidth } from '../../audit/tile-path.ts';
import { Failure } from '../../domain/failure.ts';

/** A full bundle of the longest entries, each with its length. */
const longestFile = tileWidth * (longestLeaf + 2);

/** The files of a folder in the form of C2SP tlog-tiles. */
export function tileFolder(directory: string): ReadTileFile {
  return async (path) => {
    try {
      const file = await open(join(directory, path), 'r');
      try {
        const { size } = await file.stat();
        if (size > longestFile) throw new Failure('NOT_FOUND', `Cannot read ${path}: it has ${size} bytes, expected at most ${longestFile}.`);
        return await file.readFile();
      } finally {
        await file.close();
      }
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')) return null;
      throw thrown;
    }
  };
}
