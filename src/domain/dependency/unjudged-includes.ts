import { dependencyFileOf } from './dependency-file.ts';
import type { DependencyFacts } from './dependency.ts';
import { pathFrom } from './path-from.ts';

/** Files that a manifest takes packages from and that are no manifests of the repository by their places and names: what stands in them nobody judges. */
export function unjudgedIncludes(path: string, { included = [] }: DependencyFacts): readonly string[] {
  const targets = included.flatMap((name) => {
    const target = pathFrom(path, name);
    return target === null ? [name] : dependencyFileOf(target) === null ? [target] : [];
  });
  return [...new Set(targets)];
}
