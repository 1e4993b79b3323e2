import type { BlobContent } from '../../src/domain/probe-answer.ts';
import type { ObjectCache } from '../../src/flows/ports/object-cache.ts';

/** An object cache in memory; a test may look into it and spoil it. */
export interface MemoryCache extends ObjectCache {
  readonly contents: Map<string, BlobContent>;
  readonly texts: Map<string, string>;
}

export function memoryCache(): MemoryCache {
  const contents = new Map<string, BlobContent>();
  const texts = new Map<string, string>();
  return {
    contents,
    texts,
    blobs: async (_account, wanted) => new Map(wanted.flatMap((blob) => (contents.has(blob) ? [[blob, contents.get(blob)!] as const] : []))),
    keepBlobs: async (_account, blobs) => {
      for (const [blob, content] of blobs) contents.set(blob, content);
    },
    find: async (_account, key) => texts.get(key) ?? null,
    keep: async (_account, key, value) => void texts.set(key, value),
  };
}
