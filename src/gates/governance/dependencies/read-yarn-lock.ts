import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmSource } from './npm-source.ts';
import { npmAlias } from './npm-spec.ts';
import { yarnEntries } from './yarn-entries.ts';
import type { YarnEntry } from './yarn-entries.ts';

/** Both forms. */
export function readYarnLock(text: string): DependencyFacts {
  return { dependencies: yarnEntries(text).flatMap(dependenciesOf), indexes: [] };
}

/** The form of today says what an entry resolves to; by that of old each of its keys does. */
function dependenciesOf({ keys, fields }: YarnEntry): readonly Dependency[] {
  if (keys.length === 1 && keys[0] === '__metadata') return [];
  const [resolution, resolved] = [fields.get('resolution'), fields.get('resolved')];
  if (resolution !== undefined && resolved !== undefined) throw new UnreadDependencies('it has an entry of both forms');
  const found = new Map((resolution === undefined ? keys : [resolution]).flatMap((key) => dependencyOf(key, fields).map((one) => [`${one.name} ${one.source}`, one] as const)));
  return [...found.values()];
}

function dependencyOf(resolution: string, fields: YarnEntry['fields']): readonly Dependency[] {
  const [key, spec] = nameAndSpec(resolution);
  const resolved = fields.get('resolved');
  if (/^(?:workspace|link|portal|file):/.test(spec) && resolved?.startsWith('file:') !== false) return [];
  const name = npmAlias(spec)?.name ?? key;
  const hashes = [fields.get('integrity'), fields.get('checksum')].filter((hash) => hash !== undefined);
  return [{ name, kind: 'lock', wanted: fields.get('version') ?? '', source: resolved === undefined ? sourceOf(spec, name) : npmSource(resolved, name), hashes, isDirect: false }];
}

/** Null where nothing but the index can be meant. What is bound to a package of npm (`::`) may say otherwise: of that the address of a file alone is known. */
function sourceOf(spec: string, name: string): string | null {
  const archive = /^npm:[^:]*::__archiveUrl=([^&:]*)$/.exec(spec)?.[1];
  if (archive !== undefined) return npmSource(decodeURIComponent(archive), name);
  return /^(?:npm:(?:@?[\w./-]+@)?[\w.^~<>=*|+ -]+|[\d^~<>=*v][\w.^~<>=*|+ -]*|latest|patch:@?[^@:]+@npm%3A[\w.^~+-]+#.*)$/.test(spec) ? null : spec;
}

/** `@scope/name@spec`. */
function nameAndSpec(text: string): readonly [string, string] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
