import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { packageIndexesSetting } from '../../config/package-indexes.ts';
import type { Environment } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import { createPackageRegistry } from '../../probes/packages/package-registry.ts';
import type { PackageRegistry } from '../../probes/packages/package-registry.ts';

/** `hasLeft`: whether a package was left to the App to ask for. */
export interface LocalRegistry extends PackageRegistry {
  hasLeft(): boolean;
}

/** Asks nobody, and remembers whether anything would have been asked. */
export function leftToApp(): LocalRegistry {
  let hasLeft = false;
  return {
    ask: async () => {
      hasLeft = true;
      return await Promise.resolve({ kind: 'answered', value: { kind: 'left' } });
    },
    hasLeft: () => hasLeft,
  };
}

/** The registries that this person's npm and pip are set to, or that the environment names. @throws Failure USAGE */
export async function registryHere(environment: Environment): Promise<LocalRegistry> {
  const setting = packageIndexesSetting(environment, (path) => readFileSync(path, 'utf8'));
  if (setting.kind === 'bad') throw new Failure('USAGE', `Cannot ask the network: ${setting.why}.`);
  const indexes = setting.value.npm !== null ? setting : packageIndexesSetting({ ...environment, NPM_CONFIG_REGISTRY: await registryOfNpm(environment) }, () => '');
  const npm = indexes.kind === 'good' ? indexes.value.npm : null;
  const registry = createPackageRegistry({ indexes: { ...setting.value, npm }, clock: { now: () => new Date() }, allowsLoopback: environment['PLUMBLINE_MODE'] === 'development' });
  return { ask: async (wanted) => await registry.ask(wanted), hasLeft: () => false };
}

/** What npm itself uses where nothing is set, by its own word. It is asked away from the repository, whose settings decide nothing. */
async function registryOfNpm({ HOME: home, PATH: path }: Environment): Promise<string | undefined> {
  if (home === undefined || path === undefined) return undefined;
  try {
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd: home, env: { HOME: home, PATH: path }, timeout: 20_000, encoding: 'utf8' });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
