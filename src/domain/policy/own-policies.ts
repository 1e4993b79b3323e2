import { compileGlob } from '../glob/glob.ts';
import type { SnapshotFile } from '../snapshot.ts';
import type { FileSide } from '../tree.ts';

export interface OwnPolicy {
  readonly path: string;
  readonly base: FileSide;
}

/** Everything that stands at B where globs of policies look, whatever it is. */
export function ownPolicies(files: readonly SnapshotFile[], globs: readonly string[]): readonly OwnPolicy[] {
  const compiled = globs.map((glob) => compileGlob(glob));
  return files.flatMap(({ path, base }) => (base !== null && compiled.some((glob) => glob.matches(path)) ? [{ path, base }] : []));
}
