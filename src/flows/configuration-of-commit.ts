import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import { mergeConfiguration } from '../domain/configuration/merge-configuration.ts';
import { organizationDocument } from '../domain/configuration/organization-document.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import { Failure } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import type { ObjectSource } from './ports.ts';
import { wholeTree } from './tree-differences.ts';

export interface CommitsOfBranch {
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
  /** In force at the tip. */
  readonly state: ConfigurationState;
  readonly defaultBranch: string;
  /** Whether it is the branch from which other branches and, at the root, other repositories are configured. */
  readonly isDefault: boolean;
}

/** What is written at a commit, with the organisation's as it is in force; null where the commit has no valid one of its own. */
export type ConfigurationOfCommit = (commit: Sha) => Promise<Configuration | null>;

/** Reads each version once. Where the branch configures the organisation too, its own file is read at the commit as well. */
export function configurationOfCommit({ objects, state, defaultBranch, isDefault }: CommitsOfBranch): ConfigurationOfCommit {
  const isRoot = isDefault && state.effective?.isRoot === true;
  const inForce = organizationDocument(state);
  const known = new Map<Sha, Promise<JsonObject | null>>();
  const documentAt = async (entries: readonly TreeEntry[], path: string): Promise<JsonObject | null> => {
    const file = entries.find((entry) => entry.path === path && (entry.mode === '100644' || entry.mode === '100755'));
    if (file === undefined) return null;
    const reading = known.get(file.blob) ?? documentIn(objects, file);
    known.set(file.blob, reading);
    return await reading;
  };
  return async (commit) => {
    const entries = (await wholeTree(objects, commit))?.entries ?? [];
    const repository = await documentAt(entries, repositoryConfigurationPath);
    const organization = isRoot ? await documentAt(entries, organizationConfigurationPath) : inForce;
    return (isRoot ? organization : repository) === null ? null : mergeConfiguration({ organization, repository, defaultBranch, isRoot }).configuration;
  };
}

async function documentIn(objects: Pick<ObjectSource, 'blobs'>, file: TreeEntry): Promise<JsonObject | null> {
  try {
    const content = (await objects.blobs([file])).get(file.blob);
    const reading = content?.kind === 'bytes' ? readConfiguration(content.bytes, file.path) : null;
    return reading?.kind === 'valid' ? reading.document : null;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return null;
    throw thrown;
  }
}
