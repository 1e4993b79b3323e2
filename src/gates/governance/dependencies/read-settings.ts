import { readLooseYaml } from '../../../domain/document/read-loose-yaml.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { UnreadDependencies } from './dependency.ts';
import { readToml, tableAt } from './toml-table.ts';
import type { TomlTable } from './toml-table.ts';
import type { SettingsFormat } from './settings-file.ts';

/** Settings that say where packages come from, by their names, with their values to compare. These may have a password: they are not told. */
export type SourceSettings = ReadonlyMap<string, string>;

const readers: Readonly<Record<SettingsFormat, (text: string) => SourceSettings>> = {
  npmrc: (text) => ofLines(text, /^\s*["']?((?:@[^:\s"'=]{1,200}:)?registry)["']?\s{0,20}=(.*)$/i),
  'old-yarnrc': (text) => ofLines(text, /^\s*["']?((?:@[^:\s"']{1,200}:)?registry)["']?:?\s(.*)$/i),
  yarnrc: ofYarn,
  bunfig: (text) => ofTable(tableAt(readToml(text), 'install'), ['registry', 'scopes'], 'install.'),
  pip: ofPip,
  uv: ofUv,
};

/** @throws Error For what is no file of its kind. */
export function readSettings(text: string, format: SettingsFormat): SourceSettings {
  return readers[format](text);
}

const ofPackages = ['index', 'index-url', 'extra-index-url', 'default-index', 'find-links', 'no-index', 'trusted-host'];

/** Of uv, in a file of its own or in `pyproject.toml`. */
export function uvSettings(table: TomlTable): SourceSettings {
  return new Map([...ofTable(table, ofPackages, ''), ...ofTable(tableAt(table, 'pip'), ofPackages, 'pip.')]);
}

function ofUv(text: string): SourceSettings {
  return uvSettings(readToml(text));
}

function ofTable(table: TomlTable, names: readonly string[], before: string): SourceSettings {
  return new Map(names.flatMap((name) => (Object.hasOwn(table, name) ? [[`${before}${name}`, JSON.stringify(table[name])] as const] : [])));
}

function ofLines(text: string, pattern: RegExp): SourceSettings {
  return new Map(text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = pattern.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value?.trim() ?? ''] as const];
  }));
}

/** Sections of keys; further lines of a value begin with a blank. */
function ofPip(text: string): SourceSettings {
  const settings = new Map<string, string[]>();
  let [section, name] = ['', ''];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const heading = /^\[([^\]]{0,200})\]/.exec(line)?.[1];
    const [, key, value] = /^([A-Za-z_-]{1,100})\s{0,20}[=:](.*)$/.exec(line) ?? [];
    if (heading !== undefined) [section, name] = [heading.trim().toLowerCase(), ''];
    else if (key !== undefined) name = ofPackages.find((one) => one === key.toLowerCase().replaceAll('_', '-')) ?? '';
    if (name === '' || heading !== undefined) continue;
    const setting = `${section}.${name}`;
    const values = settings.get(setting) ?? [];
    values.push((value ?? line).trim());
    settings.set(setting, values);
  }
  return new Map([...settings].map(([setting, values]) => [setting, values.join('\n')]));
}

function ofYarn(text: string): SourceSettings {
  const reading = readLooseYaml(new TextEncoder().encode(text));
  if (reading.kind !== 'document') throw new UnreadDependencies('it is no plain YAML');
  return new Map(serversIn(reading.document.value, ''));
}

/** Wherever it stands: for all packages, or for those of a scope. */
function serversIn(value: JsonValue, before: string): readonly (readonly [string, string])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => (name === 'npmRegistryServer' ? [[`${before}${name}`, JSON.stringify(below)] as const] : serversIn(below, `${before}${name}.`)));
}
