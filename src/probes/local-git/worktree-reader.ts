import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import type { BlobContent } from '../../domain/probe-answer.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import type { FileMode, Sha } from '../../domain/tree.ts';
import { objectNameOf } from './object-name.ts';

interface FoundFile {
  readonly mode: FileMode;
  readonly blob: Sha;
  readonly content: BlobContent;
}

const slash = 47;
const chunkBytes = 1024 * 1024;

/** Reads files of a working tree as git would name them. It follows no symbolic link, on the way or at the end, and waits for no pipe. */
export class WorktreeReader {
  readonly #root: Buffer;
  readonly #digits: 40 | 64;
  readonly #trustsModes: boolean;
  readonly #folders = new Map<string, boolean>();

  constructor(root: string, digits: 40 | 64, trustsModes: boolean) {
    this.#root = Buffer.from(`${root}/`);
    this.#digits = digits;
    this.#trustsModes = trustsModes;
  }

  /** Null when no file or link stands there. `recorded` is the index's mode, which counts where the disk keeps none. */
  read(path: Buffer, recorded: string | null): FoundFile | null {
    if (!this.#isInRealFolder(path)) return null;
    const status = statusOf(this.#at(path));
    if (status?.isSymbolicLink() === true) return this.#file('120000', readlinkSync(this.#at(path), { encoding: 'buffer' }));
    if (status?.isFile() !== true) return null;
    const executable = this.#trustsModes ? (status.mode & 0o100) !== 0 : recorded === '100755';
    return this.#readFile(path, executable ? '100755' : '100644');
  }

  isDirectory(path: Buffer): boolean {
    return this.#isInRealFolder(path) && statusOf(this.#at(path))?.isDirectory() === true;
  }

  #readFile(path: Buffer, mode: FileMode): FoundFile {
    // Between the look and the opening the file may have become a link or a pipe: both are refused, not waited for.
    const file = openSync(this.#at(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const status = fstatSync(file);
      if (!status.isFile()) throw changedMeanwhile(path);
      if (status.size <= limits.fileBytes) return this.#file(mode, readFileSync(file));
      return { mode, blob: this.#hashLarge(file, status.size, path), content: { kind: 'too-large', size: status.size } };
    } finally {
      closeSync(file);
    }
  }

  #file(mode: FileMode, bytes: Buffer): FoundFile {
    const content: BlobContent = bytes.length > limits.fileBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'bytes', bytes };
    return { mode, blob: objectNameOf(bytes, this.#digits), content };
  }

  #hashLarge(file: number, size: number, path: Buffer): Sha {
    const hash = createHash(this.#digits === 64 ? 'sha256' : 'sha1').update(`blob ${size}\0`);
    const chunk = Buffer.alloc(chunkBytes);
    let total = 0;
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      total += length;
      hash.update(chunk.subarray(0, length));
    }
    if (total !== size) throw changedMeanwhile(path);
    return hash.digest('hex');
  }

  /** Git takes a file below a symbolic link for absent: it belongs to where the link points. */
  #isInRealFolder(path: Buffer): boolean {
    const end = path.lastIndexOf(slash);
    if (end < 0) return true;
    const folder = path.subarray(0, end);
    const key = folder.toString('latin1');
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const real = this.#isInRealFolder(folder) && statusOf(this.#at(folder))?.isDirectory() === true;
    this.#folders.set(key, real);
    return real;
  }

  #at(path: Buffer): Buffer {
    return Buffer.concat([this.#root, path]);
  }
}

function statusOf(path: Buffer): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(path.toString())}: it can not be looked at, expected a readable file. Check its permissions.`, { cause: error });
  }
}

function changedMeanwhile(path: Buffer): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(path.toString())}: it changed while it was read, expected it to stand still. Run the command again.`);
}
