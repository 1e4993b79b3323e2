import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { catalogsIn, membersOf, namedIn, overridesIn, pinned, pnpmNames } from './npm-names.ts';
import { yamlObject } from './yaml-object.ts';

const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Read as npm reads it: of two members of one name the last counts. */
export function readPackageJson(text: string): DependencyFacts {
  return factsOf(objectOf(text));
}

/** The same in YAML, which pnpm takes. */
export function readPackageYaml(text: string): DependencyFacts {
  return factsOf(yamlObject(text));
}

export function objectOf(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  if (!isJsonObject(value)) throw new UnreadDependencies('it is no JSON object');
  return value;
}

function factsOf(value: JsonObject): DependencyFacts {
  const { pnpm, workspaces } = value;
  const dependencies = [
    ...lists.flatMap((list) => namedIn(membersOf(value, list), list)),
    ...[value['overrides'], value['resolutions']].flatMap(overridesIn),
    ...(isJsonObject(pnpm) ? pnpmNames(pnpm) : []),
    ...[value, workspaces].flatMap((one) => (isJsonObject(one) ? catalogsIn(one) : [])),
    ...packageManagers(value),
  ];
  return { dependencies, indexes: [] };
}

/** Fetched and run by Corepack, or by the package manager that stands there already. */
function packageManagers({ packageManager, devEngines }: JsonObject): readonly Dependency[] {
  const [, name, spec] = typeof packageManager === 'string' ? (/^(@?[^@]{1,214})@(.*)$/.exec(packageManager) ?? []) : [];
  const engines = isJsonObject(devEngines) ? [devEngines['packageManager']].flat() : [];
  return [
    ...(name === undefined || spec === undefined ? [] : pinned(name, spec, 'packageManager')),
    ...engines.flatMap((engine) => (isJsonObject(engine) && typeof engine['name'] === 'string' ? pinned(engine['name'], typeof engine['version'] === 'string' ? engine['version'] : '*', 'devEngines') : [])),
  ];
}
