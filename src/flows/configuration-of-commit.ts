import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import { mergeConfiguration } from '../domain/configuration/merge-configuration.ts';
import { organizationDocument } from '../domain/configuration/organization-document.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import { Failure } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { newestValid } from './configuration-at.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { wholeTree } from './tree-differences.ts';

export interface CommitsOfBranch {
  readonly objects: ObjectSource;
  /** In force at the tip. */
  readonly state: ConfigurationState;
  readonly defaultBranch: string;
  /** Whether it is the branch from which other branches and, at the root, other repositories are configured. */
  readonly isDefault: boolean;
}

/** What governs a commit by its own history, with the organisation's as it is in force; null where nothing there does. */
export type ConfigurationOfCommit = (commit: Sha) => Promise<Configuration | null>;

/**
 * Reads each version once. Where the branch configures the organisation too, its own file is read at the commit as well. Of a file that
 * is not valid, or is gone while an older version judges, the newest valid one before counts. Another branch without a valid file is
 * governed from the default one, whatever the organisation says.
 */
export function configurationOfCommit({ objects, state, defaultBranch, isDefault }: CommitsOfBranch): ConfigurationOfCommit {
  const isRoot = isDefault && state.effective?.isRoot === true;
  const inForce = organizationDocument(state);
  const known = new Map<string, Promise<JsonObject | null>>();
  const once = async (key: string, read: () => Promise<JsonObject | null>): Promise<JsonObject | null> => {
    const reading = known.get(key) ?? read();
    known.set(key, reading);
    return await reading;
  };
  const documentAt = async (commit: Sha, entries: readonly TreeEntry[], path: string): Promise<JsonObject | null> => {
    const file = entries.find((entry) => entry.path === path && isPlainFile(entry));
    const own = file === undefined ? null : await once(file.blob, async () => await documentIn(objects, file));
    const isLost = state.repairs.includes(path) || entries.some((entry) => entry.path === path || entry.path.startsWith(`${path}/`));
    return own ?? (isDefault && isLost ? await once(`${commit} ${path}`, async () => await documentBefore(objects, commit, path)) : null);
  };
  return async (commit) => {
    const entries = (await wholeTree(objects, commit))?.entries ?? [];
    const repository = await documentAt(commit, entries, repositoryConfigurationPath);
    const organization = isRoot ? await documentAt(commit, entries, organizationConfigurationPath) : inForce;
    const isUngoverned = repository === null && (organization === null || !isDefault);
    return isUngoverned ? null : mergeConfiguration({ organization, repository, defaultBranch, isRoot }).configuration;
  };
}

async function documentIn(objects: ObjectSource, file: TreeEntry): Promise<JsonObject | null> {
  return await ifThere(async () => {
    const content = (await objects.blobs([file])).get(file.blob);
    const reading = content?.kind === 'bytes' ? readConfiguration(content.bytes, file.path) : null;
    return reading?.kind === 'valid' ? reading.document : null;
  });
}

async function documentBefore(objects: ObjectSource, commit: Sha, path: string): Promise<JsonObject | null> {
  return await ifThere(async () => (await newestValid(objects, commit, path))?.document ?? null);
}

/** After history was rewritten what a commit had may be gone. */
async function ifThere(read: () => Promise<JsonObject | null>): Promise<JsonObject | null> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return null;
    throw thrown;
  }
}
