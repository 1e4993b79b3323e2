import type { JsonObject } from '../json-value.ts';
import type { ConfigurationState } from '../snapshot.ts';
import type { Configuration } from './configuration.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from './configuration-paths.ts';
import { mergeConfiguration } from './merge-configuration.ts';
import { organizationDocument } from './organization-document.ts';

export interface HeadToConfigure {
  /** In force at B. */
  readonly state: ConfigurationState;
  readonly baseBranch: string;
  /** What R has at a path; null where that is absent, not read or not valid. */
  readonly documentAt: (path: string) => JsonObject | null;
}

/** What would be in force once the change is merged; null where it configures nothing and nothing judges at B. */
export function configurationOfHead({ state, baseBranch, documentAt }: HeadToConfigure): Configuration | null {
  if (state.effective === null) return firstConfiguration(documentAt(repositoryConfigurationPath), baseBranch);
  const { isRoot } = state.effective;
  const organization = (isRoot ? documentAt(organizationConfigurationPath) : null) ?? organizationDocument(state);
  return mergeConfiguration({ organization, repository: documentAt(repositoryConfigurationPath), defaultBranch: baseBranch, isRoot }).configuration;
}

function firstConfiguration(repository: JsonObject | null, defaultBranch: string): Configuration | null {
  return repository === null ? null : mergeConfiguration({ organization: null, repository, defaultBranch }).configuration;
}

/** Of the repository: its own, and the organisation's where that stands there. */
export function configurationPathsOf({ effective }: Pick<ConfigurationState, 'effective'>): readonly string[] {
  return effective?.isRoot === true ? [repositoryConfigurationPath, organizationConfigurationPath] : [repositoryConfigurationPath];
}
