import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { membersOf } from './json-members.ts';
import { npmSource } from './npm-source.ts';
import type { LockedVersion } from './npm-source.ts';
import { pnpmKey } from './pnpm-key.ts';
import { pnpmReferences } from './pnpm-references.ts';
import type { PnpmReference } from './pnpm-references.ts';
import { yamlObject } from './yaml-object.ts';

const directLists = ['dependencies', 'devDependencies', 'optionalDependencies'];
const sections = new Set([...directLists, 'importers', 'packages', 'snapshots', 'lockfileVersion', 'settings', 'catalogs', 'overrides', 'packageExtensionsChecksum', 'pnpmfileChecksum', 'patchedDependencies', 'ignoredOptionalDependencies', 'neverBuiltDependencies', 'onlyBuiltDependencies', 'specifiers', 'time']);

/** By which pnpm asks for a package in place of what its key says. */
const naming = ['name', 'version', 'id'];
const snapshotFields = new Set(['dependencies', 'optionalDependencies', 'transitivePeerDependencies', 'optional', 'dev', 'patched']);
const packageFields = new Set([...snapshotFields, ...naming, 'resolution', 'peerDependencies', 'peerDependenciesMeta', 'bundledDependencies', 'bundleDependencies', 'engines', 'cpu', 'os', 'libc', 'deprecated', 'hasBin', 'requiresBuild', 'prepare']);

/**
 * Its forms 5 to 9. Packages are what `packages` says, and no part that may say otherwise is passed over: pnpm takes a package
 * from `snapshots` too, where that resolves it. @throws UnreadDependencies For a part that pnpm would not write.
 */
export function readPnpmLock(text: string): DependencyFacts {
  const found = documentsOf(text).map((document) => packagesOf(yamlObject(document)));
  return { dependencies: found.flatMap(({ dependencies }) => dependencies), indexes: [], asked: found.flatMap(({ asked }) => asked) };
}

/** The version of today puts one before that of the project, with what it needs itself. A marker at the margin ends a document wherever it stands. */
function documentsOf(text: string): readonly string[] {
  return text.split(/^---[ \t]*\r?$/m).filter((document) => /^[ \t]*[^\s#]/m.test(document));
}

function packagesOf(lock: JsonObject): { readonly dependencies: readonly Dependency[]; readonly asked: readonly string[] } {
  demandKnown(lock, sections);
  for (const [, snapshot] of entriesOf(lock, 'snapshots')) demandKnown(snapshot, snapshotFields);
  const importers = [lock, ...entriesOf(lock, 'importers').map(([, importer]) => importer)];
  const direct = new Set(importers.flatMap((importer) => directLists.flatMap((list) => membersOf(importer, list).map(([name]) => name))));
  const packages = entriesOf(lock, 'packages').map(([key, entry]) => dependencyOf(pnpmKey(key), entry, direct));
  const { answers, asked } = pnpmReferences(referencesIn(lock), packages);
  return { dependencies: [...packages, ...answers], asked };
}

/** Those of an importer are from its folder. */
function referencesIn(lock: JsonObject): readonly PnpmReference[] {
  const importers = [['.', lock] as const, ...entriesOf(lock, 'importers')].flatMap(([folder, importer]) => directLists.flatMap((list) => membersOf(importer, list).map(([key, wanted]) => ({ key, wanted: textOf(isJsonObject(wanted) ? wanted['version'] : wanted), folder, isDirect: true }))));
  const others = ['packages', 'snapshots'].flatMap((section) => entriesOf(lock, section)).flatMap(([, entry]) => ['dependencies', 'optionalDependencies'].flatMap((list) => membersOf(entry, list).map(([key, wanted]) => ({ key, wanted: textOf(wanted), folder: '.', isDirect: false }))));
  return [...importers, ...others];
}

function entriesOf(lock: JsonObject, section: string): readonly (readonly [string, JsonObject])[] {
  const value = lock[section] ?? {};
  if (!isJsonObject(value)) throw unread(section);
  return Object.entries(value).map(([key, entry]) => {
    if (!isJsonObject(entry)) throw unread(key);
    return [key, entry] as const;
  });
}

function demandKnown(entry: JsonObject, fields: ReadonlySet<string>): void {
  const other = Object.keys(entry).find((field) => !fields.has(field));
  if (other !== undefined) throw unread(other);
}

/** Content of an index, perhaps with the address of its file, is known to be that; of anything else all counts that is said of it. */
function dependencyOf({ name, version }: LockedVersion, entry: JsonObject, direct: ReadonlySet<string>): Dependency {
  demandKnown(entry, packageFields);
  const { integrity, tarball, ...more } = textsOf(entry['resolution']);
  const isVersion = /^[\w.+-]*$/.test(version);
  const keyed: Readonly<Record<string, string>> = { name, version };
  const contrary = isVersion ? naming.flatMap((field) => (entry[field] === undefined || entry[field] === keyed[field] ? [] : [[field, textOf(entry[field])] as const])) : [];
  const named = [tarball === undefined ? null : npmSource(tarball, { name, version }), ...[...Object.entries(more), ...contrary].map(([field, value]) => `${field}: ${value}`).toSorted()].filter((one) => one !== null);
  const places = named.length === 0 && !isVersion ? [version] : named;
  return { name, kind: 'lock', wanted: version, source: places.length === 0 ? null : places.join(' '), hashes: integrity?.split(/\s+/) ?? [], isDirect: direct.has(name) };
}

function textsOf(resolution: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(resolution)) throw unread('resolution');
  return Object.fromEntries(Object.entries(resolution).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  throw unread('resolution');
}

function unread(part: string): UnreadDependencies {
  return new UnreadDependencies(`it has a part that pnpm would not write: ${JSON.stringify(part.slice(0, 40))}`);
}
