import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { LogSource } from '../../audit/log-source.ts';
import { beginsProof } from '../../audit/proof-format.ts';
import { mostBundleBytes } from '../../audit/read-bundle.ts';
import { isDigest } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import { Failure } from '../../domain/failure.ts';
import { openExport } from './open-export.ts';

/** What a file or a folder has to be verified. */
export type ToVerify =
  | { readonly kind: 'log'; readonly log: LogSource }
  | { readonly kind: 'proof'; readonly text: string }
  /** `id`: the one that its name says; null where it says none. */
  | { readonly kind: 'bundle'; readonly bytes: Uint8Array; readonly id: Digest | null };

/** Opens what we write for others, told apart by how it begins. @throws Failure NOT_FOUND for anything else. @throws what reading throws. */
export async function openToVerify(path: string): Promise<ToVerify> {
  const start = await startOf(path);
  if (start.length >= 2 && start.readUInt16BE() === gzipMagic) return { kind: 'bundle', bytes: await bytesOf(path, mostBundleBytes), id: idIn(path) };
  if (!beginsProof(start.toString())) return { kind: 'log', log: await openExport(path) };
  const bytes = await bytesOf(path, longestProof);
  if (bytes.length > longestProof) throw new Failure('NOT_FOUND', `Cannot verify ${path}: it has more than ${longestProof} bytes, expected a proof.`);
  return { kind: 'proof', text: bytes.toString() };
}

/** Nothing of what is no plain file: a pipe is read once. */
async function startOf(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFile()) return Buffer.alloc(0);
  const file = await open(path);
  try {
    const { buffer: start, bytesRead } = await file.read({ buffer: Buffer.alloc(100) });
    return start.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** One byte more than may be tells that there are too many. */
async function bytesOf(path: string, most: number): Promise<Buffer> {
  return await buffer(createReadStream(path, { end: most }));
}

/** A file that is named as bundles are must be the one that it is named after. */
function idIn(path: string): Digest | null {
  const digest = `sha256:${/^([0-9a-f]{64})\.json\.gz$/.exec(basename(path))?.[1] ?? ''}`;
  return isDigest(digest) ? digest : null;
}

/** Bundles are compressed, exports and proofs are not. */
const gzipMagic = 0x1f8b;
/** A leaf of 64 KiB in base64, a path of 128 hashes and a checkpoint are far below. */
const longestProof = 1024 * 1024;
