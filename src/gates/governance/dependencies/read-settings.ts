import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { pythonIniValues } from './python-ini.ts';
import { readNpmrc } from './read-npmrc.ts';
import type { SettingsFormat } from './settings-file.ts';
import { settingsOf } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';
import { readToml, tableAt } from './toml-table.ts';
import type { TomlTable } from './toml-table.ts';
import { uvSettings } from './uv-settings.ts';
import { yamlObject } from './yaml-object.ts';

const readers: Readonly<Record<SettingsFormat, (text: string) => SourceSettings>> = {
  npmrc: readNpmrc,
  'old-yarnrc': ofOldYarn,
  yarnrc: (text) => new Map(ofYarn(yamlObject(text), '')),
  'pnpm-workspace': (text) => ofPnpm(yamlObject(text)),
  bunfig: (text) => ofTable(tableAt(readToml(text), 'install'), ['registry', 'scopes', 'ca', 'cafile', 'security'], 'install.'),
  pip: ofPip,
  uv: (text) => ofUv(readToml(text)),
  pdm: (text) => ofTable(readToml(text), ['pypi'], ''),
  poetry: (text) => ofTable(readToml(text), ['certificates'], ''),
};

/** @throws Error For what is no file of its kind. */
export function readSettings(text: string, format: SettingsFormat): SourceSettings {
  return readers[format](text);
}

/** Names before a value, which may be options of one command: `--install.registry`. */
function ofOldYarn(text: string): SourceSettings {
  return settingsOf(text.split(/[\r\n]+/).flatMap((line) => {
    const [, name, value] = /(?:^|,)\s*["']?((?:--(?:[a-z*-]{1,50}\.)?)?(?:(?:@[^:\s"',]{1,200}:)?registry|(?:https?-)?proxy|strict-ssl|ca(?:file)?|yarn-path))["']?[:,\s](.*)$/i.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
  }));
}

const yarnNames = new Set(['npmRegistryServer', 'defaultProtocol', 'httpProxy', 'httpsProxy', 'enableStrictSsl', 'unsafeHttpWhitelist', 'httpsCaFilePath', 'caFilePath', 'checksumBehavior', 'yarnPath', 'plugins', 'packageExtensions', 'catalog', 'catalogs']);

/** Wherever it stands: for all packages, for those of a scope, for a host. */
function ofYarn(value: JsonValue, before: string): readonly (readonly [string, string])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => (yarnNames.has(name) ? [[`${before}${name}`, JSON.stringify(below)] as const] : ofYarn(below, `${before}${name}.`)));
}

const pnpmNames = ['registry', 'registries', 'namedRegistries', 'proxy', 'httpProxy', 'httpsProxy', 'noProxy', 'noproxy', 'strictSsl', 'ca', 'cafile'];

function ofPnpm(value: JsonObject): SourceSettings {
  return new Map(pnpmNames.flatMap((name) => (Object.hasOwn(value, name) ? [[name, JSON.stringify(value[name])] as const] : [])));
}

const uvLists = ['constraint-dependencies', 'build-constraint-dependencies', 'override-dependencies', 'extra-build-dependencies', 'dependency-metadata'];
const pipNames = ['index', 'index-url', 'extra-index-url', 'find-links', 'no-index', 'trusted-host', 'pypi-url', 'proxy', 'cert', 'client-cert', 'requirement', 'constraint', 'build-constraint', 'editable'];

function ofUv(table: TomlTable): SourceSettings {
  const pip = tableAt(table, 'pip');
  return new Map([...ofTable(table, [...uvSettings(table), ...uvLists], ''), ...ofTable(pip, [...uvSettings(pip), ...uvLists], 'pip.')]);
}

function ofTable(table: TomlTable, names: readonly string[], before: string): SourceSettings {
  return new Map(names.flatMap((name) => (Object.hasOwn(table, name) ? [[`${before}${name}`, JSON.stringify(table[name])] as const] : [])));
}

/** A key may be written as the option that it stands for. */
function ofPip(text: string): SourceSettings {
  const lines = pythonIniValues(text).map(({ section, key, value }) => ({ name: key.replace(/^--/, ''), section, value }));
  return settingsOf(lines.filter(({ name }) => pipNames.includes(name)).map(({ section, name, value }) => [`${section}.${name}`, value] as const));
}
