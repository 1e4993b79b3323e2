import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';

/** How an entry says that what this digest names was kept beside it. */
export function snapshotLink(digest: Digest): string {
  return `${prefix}${digest}`;
}

/** The snapshots that an entry's links refer to. */
export function linkedSnapshots(links: readonly string[]): readonly Digest[] {
  return links.flatMap((link) => {
    const digest = link.startsWith(prefix) ? link.slice(prefix.length) : null;
    return isDigest(digest) ? [digest] : [];
  });
}

/** How an entry says that what was judged was kept beside it. Of this, unlike of a snapshot, anything may be erased. */
export function inputLink(digest: Digest): string {
  return `${inputPrefix}${digest}`;
}

/** How it says why not: it is too large, or somebody's secret may stand in it. */
export function notKeptLink(why: 'too-large' | 'secret'): string {
  return `${notKeptPrefix}${why}`;
}

/** What an entry's links say of what was judged; null when they say nothing: it judges nothing, or is of an older version. */
export function inputOfLinks(links: readonly string[]): { readonly kind: 'kept'; readonly digest: Digest } | { readonly kind: 'not-kept'; readonly why: string } | null {
  for (const link of links) {
    const digest = link.startsWith(inputPrefix) ? link.slice(inputPrefix.length) : null;
    if (isDigest(digest)) return { kind: 'kept', digest };
    if (link.startsWith(notKeptPrefix)) return { kind: 'not-kept', why: link.slice(notKeptPrefix.length) };
  }
  return null;
}

const prefix = 'snapshot:';
const inputPrefix = 'input:';
const notKeptPrefix = 'unreplayable:';
