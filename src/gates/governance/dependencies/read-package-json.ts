import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmDependency } from './npm-spec.ts';

const lists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Read as npm reads it: of two members of one name the last counts. */
export function readPackageJson(text: string): DependencyFacts {
  const value = objectOf(text);
  const named = lists.flatMap((list) => membersOf(value, list).flatMap(([name, spec]) => (typeof spec === 'string' ? (npmDependency(name, spec, list) ?? []) : [])));
  const pnpm = value['pnpm'];
  const overrides = [value['overrides'], value['resolutions'], isJsonObject(pnpm) ? pnpm['overrides'] : undefined].flatMap(overridesIn);
  return { dependencies: [...named, ...overrides], indexes: [] };
}

export function objectOf(text: string): JsonObject {
  const value: JsonValue = JSON.parse(text);
  if (!isJsonObject(value)) throw new UnreadDependencies('it is no JSON object');
  return value;
}

export function membersOf(value: JsonObject, name: string): readonly (readonly [string, JsonValue])[] {
  const members = Object.hasOwn(value, name) ? value[name] : undefined;
  return isJsonObject(members) ? Object.entries(members) : [];
}

/** Overrides nest as deep as their author likes: walked without recursion. */
function overridesIn(overrides: JsonValue | undefined): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: [string, JsonValue][] = isJsonObject(overrides) ? Object.entries(overrides) : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, value] = next;
    if (typeof value === 'string') found.push(...(value.startsWith('$') ? [] : [npmDependency(overriddenName(key), value, 'overrides') ?? []].flat()));
    else if (isJsonObject(value)) for (const [inner, one] of Object.entries(value)) open.push([inner === '.' ? key : inner, one]);
  }
  return found.toReversed();
}

/** `parent>name@range`, `parent/**\/name`, `name@range`: the name. */
function overriddenName(key: string): string {
  const last = key.split('>').at(-1)?.trim().slice(-400) ?? key;
  return /(@[^/@]+\/[^/@]+|[^/@]+)(?:@[^/]*)?$/.exec(last)?.[1] ?? last;
}
