import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { pemOf } from './private-key.ts';
import { Secret } from './secret.ts';

const fileName = 'log-key.pem';
const readableByOthers = 0o077;

/**
 * The log key of an embedded store: made at the first start, readable by its owner only.
 * @throws Failure CONFIG_INVALID when others can read it, STORE_UNAVAILABLE when it can not be kept.
 */
export function keptLogKey(directory: string): Secret {
  const path = join(directory, fileName);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return read(path) ?? make(path);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('STORE_UNAVAILABLE', `Cannot keep the log key in the data directory: found ${codeOf(thrown)}, expected a directory that this user may write. Set DATA_DIR.`, { cause: thrown });
  }
}

function read(path: string): Secret | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  const mode = found.mode & 0o777;
  if ((mode & readableByOthers) !== 0) {
    throw new Failure('CONFIG_INVALID', `Cannot use the log key ${fileName}: found mode ${mode.toString(8)}, expected 600. Others may have read it; run chmod 600 on it, or set another LOG_KEY.`);
  }
  return new Secret(readFileSync(path, 'utf8'));
}

/** Written whole under another name and then linked: a crash leaves no half a key, and of two starters one wins. */
function make(path: string): Secret {
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, pemOf(generateKeyPairSync('ed25519').privateKey));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  } finally {
    unlinkSync(draft);
  }
  const kept = read(path);
  if (kept === null) throw new Failure('STORE_UNAVAILABLE', 'Cannot keep the log key: it vanished right after it was written. Nothing was signed with it; start again.');
  return kept;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'an error';
}
