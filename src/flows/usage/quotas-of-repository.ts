import { organizationConfigurationPath, repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { SeenConfiguration } from '../../domain/configuration/seen-configuration.ts';
import type { StoreTransaction } from '../ports/store.ts';

/**
 * The configuration of a repository as it was last seen valid at the tips of default branches: GitHub is not asked. Without any, nothing is limited.
 * @throws Failure STORE_INCONSISTENT What was seen can not be read any more: then nobody knows the limits.
 */
export async function quotasOfRepository(transaction: Pick<StoreTransaction, 'seenConfiguration'>, accountId: number, repositoryId: number): Promise<Configuration> {
  const organization = documentOf(await transaction.seenConfiguration(accountId, null), organizationConfigurationPath);
  const repository = documentOf(await transaction.seenConfiguration(accountId, repositoryId), repositoryConfigurationPath);
  // No quota depends on the name of the branch.
  return mergeConfiguration({ organization, repository, defaultBranch: 'main' }).configuration;
}

function documentOf(seen: SeenConfiguration | null, path: string): JsonObject | null {
  if (seen === null) return null;
  const reading = readConfiguration(new TextEncoder().encode(seen.text), path);
  if (reading.kind === 'valid') return reading.document;
  throw new Failure('STORE_INCONSISTENT', `Cannot read the quotas of ${path} at ${seen.commit}: it was valid when it was seen, and is not for this version.`);
}
