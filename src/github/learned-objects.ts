import type { BlobContent } from '../domain/probe-answer.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';

/** What one query told besides what it was asked for, over the shared cache. It lives as long as the repository is open. */
export class LearnedObjects implements ObjectCache {
  readonly #beneath: ObjectCache;
  readonly #blobs = new Map<Sha, BlobContent>();
  readonly #texts = new Map<string, string>();

  constructor(beneath: ObjectCache) {
    this.#beneath = beneath;
  }

  learnBlob(blob: Sha, content: BlobContent): void {
    this.#blobs.set(blob, content);
  }

  learnText(key: string, value: string): void {
    this.#texts.set(key, value);
  }

  learned(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  async blobs(accountId: number, wanted: readonly Sha[]): Promise<ReadonlyMap<Sha, BlobContent>> {
    const found = new Map<Sha, BlobContent>();
    for (const blob of wanted) {
      const content = this.#blobs.get(blob);
      if (content !== undefined) found.set(blob, content);
    }
    const missing = wanted.filter((blob) => !found.has(blob));
    if (missing.length === 0) return found;
    return new Map([...found, ...(await this.#beneath.blobs(accountId, missing))]);
  }

  keepBlobs(accountId: number, blobs: ReadonlyMap<Sha, BlobContent>): Promise<void> {
    return this.#beneath.keepBlobs(accountId, blobs);
  }

  async find(accountId: number, key: string): Promise<string | null> {
    return this.#texts.get(key) ?? (await this.#beneath.find(accountId, key));
  }

  keep(accountId: number, key: string, value: string): Promise<void> {
    return this.#beneath.keep(accountId, key, value);
  }
}
