import { compileGlob } from '../glob/glob.ts';
import type { BranchEntry, Configuration } from './configuration.ts';

/** The entry that governs a branch: the first that names it. Null for an ungoverned branch. */
export function entryOf(configuration: Pick<Configuration, 'branches'>, branch: string): BranchEntry | null {
  return configuration.branches.find((entry) => entry.names.some((name) => compileGlob(name).matches(branch))) ?? null;
}
