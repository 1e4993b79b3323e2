import type { Configuration } from '../domain/configuration/configuration.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { mergeConfiguration } from '../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { Sha } from '../domain/tree.ts';
import type { NamedObject, ObjectSource } from './ports/object-source.ts';

/** Tells commits apart by what the record cares for. */
export interface WatchedPaths {
  /** Equal for two commits of the line exactly when the configuration and every governed folder are the same. */
  readonly nameOf: (commit: Sha) => string;
}

/**
 * Looks up the configuration and the folders that any configuration of the line governs, for all commits in batches,
 * so that only commits that change one of them need their tree read.
 * @param others What may also judge a commit of the line without standing in it.
 */
export async function watchedPaths(objects: ObjectSource, shas: readonly Sha[], others: readonly (Configuration | null)[]): Promise<WatchedPaths> {
  if (shas.length < 2) return { nameOf: (commit) => commit };
  const configurations = await namesOf(objects, shas, repositoryConfigurationPath);
  const documents = await distinctDocuments(objects, configurations);
  const governing = [...documents.map((document) => configurationOf(document)), ...others.filter((one) => one !== null)];
  const folders = [...new Set(governing.flatMap((configuration) => foldersOf(configuration)))];
  const columns = [configurations, ...(await Promise.all(folders.map((folder) => namesOf(objects, shas, folder))))];
  const names = new Map(shas.map((sha, row) => [sha, columns.map((column) => column[row]?.name ?? '-').join(' ')]));
  return { nameOf: (commit) => names.get(commit) ?? commit };
}

async function namesOf(objects: ObjectSource, commits: readonly Sha[], path: string): Promise<readonly (NamedObject | null)[]> {
  return objects.namesAt(commits.map((commit) => ({ commit, path })));
}

async function distinctDocuments(objects: ObjectSource, found: readonly (NamedObject | null)[]): Promise<JsonObject[]> {
  const wanted = [...new Set(found.flatMap((one) => (one?.kind === 'blob' ? [one.name] : [])))];
  const contents = await objects.blobs(wanted.map((blob) => ({ blob, size: null })));
  return [...contents.values()].flatMap((content) => {
    if (content.kind !== 'bytes') return [];
    const reading = readConfiguration(content.bytes, repositoryConfigurationPath);
    return reading.kind === 'valid' ? [reading.document] : [];
  });
}

function configurationOf(document: JsonObject): Configuration {
  return mergeConfiguration({ organization: null, repository: document, defaultBranch: '' }).configuration;
}

/** The part of each contract and schema glob that is a plain folder; the root for a glob that starts with one. */
function foldersOf(configuration: Configuration): readonly string[] {
  return [...configuration.contracts, ...configuration.schemas].flatMap((set) => set.paths).map((glob) => plainFolder(glob));
}

function plainFolder(glob: string): string {
  const segments = glob.split('/');
  const firstPattern = segments.findIndex((segment) => /[*?[\]{}()!+@\\]/.test(segment));
  return segments.slice(0, firstPattern === -1 ? -1 : firstPattern).join('/');
}
