import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { declared, UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { membersOf, objectIn, textIn } from './json-members.ts';
import { catalogsIn, isPnpmSource, overridesIn, pinned, pnpmNames } from './npm-names.ts';
import { npmDependency } from './npm-spec.ts';
import { yamlObject } from './yaml-object.ts';

const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Read as npm reads it: of two members of one name the last counts. */
export function readPackageJson(text: string): DependencyFacts {
  return factsOf(objectOf(text));
}

/** The same in YAML, which pnpm takes. By the same name Haskell has a file of its own, with lists of words. */
export function readPackageYaml(text: string): DependencyFacts {
  return factsOf(Object.fromEntries(Object.entries(yamlObject(text)).filter(([name, value]) => !lists.includes(name) || !isOfWords(value))));
}

function isOfWords(value: JsonValue): boolean {
  return !isJsonObject(value) && [value].flat().every((one) => typeof one === 'string' && !/[:/@#]/.test(one));
}

export function objectOf(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  if (!isJsonObject(value)) throw new UnreadDependencies('it is no JSON object');
  return value;
}

function factsOf(value: JsonObject): DependencyFacts {
  const { workspaces } = value;
  const named = lists.flatMap((list) => membersOf(value, list).map(([name, spec]) => ({ list, name, spec: textIn(spec, name) })));
  const ranges = new Map(named.toReversed().map(({ name, spec }) => [name, spec]));
  const rangeOf = (name: string) => ranges.get(name);
  const dependencies = [
    ...named.map(({ list, name, spec }) => npmDependency(name, spec, list)),
    ...['overrides', 'resolutions'].flatMap((list) => overridesIn(value, list, rangeOf)),
    ...pnpmNames(Object.fromEntries(membersOf(value, 'pnpm')), rangeOf),
    ...[value, workspaces].flatMap((one) => (isJsonObject(one) ? catalogsIn(one) : [])),
    ...packageManagers(value),
    ...runtimes(value),
  ];
  return { dependencies, indexes: membersOf(value, 'pnpm').filter(([name]) => isPnpmSource(name)).map(([name, setting]) => `(pnpm.${name} = ${JSON.stringify(setting)})`).toSorted(), hasMembers: workspaces !== undefined };
}

/** Fetched and run by Corepack, or by the package manager that stands there already. */
function packageManagers(value: JsonObject): readonly Dependency[] {
  const { packageManager = '' } = value;
  if (typeof packageManager !== 'string') throw new UnreadDependencies('its package manager is no text');
  const [, name = packageManager, spec = '*'] = /^(@?[^@]{1,214})@(.*)$/s.exec(packageManager) ?? [];
  return [...(name === '' ? [] : pinned(name, spec, 'packageManager')), ...enginesAt(value, 'devEngines', 'packageManager').flatMap((engine) => pinned(engine.name, engine.version, 'devEngines'))];
}

/** Fetched and run by pnpm, unless it is only to say what is wrong. They are no packages of that name. */
function runtimes(value: JsonObject): readonly Dependency[] {
  const wanted = ['devEngines', ...(isJsonObject(value['engines']) ? ['engines'] : [])].flatMap((list) => enginesAt(value, list, 'runtime').map((engine) => ({ ...engine, list })));
  return wanted.filter(({ onFail }) => !['ignore', 'warn', 'error', undefined].includes(onFail)).map(({ name, version, list }) => declared(`runtime:${name}`, list, version));
}

interface Engine {
  readonly name: string;
  readonly version: string;
  readonly onFail: string | undefined;
}

/** One, or a list of them. */
function enginesAt(value: JsonObject, list: string, name: string): readonly Engine[] {
  return membersOf(value, list).filter(([key]) => key === name).flatMap(([, engines]) => [engines].flat()).map((engine) => {
    const { name: of, version = '*', onFail } = objectIn(engine, name);
    if (typeof of !== 'string' || typeof version !== 'string' || (onFail !== undefined && typeof onFail !== 'string')) throw new UnreadDependencies(`its ${name} has a field that is no text`);
    return { name: of, version, onFail };
  });
}
