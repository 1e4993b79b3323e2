import { Failure } from '../../domain/failure.ts';

/** One answer of `cat-file --batch-command` about contents. `bytes` is null when the object is over the limit: it was read past, not kept. */
export type BatchObject =
  | { readonly kind: 'object'; readonly name: string; readonly type: string; readonly size: number; readonly bytes: Buffer | null }
  | { readonly kind: 'missing'; readonly line: string };

const maximumHeader = 512;
const newline = 10;

/** Cuts the stream of answers into objects, without ever joining what it has already read. */
export class BatchParser {
  readonly #limit: number;
  readonly #emit: (object: BatchObject) => void;
  #header = '';
  #open: { readonly name: string; readonly type: string; readonly size: number; readonly chunks: Buffer[]; remaining: number } | null = null;

  constructor(limit: number, emit: (object: BatchObject) => void) {
    this.#limit = limit;
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) at = this.#open === null ? this.#readHeader(chunk, at) : this.#readBody(chunk, at);
  }

  #readHeader(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(newline, at);
    this.#header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
    if (this.#header.length > maximumHeader) throw unexpected(this.#header);
    if (end < 0) return chunk.length;
    const line = this.#header;
    this.#header = '';
    this.#start(line);
    return end + 1;
  }

  #start(line: string): void {
    const [, name, type, size] = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line) ?? [];
    if (name !== undefined && type !== undefined && size !== undefined) {
      // One more byte than the content: the line feed after it.
      this.#open = { name, type, size: Number(size), chunks: [], remaining: Number(size) + 1 };
    } else if (/ (?:missing|ambiguous|submodule)$/.test(line)) {
      this.#emit({ kind: 'missing', line });
    } else {
      throw unexpected(line);
    }
  }

  #readBody(chunk: Buffer, at: number): number {
    const open = this.#open;
    if (open === null) return at;
    const end = Math.min(chunk.length, at + open.remaining);
    if (open.size <= this.#limit) open.chunks.push(chunk.subarray(at, end));
    open.remaining -= end - at;
    if (open.remaining === 0) this.#finish(open);
    return end;
  }

  #finish(open: { readonly name: string; readonly type: string; readonly size: number; readonly chunks: readonly Buffer[] }): void {
    this.#open = null;
    // A copy: a slice would keep the whole pipe buffer alive for a small file.
    const bytes = open.size > this.#limit ? null : Buffer.concat(open.chunks).subarray(0, open.size);
    this.#emit({ kind: 'object', name: open.name, type: open.type, size: open.size, bytes });
  }
}

function unexpected(line: string): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read blobs: git answered ${JSON.stringify(line.slice(0, 80))}, expected name, type and size. Check the repository with: git fsck`);
}
