import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

export type ZippedFile = { readonly kind: 'file'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string };

export interface ZipLimits {
  /** Of the archive's. */
  readonly files: number;
  /** Unpacked, of the file that is asked for. */
  readonly bytes: number;
}

/**
 * Reads one file of an archive, in memory: nothing is ever written by what an archive says. It is hostile: the whole of it is
 * refused for one name that leads out of it or stands in it twice, and unpacking ends at the size that the file states.
 */
export async function readZippedFile(archive: Uint8Array, name: string, limits: ZipLimits): Promise<ZippedFile> {
  try {
    return await readFrom(await fromBufferPromise(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), { strictFileNames: true, validateEntrySizes: true }), name, limits);
  } catch {
    // What the library says repeats what the archive has.
    return refused('it is broken, or has a name that leads out of it');
  }
}

async function readFrom(archive: ZipFile, name: string, limits: ZipLimits): Promise<ZippedFile> {
  if (archive.entryCount > limits.files) return refused(`it has more than ${limits.files} files`);
  const names = new Set<string>();
  let wanted: Entry | null = null;
  for await (const entry of archive.eachEntry()) {
    if (names.has(entry.fileName)) return refused('it has a name twice');
    names.add(entry.fileName);
    if (entry.fileName === name) wanted = entry;
  }
  if (wanted === null) return refused('the file is not in it');
  const objection = objectionTo(wanted, limits);
  return objection === null ? { kind: 'file', bytes: await unpack(archive, wanted, limits.bytes) } : refused(objection);
}

/** The upper half of the attributes is a mode of Unix, where whoever made the archive says so. */
function objectionTo(entry: Entry, { bytes }: ZipLimits): string | null {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000) return 'the file is a link, or no file';
  if (!entry.canDecodeFileData()) return 'the file is encrypted, or packed in another way than deflate';
  return entry.uncompressedSize > bytes ? `the file has more than ${bytes} bytes` : null;
}

/** Counted again: what a file states of its size and what it unpacks to may differ. */
async function unpack(archive: ZipFile, entry: Entry, most: number): Promise<Uint8Array> {
  const stream: AsyncIterable<Uint8Array> = await archive.openReadStreamPromise(entry);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > most) throw new Error('it unpacks to more than it states');
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  if (crc32(bytes) !== entry.crc32) throw new Error('its checksum is another one');
  return bytes;
}

function refused(why: string): ZippedFile {
  return { kind: 'refused', why };
}
