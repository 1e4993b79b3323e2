import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import type { SettingsFormat } from '../../../domain/dependency/settings-file.ts';
import type { SourceSettings } from '../../../domain/dependency/source-settings.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import { parseJson } from '../../../domain/parse-json.ts';

/** Where settings say that packages come from: all of an ecosystem, or those of one scope. */
export interface NamedIndex {
  readonly ecosystem: Ecosystem;
  /** `@acme`; null: all names that have no scope of their own here. */
  readonly scope: string | null;
  /** As it is written: perhaps with a variable in it, or no address at all. */
  readonly address: string;
}

const ofNpm = new Set<SettingsFormat>(['npmrc', 'yarnrc', 'old-yarnrc', 'pnpm-workspace', 'bunfig']);

/** Of settings of a package manager. What publishes names no index. */
export function namedIndexes(settings: SourceSettings, format: SettingsFormat): readonly NamedIndex[] {
  if (format === 'poetry') return [];
  return [...settings].flatMap(([name, value]) => (ofNpm.has(format) ? npmIndexes(name, value) : pythonIndexes(name, value)));
}

function npmIndexes(name: string, value: string): readonly NamedIndex[] {
  if (name === 'install.scopes') return Object.entries(objectIn(value)).flatMap(([scope, told]) => addressesIn(JSON.stringify(told)).map((address) => ({ ecosystem: 'npm', scope: scopeOf(scope), address })));
  if (name === 'registries' && isJsonObject(parseJson(value))) return Object.entries(objectIn(value)).flatMap(([scope, address]) => addressesIn(JSON.stringify(address)).map((one) => ({ ecosystem: 'npm', scope: scope.startsWith('@') ? scopeOf(scope) : null, address: one })));
  const scope = /^(@[^:]{1,214}):registry$/.exec(name)?.[1] ?? /^npmscopes\.([^.]{1,214})\./i.exec(name)?.[1] ?? null;
  const isIndex = scope !== null || /^(?:install\.)?registr(?:y|ies)$/i.test(name) || name === 'npmRegistryServer';
  return isIndex ? addressesIn(value).map((address) => ({ ecosystem: 'npm', scope: scope === null ? null : scopeOf(scope), address })) : [];
}

function scopeOf(name: string): string {
  return (name.startsWith('@') ? name : `@${name}`).toLowerCase();
}

function pythonIndexes(name: string, value: string): readonly NamedIndex[] {
  const isIndex = /(?:^|\.)(?:index-url|extra-index-url|pypi-url|find-links|index|url)$/.test(name);
  return isIndex ? addressesIn(withoutExplicit(value)).map((address) => ({ ecosystem: 'pypi', scope: null, address })) : [];
}

/** An index of which packages are taken only where they ask for it by its name. */
function withoutExplicit(value: string): string {
  const told = parseJson(value);
  return Array.isArray(told) ? JSON.stringify(told.filter((one) => !isJsonObject(one) || one['explicit'] !== true)) : value;
}

/** Of the indexes that a manifest of Python names, as `DependencyFacts` tells them: an address with settings behind it, or a setting with a value. */
export function indexesOfManifest(told: readonly string[]): readonly NamedIndex[] {
  const counting = told.filter((index) => !/ explicit = true\b| priority = "explicit"| \(trusted-host\)/.test(index));
  return counting.flatMap((index) => (/https?:\/\//i.test(index) || /\$|\(find-links\)/.test(index) ? addressesIn(index) : [])).map((address) => ({ ecosystem: 'pypi', scope: null, address }));
}

/** All addresses in a text; where it has none, it stands for one itself: what nobody can read is no public index. */
function addressesIn(text: string): readonly string[] {
  const found = text.match(/https?:\/\/[^\s"'\],)]{1,2000}/gi) ?? [];
  return found.length > 0 ? found : text.replaceAll(/["'\s[\]]/g, '') === '' ? [] : [text];
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text);
  return isJsonObject(value) ? value : {};
}
