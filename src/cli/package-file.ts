import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';

/** Text of a file at the top of this package, above the sources as above what was built from them. */
export async function readPackageFile(name: string): Promise<string> {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, name)) && existsSync(join(folder, 'package.json'))) return await readFile(join(folder, name), 'utf8');
  }
  throw new Failure('NOT_FOUND', `Cannot read ${name}: it is not in this installation of Plumbline, expected it beside package.json. Install it again.`);
}
