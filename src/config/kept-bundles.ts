import type { Digest } from '../domain/digest.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import type { KeptBundles } from '../probes/policy-bundles/fetch-bundle.ts';

/** Fetched bundles in the store, which all processes share: a host may be away afterwards. */
export function keptBundles(cache: Pick<ObjectCache, 'find' | 'keep'>, accountId: number): KeptBundles {
  return {
    async find(digest) {
      const text = await cache.find(accountId, keyOf(digest));
      return text === null ? null : Uint8Array.from(Buffer.from(text, 'base64'));
    },
    keep: async (digest, bytes) => await cache.keep(accountId, keyOf(digest), Buffer.from(bytes).toString('base64')),
  };
}

function keyOf(digest: Digest): string {
  return `policy-bundle:${digest}`;
}
