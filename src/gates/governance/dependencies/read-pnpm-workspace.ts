import { readLooseYaml } from '../../../domain/document/read-loose-yaml.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmDependency } from './npm-spec.ts';
import { membersOf } from './read-package-json.ts';

/** Catalogs, which stand for ranges in the manifests of a workspace, and overrides. */
export function readPnpmWorkspace(text: string): DependencyFacts {
  const reading = readLooseYaml(new TextEncoder().encode(text));
  if (reading.kind === 'problem') throw new UnreadDependencies(`it has ${reading.problem.found}`);
  const { value } = reading.document;
  if (!isJsonObject(value)) return { dependencies: [], indexes: [] };
  const catalogs = [...membersOf(value, 'catalog'), ...membersOf(value, 'catalogs').flatMap(([, catalog]) => (isJsonObject(catalog) ? Object.entries(catalog) : []))];
  return { dependencies: [...named(catalogs, 'catalog'), ...named(membersOf(value, 'overrides'), 'overrides')], indexes: [] };
}

function named(members: readonly (readonly [string, JsonValue])[], kind: string): readonly Dependency[] {
  return members.flatMap(([name, spec]) => (typeof spec === 'string' ? (npmDependency(name, spec, kind) ?? []) : []));
}
