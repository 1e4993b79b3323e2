import { join } from 'node:path';
import { readSettings } from '../domain/dependency/read-settings.ts';
import type { SettingsFormat } from '../domain/dependency/settings-file.ts';
import type { PackageIndex, PackageIndexes } from '../probes/packages/package-index.ts';
import { bad, good, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import type { ReadText } from './text-or-file.ts';

/**
 * Registries that are asked whether packages exist: those of NPM_REGISTRY_URL and PYPI_INDEX_URL, else what npm and pip themselves are set to,
 * by the environment or by the files of whoever runs this. None is known by itself. In development a registry of this very machine may be one, by plain http.
 */
export function packageIndexesSetting(environment: Environment, readText: ReadText): Setting<PackageIndexes> {
  const isDevelopment = environment['PLUMBLINE_MODE'] === 'development';
  const npm = stated(environment, 'NPM_REGISTRY_URL', isDevelopment);
  const pypi = stated(environment, 'PYPI_INDEX_URL', isDevelopment);
  if (npm.kind === 'bad') return npm;
  if (pypi.kind === 'bad') return pypi;
  return good({ npm: npm.value ?? usable(npmRegistry(environment, readText), isDevelopment), pypi: pypi.value ?? usable(pipIndex(environment, readText), isDevelopment) });
}

/** The first is asked, and the others stand for it where a repository names them. */
function stated(environment: Environment, name: string, isDevelopment: boolean): Setting<PackageIndex | null> {
  const text = textOf(environment, name);
  if (text === null) return good(null);
  const addresses = text.split(',').map((one) => plainAddress(one, isDevelopment));
  const [url = null] = addresses;
  const same = addresses.slice(1).filter((one) => one !== null);
  return url === null || same.length !== addresses.length - 1 ? bad(`${name} has something that is no address, expected https addresses without a user name, a password or a query, with commas between them`) : good({ url, same });
}

/** What other programs are set to may be nothing for this one: with a password, or of this machine. */
function usable(text: string | null, isDevelopment: boolean): PackageIndex | null {
  const url = text === null ? null : plainAddress(text, isDevelopment);
  return url === null ? null : { url, same: [] };
}

function plainAddress(text: string, isDevelopment: boolean): string | null {
  const url = URL.parse(text.trim());
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  const isSafe = url?.protocol === 'https:' || (isDevelopment && url?.protocol === 'http:');
  return url !== null && isPlain && isSafe ? url.href.replace(/\/+$/, '') : null;
}

function npmRegistry(environment: Environment, readText: ReadText): string | null {
  const home = textOf(environment, 'HOME');
  const files = [environment['NPM_CONFIG_USERCONFIG'] ?? environment['npm_config_userconfig'], ...(home === null ? [] : [join(home, '.npmrc')])];
  return textOf(environment, 'NPM_CONFIG_REGISTRY') ?? textOf(environment, 'npm_config_registry') ?? firstIn(files, 'npmrc', /^registry$/, readText);
}

function pipIndex(environment: Environment, readText: ReadText): string | null {
  const home = textOf(environment, 'HOME');
  const config = textOf(environment, 'XDG_CONFIG_HOME') ?? (home === null ? null : join(home, '.config'));
  const files = [environment['PIP_CONFIG_FILE'], ...(config === null ? [] : [join(config, 'pip', 'pip.conf')]), ...(home === null ? [] : [join(home, '.pip', 'pip.conf')]), '/etc/pip.conf'];
  return textOf(environment, 'PIP_INDEX_URL') ?? firstIn(files, 'pip', /^(?:global|install|download)\.index-url$/, readText);
}

/** Of the first file that says it. One that is not there, or can not be read, says nothing. */
function firstIn(paths: readonly (string | undefined)[], format: SettingsFormat, name: RegExp, readText: ReadText): string | null {
  for (const path of paths) {
    if (path === undefined || path === '') continue;
    try {
      const found = [...readSettings(readText(path), format)].find(([key]) => name.test(key));
      if (found !== undefined) return found[1];
    } catch {
      continue;
    }
  }
  return null;
}
