import type { Configuration } from '../configuration/configuration.ts';
import { behaviorGlobsOf } from '../configuration/own-paths.ts';
import { compileGlob } from '../glob/glob.ts';
import type { TreeEntry } from '../tree.ts';

/** What of these stands where a configuration has behaviours, whatever it is; null: nothing governs, and there are none. */
export function behaviorFiles(entries: readonly TreeEntry[], configuration: Pick<Configuration, 'document'> | null): readonly TreeEntry[] {
  const globs = configuration === null ? [] : behaviorGlobsOf(configuration.document).map((glob) => compileGlob(glob));
  return globs.length === 0 ? [] : entries.filter(({ path }) => globs.some((glob) => glob.matches(path)));
}
