import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Store } from '../flows/ports/store.ts';
import { requiredGates } from '../domain/gate-name.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { emptyRecord } from '../flows/empty-record.ts';
import { createDriftSources } from '../flows/remediation/drift-sources.ts';
import type { DriftSources } from '../flows/remediation/drift-sources.ts';
import { knownLabels } from '../flows/calibration/known-labels.ts';
import { knownUsage } from '../flows/usage/known-usage.ts';
import { scannedStates } from '../flows/scan/scanned-states.ts';
import { recordedReleases } from '../flows/recorded-releases.ts';
import { connectGitHub } from '../github/github-app.ts';
import type { GitHubOptions } from '../github/github-app.ts';
import { budgetsFor } from '../github/pace.ts';
import { webAdapters } from '../probes/behavior-sources/adapters/web-sources.ts';
import { createBehaviorReader } from '../probes/behavior-sources/behavior-reader.ts';
import { createSourceReader } from '../probes/behavior-sources/source-reader.ts';
import { readBuiltinPlaybooks } from '../probes/builtin-playbooks.ts';
import { createBundleFetcher } from '../probes/policy-bundles/fetch-bundle.ts';
import type { BundleFetcher } from '../probes/policy-bundles/fetch-bundle.ts';
import { createClaimJudge } from '../probes/judge/claim-judge.ts';
import { createModuleParser } from '../probes/modules/module-parser.ts';
import { createPackageRegistry } from '../probes/packages/package-registry.ts';
import { createPolicyEngine } from '../probes/policy-engine/policy-engine.ts';
import { createProber } from '../probes/prober.ts';
import { createValidator } from '../probes/schema-validation/schema-validator.ts';
import { createSecretScanner } from '../probes/secrets/secret-scanner.ts';
import { uuidV7 } from '../store/uuid-v7.ts';
import { engine } from './engine.ts';
import { isJudgedOutside } from './judge-settings.ts';
import { comparingAdapters } from './server-behaviors.ts';
import { keptBundles } from './kept-bundles.ts';

export interface ServerPorts {
  readonly ports: FlowPorts;
  /** What scans found, and what playbooks make of it. */
  readonly driftSources: DriftSources;
  close(): Promise<void>;
}

export interface ServerBase {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** How time passes between calls to GitHub; replaced by tests. */
  readonly time?: Pick<GitHubOptions, 'pause' | 'elapsed' | 'random'>;
}

/** The adapters that the server's flows run on. GitHub is not called yet. */
export function createServerPorts(config: Config, base: ServerBase): ServerPorts {
  const { store, clock, log } = base;
  const validator = createValidator();
  const github = connectGitHub({ appId: config.appId, privateKey: { reveal: () => config.privateKey.reveal(), renew: () => config.privateKey.refreshAfterRefusal() }, apiUrl: config.apiUrl, cache: store.cache, clock, log, pace: { budgets: budgetsFor(config.writesPerMinute / config.replicas) }, ...base.time });
  // Kept in memory alone: replicas share no disk.
  const policies = createPolicyEngine({ cacheFolder: null, places: config.opaPlaces });
  const secrets = createSecretScanner();
  const modules = createModuleParser();
  const packages = createPackageRegistry({ indexes: config.packageIndexes, clock, allowsLoopback: config.mode === 'development' });
  const judge = config.judge === null ? null : createClaimJudge({ ...config.judge, secrets });
  const judgeOf = (repository: RepositoryRef) => (judge !== null && config.judge !== null && isJudgedOutside(fullNameOf(repository), config.judge.repositories) ? { judge } : {});
  const reader = createSourceReader({ rules: { hosts: config.behaviorHosts, allowsLoopback: false } });
  const webOf = (repository: RepositoryRef) => webAdapters({ repository: { name: fullNameOf(repository), id: repository.id }, reader, grants: config.behaviorSecrets, validator, clock });
  const probes = { validator, policies, secrets, modules, packages, operatorKeys: config.contractKeys };
  const bundlesOf = bundleFetchers(config, store);
  const ports: FlowPorts = {
    store,
    github,
    clock,
    log,
    settlingMs: config.settlingMs,
    engine,
    requiredGates,
    newId: () => uuidV7(clock.now(), randomBytes(10)),
    builtinPlaybooks: readBuiltinPlaybooks,
    previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, ...probes }),
    proberFor: (objects, repository, asked, people) => {
      const releases = recordedReleases(store, repository, asked);
      const compared = comparingAdapters(ports, config.apiUrl, { repository, branch: asked.branch, releases, prober: createProber({ objects, releases, ...probes }) });
      return createProber({ objects, organization: github.organizationObjects(repository), releases, people, bundles: bundlesOf(repository.account.id), behaviors: createBehaviorReader({ ...webOf(repository), ...compared }), drifts: scannedStates(store, repository), labels: knownLabels(store, clock, repository), usage: knownUsage(store, repository), ...judgeOf(repository), ...probes });
    },
  };
  return { ports, driftSources: createDriftSources(ports), close: async () => void (await Promise.all([validator.close(), policies.close(), secrets.close(), modules.close()])) };
}

/** One for each account: what is kept of one is none of another's. */
function bundleFetchers({ bundleRules: rules }: Config, { cache }: Store): (accountId: number) => BundleFetcher {
  const known = new Map<number, BundleFetcher>();
  return (accountId) => {
    const fetcher = known.get(accountId) ?? createBundleFetcher({ rules }, keptBundles(cache, accountId));
    known.set(accountId, fetcher);
    return fetcher;
  };
}
