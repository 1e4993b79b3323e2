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

const prefix = 'snapshot:';
