import type { Configuration } from '../domain/configuration/configuration.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import { mergeConfiguration } from '../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import { Failure } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { FileRole } from '../domain/snapshot.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, Tree, TreeEntry } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** The configuration in force at a commit, and the contract and schema files that it covers there. */
export interface ContractsAt {
  readonly configuration: Configuration | null;
  readonly files: ReadonlyMap<string, TreeEntry>;
  readonly schemas: ReadonlyMap<string, TreeEntry>;
}

export const nothingSeen: ContractsAt = { configuration: null, files: new Map(), schemas: new Map() };

/** What a commit holds. Where its own configuration is missing or invalid, the one before it stays in force. */
export async function contractsAt(
  { objects, defaultBranch }: { readonly objects: ObjectSource; readonly defaultBranch: string },
  commit: Sha,
  before: Configuration | null,
  organization: JsonObject | null,
): Promise<ContractsAt> {
  const tree = await wholeTree(objects, commit);
  const repository = await documentIn(objects, tree.entries);
  if (repository === null && (before !== null || organization === null)) return coveredBy(before, tree);
  return coveredBy(mergeConfiguration({ organization, repository, defaultBranch }).configuration, tree);
}

/** What a commit holds under a configuration that is known. */
export async function contractsUnder(objects: ObjectSource, commit: Sha, configuration: Configuration | null): Promise<ContractsAt> {
  return coveredBy(configuration, await wholeTree(objects, commit));
}

export function covers(configuration: Configuration | null, path: string): boolean {
  return configuration !== null && rolesOf(configuration, path).includes('contract');
}

async function wholeTree(objects: ObjectSource, commit: Sha): Promise<Tree> {
  const tree = await objects.tree(commit);
  if (!tree.complete) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot record the releases of ${commit}: its tree could not be read whole`);
  return tree;
}

function coveredBy(configuration: Configuration | null, tree: Tree): ContractsAt {
  if (configuration === null) return nothingSeen;
  const files = tree.entries.filter((entry) => isPlainFile(entry)).map((file) => ({ file, roles: rolesOf(configuration, file.path) }));
  const ofRole = (role: FileRole) => new Map(files.filter(({ roles }) => roles.includes(role)).map(({ file }) => [file.path, file]));
  return { configuration, files: ofRole('contract'), schemas: ofRole('schema') };
}

async function documentIn(objects: ObjectSource, entries: readonly TreeEntry[]): Promise<JsonObject | null> {
  const file = entries.find((entry) => entry.path === repositoryConfigurationPath);
  if (file === undefined || !isPlainFile(file)) return null;
  const content = (await objects.blobs([file])).get(file.blob);
  if (content?.kind !== 'bytes') return null;
  const reading = readConfiguration(content.bytes, repositoryConfigurationPath);
  return reading.kind === 'valid' ? reading.document : null;
}
