import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import { compileGlob } from '../glob/glob.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * Names what a change does: [[path, mode, blob at M, blob at H]…] in the order of paths. A path that is an evidence document does not
 * count, since that states the digest. Another merge base with the same contents gives the same digest.
 * @param evidence Globs of evidence documents.
 */
export function changeDigestOf({ files }: Pick<Snapshot, 'files'>, evidence: readonly string[]): Digest {
  const globs = evidence.map(compileGlob);
  const changed = files.filter(({ changed: isChanged, path }) => isChanged && !globs.some((glob) => glob.matches(path)));
  return digestOfValue(changed.map(({ path, mergeBase, head }) => [path, head?.mode ?? mergeBase?.mode ?? null, mergeBase?.blob ?? null, head?.blob ?? null]));
}
