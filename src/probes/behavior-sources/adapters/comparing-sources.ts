import { Failure } from '../../../domain/failure.ts';
import type { FailureCode } from '../../../domain/failure.ts';
import type { SourceKind } from '../../../domain/behavior/behavior-source.ts';
import type { SourceAdapter, SourceAdapters } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';
import { githubActionsAdapter } from './github-actions-adapter.ts';
import type { GithubActionsPorts } from './github-actions-adapter.ts';
import { repositoryFilesAdapter } from './repository-files-adapter.ts';
import type { RepositoryFilesPorts } from './repository-files-adapter.ts';
import { repositorySettingsAdapter } from './repository-settings-adapter.ts';
import type { RepositorySettingsPorts } from './repository-settings-adapter.ts';
import { terraformPlanAdapter } from './terraform-plan-adapter.ts';
import type { TerraformPlanPorts } from './terraform-plan-adapter.ts';

/** What can be compared of a repository wherever it stands. */
export interface LocalSources extends RepositoryFilesPorts {
  readonly contractReleases: SourceAdapter<'contract-releases'>;
}

export function localAdapters(sources: LocalSources): SourceAdapters {
  return { 'repository-files': told(repositoryFilesAdapter(sources)), 'contract-releases': told(sources.contractReleases) };
}

/** What only the App knows of it, or may ask GitHub. */
export type AppSources = GithubActionsPorts & RepositorySettingsPorts & TerraformPlanPorts & { readonly usageQuotas: SourceAdapter<'usage-quotas'> };

export function appAdapters(sources: AppSources): SourceAdapters {
  return { 'github-actions': told(githubActionsAdapter(sources)), 'repository-settings': told(repositorySettingsAdapter(sources)), 'terraform-plan': told(terraformPlanAdapter(sources)), 'usage-quotas': told(sources.usageQuotas) };
}

/** Says instead that only the App asks these. */
export function leftToApp(why: string): SourceAdapters {
  const silent = async (): Promise<ReturnType<typeof noSignal>> => await Promise.resolve(noSignal(why));
  return { 'github-actions': silent, 'repository-settings': silent, 'terraform-plan': silent, 'usage-quotas': async () => await Promise.resolve(noSignal('what agents use up is counted by the App')) };
}

const passing: ReadonlySet<FailureCode> = new Set<FailureCode>(['GITHUB_RATE_LIMITED', 'GITHUB_UNAVAILABLE', 'STORE_UNAVAILABLE']);

/** Trouble with git or GitHub is the answer of the source, in the failure's own words; but what passes by itself says nothing of what is compared. */
function told<Kind extends SourceKind>(adapter: SourceAdapter<Kind>): SourceAdapter<Kind> {
  return async (source, question) => {
    try {
      return await adapter(source, question);
    } catch (thrown) {
      if (thrown instanceof Failure && !passing.has(thrown.code)) return noSignal(thrown.message);
      throw thrown;
    }
  };
}
