import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmSource } from './npm-source.ts';
import type { LockedVersion } from './npm-source.ts';
import { npmAlias, npmDependency, npmElsewhere, npmPatched } from './npm-spec.ts';
import { yarnEntries } from './yarn-entries.ts';
import type { YarnEntry } from './yarn-entries.ts';

/** Its patches are called by the package that they are for. */
const ofYarn = /^((?:@[^@/]{1,214}\/)?([\w.-]{1,214}))@patch:\1@npm%3A([\w.+-]+)#(?:~|optional!)?builtin<compat\/\2>(?:::version=[\w.+-]+&hash=\w+)?$/;

/** Both forms. */
export function readYarnLock(text: string): DependencyFacts {
  const entries = yarnEntries(text);
  const resolutions = new Set(entries.flatMap(({ fields }) => fields.get('resolution') ?? []));
  const asked = entries.flatMap(({ asks }) => asks.map(([name, spec]) => npmDependency(name, isOfOther(spec) ? spec : spec.replace(/^npm:/, ''), 'lock'))).filter(({ place }) => place === undefined);
  return { dependencies: entries.filter((entry) => !isOfYarn(entry, resolutions)).flatMap(dependenciesOf), indexes: [], asked: asked.map(({ name }) => name) };
}

/**
 * A patch that Yarn has in itself, laid over what another entry names: that one says where the content comes from and which it is.
 * What it is after the patch another version of Yarn says otherwise, and for systems that need none nothing.
 */
function isOfYarn({ fields }: YarnEntry, resolutions: ReadonlySet<string>): boolean {
  const [, key, , version] = ofYarn.exec(fields.get('resolution') ?? '') ?? [];
  return key !== undefined && version === fields.get('version') && resolutions.has(`${key}@npm:${version}`);
}

/** The form of today says what an entry resolves to, whatever name its keys have; by that of old each of its keys does. */
function dependenciesOf({ keys, fields }: YarnEntry): readonly Dependency[] {
  if (keys.length === 1 && keys[0] === '__metadata') return [];
  const [resolution, resolved] = [fields.get('resolution'), fields.get('resolved')];
  if (resolution !== undefined && resolved !== undefined) throw new UnreadDependencies('it has an entry of both forms');
  const each = keys.flatMap((key) => key.split(',')).map((key) => key.trim());
  const all = resolution === undefined ? keys.map((key) => dependencyOf(key, [key], fields)) : keysAnswered(dependencyOf(resolution, each, fields), each);
  return [...new Map(all.map((one) => [`${one.key} ${one.name} ${one.source}`, one] as const)).values()];
}

/** One for each name that its keys have. */
function keysAnswered(one: Dependency, keys: readonly string[]): readonly Dependency[] {
  return keys.map((key) => nameAndSpec(key)[0]).map((name) => (name === one.name ? one : { ...one, key: name }));
}

function dependencyOf(resolution: string, keys: readonly string[], fields: YarnEntry['fields']): Dependency {
  const [key, spec] = nameAndSpec(resolution);
  const resolved = fields.get('resolved');
  const version = fields.get('version') ?? '';
  const place = resolved?.startsWith('file:') === false ? null : placeOf(spec, keys);
  if (place !== null) return { name: key, kind: 'lock', wanted: version, source: spec, hashes: [], isDirect: false, place };
  const isOfToday = fields.has('resolution');
  const alias = isOfToday && !isOfOther(spec) ? null : npmAlias(spec);
  const name = alias?.name ?? key;
  const hashes = [fields.get('integrity'), fields.get('checksum')].flatMap((hash) => hash?.split(/\s+/) ?? []);
  const source = isOfToday ? sourceOfToday(spec, { key, name, version }) : resolved === undefined ? npmElsewhere(name, alias?.wanted ?? spec) : npmSource(resolved, { name, version });
  return { name, kind: 'lock', wanted: version, source, hashes, isDirect: false, ...(name === key || isOfToday ? {} : { key }) };
}

/** Where a folder or an archive of the repository lies; null for anything else. But for a member of the workspace a manifest has to ask for it so. */
function placeOf(spec: string, keys: readonly string[]): string | null {
  const [, protocol, path = ''] = /^(workspace|link|portal|file):(.*)$/.exec(spec) ?? [];
  if (protocol === 'workspace') return path === '*' ? '.' : path;
  return protocol !== undefined && keys.every((key) => nameAndSpec(key)[1].startsWith(`${protocol}:`)) ? '.' : null;
}

/** Null where nothing but the version of the entry, from the index, can be meant. What is bound to a package of npm (`::`) may say otherwise: of that the address of a file alone is known. */
function sourceOfToday(spec: string, { key, name, version }: LockedVersion & { readonly key: string }): string | null {
  const archive = /^npm:[^:]*::__archiveUrl=([^&:]*)$/.exec(spec)?.[1];
  if (archive !== undefined) return npmSource(decodeURIComponent(archive), { name, version });
  const patched = npmPatched(spec);
  const isThis = [`npm:${version}`, `npm:${name}@${version}`].includes(spec) || (patched?.name === key && patched.wanted === version);
  return isThis && /^\d[\w.+-]*$/.test(version) ? null : spec;
}

/** Whether what stands behind `npm:` is a package with its version, and no version alone. */
function isOfOther(spec: string): boolean {
  return spec.includes('@', 'npm:@'.length);
}

/** `@scope/name@spec`. */
function nameAndSpec(text: string): readonly [string, string] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
