import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { isPnpmSource } from './npm-names.ts';
import { pythonIniValues } from './python-ini.ts';
import { readNpmrc } from './read-npmrc.ts';
import { readOldYarnrc } from './read-old-yarnrc.ts';
import type { SettingsFormat } from './settings-file.ts';
import { settingsOf } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';
import { flatEntries, readToml, tableAt, valueAt } from './toml-table.ts';
import type { TomlTable, TomlValue } from './toml-table.ts';
import { uvSettings } from './uv-settings.ts';
import { yamlObject } from './yaml-object.ts';

const readers: Readonly<Record<SettingsFormat, (text: string) => SourceSettings>> = {
  npmrc: readNpmrc,
  'old-yarnrc': readOldYarnrc,
  yarnrc: (text) => ofYarn(yamlObject(text)),
  'pnpm-workspace': (text) => told(Object.entries(yamlObject(text)).filter(([name]) => isPnpmSource(name))),
  bunfig: (text) => told(Object.entries(tableAt(readToml(text), 'install')).flatMap(([name, value]) => (harmlessSettings.bun.has(name) ? [] : [[`install.${name}`, value]]))),
  pip: ofPip,
  uv: (text) => ofUv(readToml(text)),
  pdm: (text) => told(flatEntries(readToml(text)).filter(([name]) => !harmlessSettings.pdm.has(name))),
  poetry: (text) => told(flatEntries(readToml(text)).filter(([name]) => !harmlessSettings.poetry.has(name))),
};

/** @throws Error For what is no file of its kind. */
export function readSettings(text: string, format: SettingsFormat): SourceSettings {
  return readers[format](text);
}

/** Settings of a scope, a registry or a host stand below its name. */
const yarnParts = new Set(['npmScopes', 'npmRegistries', 'networkSettings']);

function ofYarn(value: JsonObject): SourceSettings {
  const parts = Object.entries(value).flatMap(([name, below]) => (yarnParts.has(name) && isJsonObject(below) ? Object.entries(below).map(([part, settings]) => ({ before: `${name}.${part}`, settings })) : []));
  const apart = Object.entries(value).filter(([name, below]) => !yarnParts.has(name) || !isJsonObject(below));
  return told([...yarnSources('', Object.fromEntries(apart)), ...parts.flatMap(({ before, settings }) => (isJsonObject(settings) ? yarnSources(`${before}.`, settings) : [[before, settings] as const]))]);
}

function yarnSources(before: string, settings: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(settings).flatMap(([name, value]) => (harmlessSettings.yarn.has(name) ? [] : [[`${before}${name}`, value] as const]));
}

const uvLists = ['constraint-dependencies', 'build-constraint-dependencies', 'override-dependencies', 'extra-build-dependencies', 'dependency-metadata'];
function ofUv(table: TomlTable): SourceSettings {
  const pip = tableAt(table, 'pip');
  return told([...ofTable(table, [...uvSettings(table), ...uvLists], ''), ...ofTable(pip, [...uvSettings(pip), ...uvLists], 'pip.')]);
}

function ofTable(table: TomlTable, names: readonly string[], before: string): readonly (readonly [string, TomlValue])[] {
  return names.flatMap((name) => {
    const value = valueAt(table, name);
    return value === undefined ? [] : [[`${before}${name}`, value] as const];
  });
}

/** A key may be written as the option that it stands for. */
function ofPip(text: string): SourceSettings {
  const lines = pythonIniValues(text).map(({ section, key, value }) => ({ name: key.replace(/^--/, ''), section, value }));
  return settingsOf(lines.filter(({ name }) => !harmlessSettings.pip.has(name)).map(({ section, name, value }) => [`${section}.${name}`, value] as const));
}

function told(entries: readonly (readonly [string, JsonValue | TomlValue])[]): SourceSettings {
  return settingsOf(entries.map(([name, value]) => [name, JSON.stringify(value)] as const));
}
