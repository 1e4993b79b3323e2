import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';

/** Names that a lock file has an answer for. */
export function namedPackages({ dependencies, inside = [] }: DependencyFacts): ReadonlySet<string> {
  return new Set([...dependencies.flatMap(({ name, key }) => (key === undefined ? name : [name, key])), ...inside]);
}
