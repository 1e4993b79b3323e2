import type { JsonObject, JsonValue } from '../json-value.ts';
import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { membersOf, objectIn, textIn } from './json-members.ts';
import type { Members } from './json-members.ts';
import { npmDependency } from './npm-spec.ts';

/** @throws UnreadDependencies For a range that is no text. */
function namedIn(members: Members, kind: string): readonly Dependency[] {
  return members.map(([name, spec]) => npmDependency(name, textIn(spec, name), kind));
}

/** Ranges that manifests of a workspace name: of pnpm and of Bun. */
export function catalogsIn(value: JsonObject): readonly Dependency[] {
  const named = membersOf(value, 'catalogs').flatMap(([name, catalog]) => Object.entries(objectIn(catalog, name)));
  return namedIn([...membersOf(value, 'catalog'), ...named], 'catalog');
}

/** Settings of pnpm by which packages come, in `pnpm-workspace.yaml` or below `pnpm` of a manifest. */
export function pnpmNames(value: JsonObject, rangeOf?: RangeOf): readonly Dependency[] {
  const extended = membersOf(value, 'packageExtensions').map(([name, extension]) => objectIn(extension, name));
  return [
    ...overridesIn(value, 'overrides', rangeOf),
    ...extended.flatMap((extension) => ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) => namedIn(membersOf(extension, list), 'packageExtensions'))),
    ...membersOf(value, 'configDependencies').flatMap(([name, wanted]) => configDependency(name, wanted)),
  ];
}

/** Whether a setting of pnpm, as a manifest writes it, may say where packages come from or how that is checked. */
export function isPnpmSource(name: string): boolean {
  return !harmlessSettings.npm.has(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

/** Installed before all others, and may change what those are. */
function configDependency(name: string, wanted: JsonValue): readonly Dependency[] {
  if (typeof wanted === 'string') return pinned(name, wanted, 'configDependencies');
  const { integrity, tarball } = objectIn(wanted, name);
  const pins = pinned(name, integrity === undefined ? '*' : textIn(integrity, 'integrity'), 'configDependencies');
  return tarball !== undefined ? pins.map(({ hashes, wanted: version }) => ({ ...declared(name, 'configDependencies', version, textIn(tarball, 'tarball')), hashes })) : pins;
}

/** `1.2.3+sha512-…`: a version with the digest of its content. */
export function pinned(name: string, spec: string, kind: string): readonly Dependency[] {
  const [, wanted, hash] = /^([^+:/]{1,256})\+((?:sha|md)\d{1,4}[.-].*)$/i.exec(spec) ?? [];
  return wanted === undefined || hash === undefined ? [npmDependency(name, spec, kind)] : [{ ...declared(name, kind, wanted), hashes: [hash] }];
}

/** What a manifest asks for by a name, which `$name` stands for; nothing where that can not be told. */
export type RangeOf = (name: string) => string | undefined;

/** Overrides nest as deep as their author likes: walked without recursion. */
export function overridesIn(value: JsonObject, list: string, rangeOf: RangeOf = () => undefined): readonly Dependency[] {
  const found: Dependency[] = [];
  const open = [...membersOf(value, list)].toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, one] = next;
    if (typeof one === 'string') found.push(...overrideOf(overriddenName(key), one, rangeOf));
    else for (const [inner, below] of Object.entries(objectIn(one, key)).toReversed()) open.push([inner === '.' ? key : inner, below]);
  }
  return found;
}

/** A package that stands for itself is what the manifest asks for anyway. */
function overrideOf(name: string, spec: string, rangeOf: RangeOf): readonly Dependency[] {
  if (!spec.startsWith('$')) return [npmDependency(name, spec, 'overrides')];
  const range = rangeOf(spec.slice(1));
  return spec.slice(1) === name ? [] : [range === undefined ? declared(name, 'overrides', spec, spec) : npmDependency(name, range, 'overrides')];
}

/** `parent>name@range`, `parent/**\/name`, `name@range`: the name. */
function overriddenName(key: string): string {
  const last = key.split('>').at(-1)?.trim().slice(-400) ?? key;
  return /(@[^/@]+\/[^/@]+|[^/@]+)(?:@[^/]*)?$/.exec(last)?.[1] ?? last;
}
