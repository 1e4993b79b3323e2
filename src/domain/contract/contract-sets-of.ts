import type { Configuration, ContractSet } from '../configuration/configuration.ts';
import { compileGlob } from '../glob/glob.ts';
import type { Glob } from '../glob/glob.ts';

/**
 * Every set whose globs match the path, in configured order. The first one says where the fields stand; the
 * layout and the signatures that any of them asks for hold, and the schemas of all: a further set can only tighten.
 */
export function contractSetsOf(configuration: Configuration, path: string): readonly ContractSet[] {
  return matchersOf(configuration).flatMap(({ set, globs }) => (globs.some((glob) => glob.matches(path)) ? [set] : []));
}

interface SetMatcher {
  readonly set: ContractSet;
  readonly globs: readonly Glob[];
}

const compiled = new WeakMap<Configuration, readonly SetMatcher[]>();

function matchersOf(configuration: Configuration): readonly SetMatcher[] {
  const known = compiled.get(configuration) ?? configuration.contracts.map((set) => ({ set, globs: set.paths.map((glob) => compileGlob(glob)) }));
  compiled.set(configuration, known);
  return known;
}
