import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { digestsIn } from './digest-in.ts';
import { npmDependency } from './npm-spec.ts';

export type Members = readonly (readonly [string, JsonValue])[];

export function membersOf(value: JsonObject, name: string): Members {
  const members = Object.hasOwn(value, name) ? value[name] : undefined;
  return isJsonObject(members) ? Object.entries(members) : [];
}

export function namedIn(members: Members, kind: string): readonly Dependency[] {
  return members.flatMap(([name, spec]) => (typeof spec === 'string' ? [npmDependency(name, spec, kind)] : []));
}

/** Ranges that manifests of a workspace name: of pnpm and of Bun. */
export function catalogsIn(value: JsonObject): readonly Dependency[] {
  const named = membersOf(value, 'catalogs').flatMap(([, catalog]) => (isJsonObject(catalog) ? Object.entries(catalog) : []));
  return namedIn([...membersOf(value, 'catalog'), ...named], 'catalog');
}

/** Settings of pnpm by which packages come, in `pnpm-workspace.yaml` or below `pnpm` of a manifest. */
export function pnpmNames(value: JsonObject): readonly Dependency[] {
  const extended = membersOf(value, 'packageExtensions').flatMap(([, extension]) => (isJsonObject(extension) ? [extension] : []));
  return [
    ...overridesIn(value['overrides']),
    ...extended.flatMap((extension) => ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) => namedIn(membersOf(extension, list), 'packageExtensions'))),
    ...membersOf(value, 'configDependencies').flatMap(([name, wanted]) => configDependency(name, wanted)),
  ];
}

/** Installed before all others, and may change what those are. */
function configDependency(name: string, wanted: JsonValue): readonly Dependency[] {
  if (typeof wanted === 'string') return pinned(name, wanted, 'configDependencies');
  if (!isJsonObject(wanted)) return [];
  const { integrity, tarball } = wanted;
  const pins = pinned(name, typeof integrity === 'string' ? integrity : '*', 'configDependencies');
  return typeof tarball === 'string' ? pins.map(({ hashes, wanted }) => ({ ...declared(name, 'configDependencies', wanted, tarball), hashes })) : pins;
}

/** `1.2.3+sha512-…`: a version with the digest of its content. */
export function pinned(name: string, spec: string, kind: string): readonly Dependency[] {
  const [, wanted, hash] = /^([^+:/]{1,256})\+((?:sha|md)\d{1,4}[.-].*)$/i.exec(spec) ?? [];
  return wanted === undefined || hash === undefined ? [npmDependency(name, spec, kind)] : [{ ...declared(name, kind, wanted), hashes: digestsIn([hash]) }];
}

/** Overrides nest as deep as their author likes: walked without recursion. */
export function overridesIn(overrides: JsonValue | undefined): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: [string, JsonValue][] = isJsonObject(overrides) ? Object.entries(overrides).toReversed() : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, value] = next;
    if (typeof value === 'string') found.push(...(value.startsWith('$') ? [] : [npmDependency(overriddenName(key), value, 'overrides')]));
    else if (isJsonObject(value)) for (const [inner, one] of Object.entries(value).toReversed()) open.push([inner === '.' ? key : inner, one]);
  }
  return found;
}

/** `parent>name@range`, `parent/**\/name`, `name@range`: the name. */
function overriddenName(key: string): string {
  const last = key.split('>').at(-1)?.trim().slice(-400) ?? key;
  return /(@[^/@]+\/[^/@]+|[^/@]+)(?:@[^/]*)?$/.exec(last)?.[1] ?? last;
}
