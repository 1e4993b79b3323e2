import { bundleRulesSetting } from '../../config/bundle-rules.ts';
import { Failure } from '../../domain/failure.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { People, Prober, ReleaseReader } from '../../flows/ports/prober.ts';
import { createBehaviorReader } from '../../probes/behavior-sources/behavior-reader.ts';
import type { SourceAdapters } from '../../probes/behavior-sources/behavior-reader.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import { createModuleParser } from '../../probes/modules/module-parser.ts';
import { createBundleFetcher } from '../../probes/policy-bundles/fetch-bundle.ts';
import type { BundleFetcher } from '../../probes/policy-bundles/fetch-bundle.ts';
import { createProber } from '../../probes/prober.ts';
import { createValidator } from '../../probes/schema-validation/schema-validator.ts';
import { createSecretScanner } from '../../probes/secrets/secret-scanner.ts';
import type { RangeSource } from '../check/find-base.ts';
import { openPolicyEngine } from '../policy/open-policy-engine.ts';
import { leftToApp, registryHere } from './package-registries.ts';
import type { Terminal } from '../terminal.ts';

/** A repository on this disk, with what answers the gates' questions about it. */
export interface LocalProbes {
  readonly objects: ObjectSource & RangeSource;
  /** Answers about blobs and releases alone. */
  recordProberFor(releases: ReleaseReader): Prober;
  /** @param organization What holds the files of the organisation's repository. */
  proberFor(releases: ReleaseReader, people: People, organization: Pick<ObjectSource, 'blobs'>, sources: SourceAdapters): Prober;
  /** Whether a package was left to the App to ask for. */
  hasLeftPackages(): boolean;
  /** Starts what validation needs, while something else is awaited. */
  prepareValidation(): void;
  /** The same for what governance asks of every change. */
  prepareGovernance(): void;
  close(): Promise<void>;
}

export interface LocalSettings extends Pick<Terminal, 'environment' | 'threads'> {
  /** The keys that the server would be set with. */
  readonly operatorKeys: readonly PublicKey[];
  /** Whether the network may be asked. */
  readonly isOnline: boolean;
}

export async function openLocalProbes(directory: string, { operatorKeys, isOnline, environment, threads }: LocalSettings): Promise<LocalProbes> {
  const bundles = isOnline ? fetcherHere(environment) : offline;
  const objects = await openLocalRepository(directory);
  const validator = createValidator({ workers: 1, threads });
  const policies = openPolicyEngine({ environment, threads });
  const secrets = createSecretScanner({ threads });
  const modules = createModuleParser({ threads });
  const packages = isOnline ? await registryHere(environment) : leftToApp();
  return {
    objects,
    recordProberFor: (releases) => createProber({ objects, releases, validator }),
    proberFor: (releases, people, organization, sources) => createProber({ objects, organization, releases, people, validator, policies, bundles, secrets, modules, packages, operatorKeys, behaviors: createBehaviorReader(sources) }),
    hasLeftPackages: () => packages.hasLeft(),
    prepareValidation: () => validator.prepare(),
    prepareGovernance() {
      secrets.prepare();
      policies.prepare();
    },
    close: async () => void (await Promise.all([objects.close(), validator.close(), policies.close(), secrets.close(), modules.close()])),
  };
}

/** As the server fetches; nothing is kept. @throws Failure USAGE */
function fetcherHere(environment: LocalSettings['environment']): BundleFetcher {
  const rules = bundleRulesSetting(environment);
  if (rules.kind === 'bad') throw new Failure('USAGE', `Cannot ask the network: ${rules.why}.`);
  return createBundleFetcher({ rules: rules.value }, { find: async () => await Promise.resolve(null), keep: async () => {} });
}

const offline: BundleFetcher = { fetch: async () => await Promise.resolve({ kind: 'unavailable', why: 'nothing is fetched without --online' }) };

/** Owner and name of the remote `origin`; null where the directory is no clone of a repository on GitHub. */
export async function findOrigin(directory: string): Promise<{ readonly owner: string; readonly name: string } | null> {
  try {
    const repository = await openLocalRepository(directory);
    const origin = await repository.origin();
    await repository.close();
    return origin;
  } catch {
    return null;
  }
}
