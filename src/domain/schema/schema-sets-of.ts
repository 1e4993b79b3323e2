import type { Configuration, SchemaSet } from '../configuration/configuration.ts';
import { compileGlob } from '../glob/glob.ts';
import type { Glob } from '../glob/glob.ts';

/** Every schema set whose globs match the path, in configured order. What each of them demands holds, so that a further set can only tighten. */
export function schemaSetsOf(configuration: Configuration, path: string): readonly SchemaSet[] {
  return matchersOf(configuration).flatMap(({ set, globs }) => (globs.some((glob) => glob.matches(path)) ? [set] : []));
}

interface SetMatcher {
  readonly set: SchemaSet;
  readonly globs: readonly Glob[];
}

const compiled = new WeakMap<Configuration, readonly SetMatcher[]>();

function matchersOf(configuration: Configuration): readonly SetMatcher[] {
  const known = compiled.get(configuration) ?? configuration.schemas.map((set) => ({ set, globs: set.paths.map((glob) => compileGlob(glob)) }));
  compiled.set(configuration, known);
  return known;
}
