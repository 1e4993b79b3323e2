import { readFile } from 'node:fs/promises';
import { packagePath } from './package-path.ts';

/** Content of a file of this package. @throws Failure NOT_FOUND */
export async function readPackageFile(name: string): Promise<Buffer> {
  return await readFile(packagePath(name));
}
