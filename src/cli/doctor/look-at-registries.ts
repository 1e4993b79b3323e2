import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { dependencyFileOf } from '../../domain/dependency/dependency-file.ts';
import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import { findConfigurationFile } from '../config/configuration-file.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** What says which registry is asked: our own setting, and those of the package manager. */
const settings: Readonly<Record<Ecosystem, { readonly own: string; readonly theirs: readonly string[] }>> = {
  npm: { own: 'NPM_REGISTRY_URL', theirs: ['NPM_CONFIG_REGISTRY', 'npm_config_registry'] },
  pypi: { own: 'PYPI_INDEX_URL', theirs: ['PIP_INDEX_URL'] },
};

/** Whether the server can ask for the packages that changes of agents name, where the configuration here has that checked. Nothing is asked. */
export async function lookAtRegistries({ terminal, directory }: Patient): Promise<readonly Diagnosis[]> {
  if (!(await asksForPackages(directory))) return [];
  const config = usableSettings(terminal);
  if (config === null) return [diagnosis('registries', 'unknown', 'without valid settings it is not known which registries of packages the server asks', 'Mend the settings first.')];
  const used = await ecosystemsIn(directory);
  return (['npm', 'pypi'] as const).map((ecosystem) => {
    const index = config.packageIndexes[ecosystem];
    const name = `registry ${ecosystem}`;
    if (index !== null) return diagnosis(name, 'ok', `packages are asked for at ${index.url}`);
    const { own, theirs } = settings[ecosystem];
    const unfit = theirs.find((one) => (terminal.environment[one] ?? '') !== '');
    const why = unfit === undefined ? `neither ${own} nor ${theirs[0] ?? ''} is set` : `${own} is not set, and what ${unfit} says can not be used: it is no https address, or has a user name, a password or a query`;
    const follows = used.has(ecosystem) ? 'a change of an agent that adds a package here is blocked as inconclusive' : 'no file here names packages of it; a change that adds one would be blocked as inconclusive';
    return diagnosis(name, used.has(ecosystem) ? 'fail' : 'warn', `no registry can be asked: ${why}. So ${follows}`, `Set ${own} to the registry whose packages are installed here.`);
  });
}

async function asksForPackages(directory: string): Promise<boolean> {
  const file = await findConfigurationFile(directory);
  const reading = file === null ? null : readConfiguration(file.bytes, file.path);
  return reading?.kind === 'valid' && groundingSettings({ document: reading.document }) !== null;
}

/** Whose manifests and lock files the commit has that is checked out; without one, none. */
async function ecosystemsIn(directory: string): Promise<ReadonlySet<Ecosystem>> {
  const objects = await openLocalRepository(directory);
  try {
    const { entries } = await objects.tree(await objects.resolve('HEAD'));
    return new Set(entries.flatMap(({ path }) => dependencyFileOf(path)?.ecosystem ?? []));
  } catch {
    return new Set();
  } finally {
    await objects.close();
  }
}
