import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { limits } from '../../domain/limits.ts';

export type Archive =
  /** By name, without a leading slash. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'refused'; readonly why: string };

/** Beside this thread: what a stranger packed is unpacked before anything is known of it. */
const unpack = promisify<Uint8Array, { readonly maxOutputLength: number }, Uint8Array>(gunzip);

const blockBytes = 512;
const unpackedBytes = 32 * 1024 * 1024;

/**
 * Reads a `.tar.gz` in memory, as OPA and tar write it for plain files (POSIX.1-1988 ustar). Whatever else the format
 * can say (links, devices, long names, sparse files) is refused, not skipped: nothing is ever written by what it says.
 */
export async function readArchive(bytes: Uint8Array): Promise<Archive> {
  if (bytes.length > limits.bundleBytes) return refused(`it has ${bytes.length} bytes, expected at most ${limits.bundleBytes}`);
  try {
    return entriesOf(await unpack(bytes, { maxOutputLength: unpackedBytes }));
  } catch {
    return refused(`it is no gzip of at most ${unpackedBytes} bytes`);
  }
}

function entriesOf(tar: Uint8Array): Archive {
  const files = new Map<string, Uint8Array>();
  for (let place = 0; ; ) {
    const header = tar.subarray(place, place + blockBytes);
    if (header.length < blockBytes) return refused('it ends early');
    if (header.every((byte) => byte === 0)) return { kind: 'files', files };
    const entry = entryOf(header);
    if (typeof entry === 'string') return refused(entry);
    place += blockBytes;
    if (place + entry.size > tar.length) return refused('it ends early');
    if (entry.isFile) {
      if (files.has(entry.name)) return refused(`${JSON.stringify(entry.name)} is in it twice`);
      if (files.size >= limits.policyFiles) return refused(`it has more than ${limits.policyFiles} files`);
      files.set(entry.name, tar.subarray(place, place + entry.size));
    }
    place += Math.ceil(entry.size / blockBytes) * blockBytes;
  }
}

interface Entry {
  readonly name: string;
  readonly size: number;
  readonly isFile: boolean;
}

function entryOf(header: Uint8Array): Entry | string {
  const size = octalAt(header, 124, 12);
  if (size === null || octalAt(header, 148, 8) !== sumOf(header)) return 'it has a broken header';
  const prefix = String.fromCharCode(...header.subarray(257, 262)) === 'ustar' ? textAt(header, 345, 155) : '';
  const written = `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`;
  const kind = header[156] === 0 ? '0' : String.fromCharCode(header[156] ?? 0);
  if (kind !== '0' && kind !== '5') return `${shown(written)} is neither a file nor a folder`;
  const name = written.replace(/^(?:\.?\/)/, '').replace(/\/$/, '');
  if (kind === '5') return size === 0 ? { name, size, isFile: false } : `${shown(written)} is a folder with content`;
  return name.split('/').every((segment) => /^[A-Za-z0-9_.-]+$/.test(segment) && segment !== '.' && segment !== '..') ? { name, size, isFile: true } : `${shown(written)} is no name within it`;
}

function textAt(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('latin1');
}

/** Null for what is no number in octal digits. */
function octalAt(header: Uint8Array, from: number, length: number): number | null {
  const digits = textAt(header, from, length).trim();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** The sum of a header counts its own field as spaces. */
function sumOf(header: Uint8Array): number {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 32 : byte), 0);
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}

function refused(why: string): Archive {
  return { kind: 'refused', why };
}
