import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';

/** Where a file or folder of this package is, by its path in it: it stands above the sources as above what was built from them. @throws Failure NOT_FOUND */
export function packagePath(name: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, name)) && existsSync(join(folder, 'package.json'))) return join(folder, name);
  }
  throw new Failure('NOT_FOUND', `Cannot read ${name}: it is not in this installation of Plumbline, expected it beside package.json. Install it again.`);
}
