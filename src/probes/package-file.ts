import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';

/** Content of a file of this package, by its path in it: it stands above the sources as above what was built from them. */
export async function readPackageFile(name: string): Promise<Buffer> {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, name)) && existsSync(join(folder, 'package.json'))) return await readFile(join(folder, name));
  }
  throw new Failure('NOT_FOUND', `Cannot read ${name}: it is not in this installation of Plumbline, expected it beside package.json. Install it again.`);
}
