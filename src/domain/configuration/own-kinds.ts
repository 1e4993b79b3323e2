import { compileGlob } from '../glob/glob.ts';
import type { Glob } from '../glob/glob.ts';
import type { Configuration } from './configuration.ts';
import type { OwnKind } from './own-paths.ts';

/** What a configuration reads a path as to decide something; empty for what it does not. Globs are compiled once per configuration. */
export function ownKindsOf(configuration: Configuration, path: string): readonly OwnKind[] {
  const kinds = matchersOf(configuration).flatMap(({ kind, glob }) => (glob.matches(path) ? [kind] : []));
  return [...new Set(kinds)];
}

interface OwnMatcher {
  readonly kind: OwnKind;
  readonly glob: Glob;
}

const compiled = new WeakMap<Configuration, readonly OwnMatcher[]>();

function matchersOf(configuration: Configuration): readonly OwnMatcher[] {
  const known = compiled.get(configuration);
  if (known !== undefined) return known;
  const matchers = configuration.ownGlobs.map(({ kind, glob }) => ({ kind, glob: compileGlob(glob) }));
  compiled.set(configuration, matchers);
  return matchers;
}
