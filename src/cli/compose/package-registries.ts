import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { usableIndex } from '../../config/package-indexes.ts';
import type { Environment } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import { createPackageRegistry } from '../../probes/packages/package-registry.ts';
import type { PackageRegistry } from '../../probes/packages/package-registry.ts';
import { indexesOfPerson } from './indexes-of-person.ts';

/** `hasLeft`: whether a package was left to the App to ask for. */
export interface LocalRegistry extends PackageRegistry {
  hasLeft(): boolean;
}

/** Asks nobody, and remembers whether anything would have been asked. */
export function leftToApp(): LocalRegistry {
  let hasLeft = false;
  return {
    askAll: async (wanted) => {
      hasLeft = true;
      return await Promise.resolve(wanted.map((request) => [request, { kind: 'answered', value: { kind: 'left' } }] as const));
    },
    hasLeft: () => hasLeft,
  };
}

/** The registries that this person's npm and pip are set to, or that the environment names. @throws Failure USAGE */
export async function registryHere(environment: Environment): Promise<LocalRegistry> {
  const setting = indexesOfPerson(environment, (path) => readFileSync(path, 'utf8'));
  if (setting.kind === 'bad') throw new Failure('USAGE', `Cannot ask the network: ${setting.why}.`);
  const isDevelopment = environment['PLUMBLINE_MODE'] === 'development';
  const npm = setting.value.npm ?? usableIndex(await registryOfNpm(environment), isDevelopment);
  const registry = createPackageRegistry({ indexes: { ...setting.value, npm }, clock: { now: () => new Date() }, allowsLoopback: isDevelopment });
  return { ...registry, hasLeft: () => false };
}

/** What npm itself uses where nothing is set, by its own word. It is asked away from the repository, whose settings decide nothing. */
async function registryOfNpm({ HOME: home, PATH: path }: Environment): Promise<string | null> {
  if (home === undefined || path === undefined) return null;
  try {
    const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd: home, env: { HOME: home, PATH: path }, timeout: 20_000, encoding: 'utf8' });
    return stdout.trim();
  } catch {
    return null;
  }
}
