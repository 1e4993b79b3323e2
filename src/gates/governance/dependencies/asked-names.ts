import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';
import type { DependencyFile } from '../../../domain/dependency/dependency-file.ts';

/** Lists of a manifest of which a lock file names all: not what is optional to npm, what builds, and what only limits others. */
const locked = /^(?:dependencies|devDependencies|optional-dependencies|dependency-groups|poetry\.(?:dependencies|dev-dependencies|group\..*)|(?:uv|pdm)\.dev-dependencies.*)$/s;

/** Names that a manifest asks for wherever it is installed. */
export function askedNames({ dependencies }: DependencyFacts, { format }: DependencyFile): readonly string[] {
  const optional = new Set(dependencies.flatMap(({ name, kind }) => (kind === 'optionalDependencies' ? name : [])));
  return dependencies.filter(({ name, kind, place, isConditional }) => place === undefined && isConditional !== true && (format === 'pipfile' || locked.test(kind)) && !optional.has(name)).map(({ name }) => name);
}
