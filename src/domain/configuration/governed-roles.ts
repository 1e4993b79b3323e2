import { compileGlob } from '../glob/glob.ts';
import type { Glob } from '../glob/glob.ts';
import type { FileRole } from '../snapshot.ts';
import type { Configuration } from './configuration.ts';

/** What a configuration makes of a path; empty for an ungoverned one. Globs are compiled once per configuration. */
export function rolesOf(configuration: Configuration, path: string): readonly FileRole[] {
  const matchers = matchersOf(configuration);
  return matchers.flatMap(({ role, globs }) => (globs.some((glob) => glob.matches(path)) ? [role] : []));
}

interface RoleMatcher {
  readonly role: FileRole;
  readonly globs: readonly Glob[];
}

const compiled = new WeakMap<Configuration, readonly RoleMatcher[]>();

function matchersOf(configuration: Configuration): readonly RoleMatcher[] {
  const known = compiled.get(configuration);
  if (known !== undefined) return known;
  const matchers = [
    matcher('contract', configuration.contracts.flatMap((set) => set.paths)),
    matcher('schema', configuration.schemas.flatMap((set) => set.paths)),
    matcher('request', configuration.requestPaths),
    matcher('own', configuration.ownGlobs.map(({ glob }) => glob)),
  ];
  compiled.set(configuration, matchers);
  return matchers;
}

function matcher(role: FileRole, globs: readonly string[]): RoleMatcher {
  return { role, globs: [...new Set(globs)].map((glob) => compileGlob(glob)) };
}
