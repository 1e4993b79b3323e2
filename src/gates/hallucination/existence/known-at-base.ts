import satisfies from 'semver/functions/satisfies.js';
import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { pythonVersion } from '../../../domain/dependency/python-version.ts';
import { isProven } from './added-packages.ts';

/** Packages that lock files of the base know by their content, by ecosystem and name, with their versions. */
export type ProvenPackages = ReadonlyMap<string, ReadonlySet<string>>;

export function provenPackages(locks: readonly { readonly ecosystem: Ecosystem; readonly facts: DependencyFacts }[]): ProvenPackages {
  const proven = new Map<string, Set<string>>();
  for (const { ecosystem, facts } of locks) for (const one of facts.dependencies) {
    if (one.place !== undefined || !isProven(one)) continue;
    const key = `${ecosystem}:${one.name}`;
    const versions = proven.get(key) ?? new Set();
    proven.set(key, versions.add(one.wanted));
  }
  return proven;
}

/** `version`: what is wanted was fetched before. `name`: another version of it was. */
export function isKnownAtBase(proven: ProvenPackages, { ecosystem, name, version }: { readonly ecosystem: Ecosystem; readonly name: string; readonly version: string | null }): 'version' | 'name' | 'no' {
  const versions = proven.get(`${ecosystem}:${name}`);
  if (versions === undefined) return 'no';
  return version === null || [...versions].some((known) => fits(known, version, ecosystem)) ? 'version' : 'name';
}

function fits(known: string, wanted: string, ecosystem: Ecosystem): boolean {
  if (ecosystem === 'npm') return known === wanted || (wanted.length <= 256 && satisfies(known, wanted, { loose: true }));
  const version = /^={2,3}\s*([^\s,;*]+)$/.exec(wanted)?.[1];
  return version !== undefined && pythonVersion(version) !== null && pythonVersion(version) === pythonVersion(known);
}
