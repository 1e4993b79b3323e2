import type { RepositoryRef } from '../domain/repository.ts';
import { captureConfiguration } from '../flows/capture-configuration.ts';
import { contractReleases } from '../flows/contract-releases.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import type { GitHubApp } from '../flows/ports/github-app.ts';
import type { Prober, ReleaseReader } from '../flows/ports/prober.ts';
import { quotaBreaches } from '../flows/usage/quota-breaches.ts';
import { appAdapters, localAdapters } from '../probes/behavior-sources/adapters/comparing-sources.ts';
import type { OrganizationTree } from '../probes/behavior-sources/adapters/repository-files-adapter.ts';
import type { SourceAdapters } from '../probes/behavior-sources/behavior-reader.ts';

export interface ComparedRepository {
  readonly repository: RepositoryRef;
  /** Into which a change would be merged, or whose tip is scanned. */
  readonly branch: string;
  readonly releases: ReleaseReader;
  /** Answers about its blobs and releases. */
  readonly prober: Prober;
}

/** The sources that compare by themselves, for one repository of the App. Nothing is called yet. */
export function comparingAdapters(ports: FlowPorts, apiUrl: string, { repository, branch: baseBranch, releases, prober }: ComparedRepository): SourceAdapters {
  const { clock } = ports;
  const github = ports.github.repository(repository);
  const defaultBranchAt: Parameters<typeof contractReleases>[0]['defaultBranchAt'] = async (commit) => {
    const branch = await github.defaultBranch();
    const { state, entry } = await captureConfiguration(ports, { repository, github, commit, branch, defaultBranch: branch });
    return { branch, state, entry };
  };
  return {
    ...localAdapters({ objects: github, organization: async () => await organizationTree(ports.github, repository), clock, contractReleases: contractReleases({ repository, objects: github, releases, prober, defaultBranchAt, clock }) }),
    ...appAdapters({ github, usageQuotas: quotaBreaches({ store: ports.store, repository, objects: github, defaultBranchAt, clock }), sampleOf: (behavior, head) => ports.store.transaction((transaction) => transaction.sampleOf(repository.id, behavior, { head, baseBranch })), clock, archives: { allowsLoopback: isOfThisMachine(apiUrl) } }),
  };
}

async function organizationTree(app: GitHubApp, repository: RepositoryRef): Promise<OrganizationTree> {
  if (repository.account.kind === 'user') return { kind: 'none', why: 'the account is a person, expected an organisation' };
  const where = await app.organizationRepository(repository);
  if (where === null) return { kind: 'none', why: 'this App sees no repository .github of it' };
  const github = app.repository(where);
  const tip = await github.branchTip(await github.defaultBranch());
  return tip === null ? { kind: 'none', why: 'its repository .github is empty' } : { kind: 'tree', tree: await github.tree(tip) };
}

/** A GitHub for trials keeps its archives where it runs itself. */
function isOfThisMachine(apiUrl: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(URL.parse(apiUrl)?.hostname ?? '');
}
