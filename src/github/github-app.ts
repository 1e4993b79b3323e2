import { askedOnce } from '../domain/asked-once.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { GitHubApp } from '../flows/ports/github-app.ts';
import type { GitHubRepository } from '../flows/ports/github-repository.ts';
import type { Log } from '../flows/ports/log.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { textAt } from './answer.ts';
import { openAppKey } from './app-key.ts';
import type { KeptAppKey } from './app-key.ts';
import { Connection } from './connection.ts';
import { readDeliveryAttempts, redeliverOnce } from './deliveries.ts';
import { openRepository } from './github-repository.ts';
import { graphqlUrlOf } from './graphql.ts';
import { listRepositories } from './installed-repositories.ts';
import { openIssues } from './issues/open-issues.ts';
import { KeptAnswers } from './kept-answers.ts';
import { openWire } from './octokit.ts';
import { findOrganizationRepository, readOrganizationBlobs, readOrganizationConfiguration } from './organization.ts';
import { webUrlOf } from './web-url-of.ts';
import { defaultPace } from './pace.ts';
import type { PaceSettings } from './pace.ts';
import { openRemediations } from './remediation/open-remediations.ts';
import { RepositoryCalls } from './repository-calls.ts';
import { appScope, issuesScope } from './scope.ts';
import { repositoriesVisibleWith } from './visible-repositories.ts';

export interface GitHubOptions {
  readonly appId: number;
  /** PEM, never logged. Where it may be replaced, what is in force and how to read it anew. */
  readonly privateKey: string | KeptAppKey;
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly apiUrl: string;
  readonly cache: ObjectCache;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof fetch;
  /** Milliseconds for one request, 20,000 when left out. */
  readonly timeout?: number;
  readonly pace?: Partial<PaceSettings>;
  /** Waits; replaced by tests. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Milliseconds that never go back; replaced by tests. */
  readonly elapsed?: () => number;
  /** From 0 to 1; replaced by tests. */
  readonly random?: () => number;
}

/** The App on GitHub. Nothing is called before it is asked for; a wrong key throws CONFIG_INVALID at once. */
export function connectGitHub(options: GitHubOptions): GitHubApp {
  const { appId, cache, clock, log } = options;
  const connection = new Connection({
    wire: openWire({ apiUrl: options.apiUrl, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) }),
    graphqlUrl: graphqlUrlOf(options.apiUrl),
    appId,
    key: openAppKey(options.privateKey),
    clock,
    log,
    pace: { ...defaultPace, ...options.pace },
    pause: options.pause ?? sleep,
    elapsed: options.elapsed ?? (() => performance.now()),
    timeout: options.timeout ?? 20_000,
    random: options.random ?? Math.random,
  });
  const kept = new KeptAnswers(cache);
  // An App keeps its slug as long as nobody registers it anew.
  const slug = askedOnce(async () => textAt((await connection.read(appScope, '/app')).body, ['slug']));
  const repository = (ref: RepositoryRef): GitHubRepository => openRepository({ calls: new RepositoryCalls(connection, ref), cache, kept, appId });
  return {
    repository,
    remediation: (ref) => openRemediations({ calls: new RepositoryCalls(connection, ref), appId, slug }),
    issues: (ref) => openIssues({ calls: new RepositoryCalls(connection, ref, issuesScope(ref), issuesScope(ref)), appId, slug }),
    organizationRepository: (ref) => findOrganizationRepository(connection, ref),
    organizationObjects: (ref) => (ref.account.kind === 'user' ? repository(ref) : { blobs: (wanted) => readOrganizationBlobs(connection, cache, ref, wanted) }),
    organizationConfiguration: (ref) => readOrganizationConfiguration(connection, cache, ref),
    repositories: () => listRepositories(connection),
    repositoriesVisibleWith: (ref) => repositoriesVisibleWith(connection, ref),
    deliveryAttempts: (since, cursor) => readDeliveryAttempts(connection, clock, { since, cursor }),
    redeliver: (id) => redeliverOnce(connection, id),
    slug,
    webUrl: webUrlOf(options.apiUrl),
  };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
