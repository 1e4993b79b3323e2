import type { PackageIndex, PackageIndexes } from '../probes/packages/package-index.ts';
import { bad, good, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

/**
 * Registries that are asked whether packages exist: those of NPM_REGISTRY_URL and PYPI_INDEX_URL, else what npm and pip themselves are set to by the environment. None is known by itself.
 * In development a registry of this very machine may be one, by plain http.
 */
export function packageIndexesSetting(environment: Environment): Setting<PackageIndexes> {
  const isDevelopment = environment['PLUMBLINE_MODE'] === 'development';
  const npm = stated(textOf(environment, 'NPM_REGISTRY_URL'), 'NPM_REGISTRY_URL', isDevelopment);
  const pypi = stated(textOf(environment, 'PYPI_INDEX_URL'), 'PYPI_INDEX_URL', isDevelopment);
  if (npm.kind === 'bad') return npm;
  if (pypi.kind === 'bad') return pypi;
  return good({
    npm: npm.value ?? usableIndex(textOf(environment, 'NPM_CONFIG_REGISTRY') ?? textOf(environment, 'npm_config_registry'), isDevelopment),
    pypi: pypi.value ?? usableIndex(textOf(environment, 'PIP_INDEX_URL'), isDevelopment),
  });
}

/** The first is asked, and the others stand for it where a repository names them. */
function stated(text: string | null, name: string, isDevelopment: boolean): Setting<PackageIndex | null> {
  if (text === null) return good(null);
  const addresses = text.split(',').map((one) => plainAddress(one, isDevelopment));
  const [url = null] = addresses;
  const same = addresses.slice(1).filter((one) => one !== null);
  return url === null || same.length !== addresses.length - 1 ? bad(`${name} has something that is no address, expected https addresses without a user name, a password or a query, with commas between them`) : good({ url, same });
}

/** What other programs are set to may be nothing for this one: with a password, or of this machine. */
export function usableIndex(text: string | null, isDevelopment: boolean): PackageIndex | null {
  const url = text === null ? null : plainAddress(text, isDevelopment);
  return url === null ? null : { url, same: [] };
}

function plainAddress(text: string, isDevelopment: boolean): string | null {
  const url = URL.parse(text.trim());
  const isPlain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  const isSafe = url?.protocol === 'https:' || (isDevelopment && url?.protocol === 'http:');
  return url !== null && isPlain && isSafe ? url.href.replace(/\/+$/, '') : null;
}
