import type { BlobContent } from '../../domain/probe-answer.ts';
import type { Sha } from '../../domain/tree.ts';

const maximumBytes = 32 * 1024 * 1024;

/** Contents that were read, up to a bound: the record and the gates ask for the same blobs, and one object is also parsed once. */
export class KeptBlobs {
  readonly #contents = new Map<Sha, BlobContent>();
  #room = maximumBytes;

  find(blob: Sha): BlobContent | undefined {
    return this.#contents.get(blob);
  }

  keep(blob: Sha, content: BlobContent): void {
    const size = content.kind === 'bytes' ? content.bytes.length : 0;
    if (size > this.#room || this.#contents.has(blob)) return;
    this.#room -= size;
    this.#contents.set(blob, content);
  }
}
