import { isDigest } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { JsonObject } from '../json-value.ts';
import { member } from './member.ts';

/** Where a bundle of policies stands: in the repository whose configuration names it, or at an address, pinned. */
export type BundlePlace = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'url'; readonly url: string; readonly digest: Digest };

/** A ready bundle that a configuration names. */
export interface NamedBundle {
  readonly name: string;
  readonly place: BundlePlace;
}

/** Those of a validated document, in its order. */
export function bundlesOf(document: JsonObject): readonly NamedBundle[] {
  return member.objects(member.object(document, 'governance'), 'bundles').flatMap((entry): readonly NamedBundle[] => {
    const [name, path, url, digest] = ['name', 'path', 'url', 'digest'].map((key) => member.text(entry, key));
    if (name === null || name === undefined) return [];
    if (path !== null && path !== undefined) return [{ name, place: { kind: 'path', path } }];
    return url !== null && url !== undefined && isDigest(digest) ? [{ name, place: { kind: 'url', url, digest } }] : [];
  });
}
