import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { entryOf } from '../domain/configuration/entry-of.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { ConfigurationLevel, ConfigurationVersion } from '../domain/configuration/judging-version.ts';
import { organizationDocument } from '../domain/configuration/organization-document.ts';
import { namesOrganizationFiles, organizationFilesIn, organizationGlobsOf } from '../domain/configuration/organization-files.ts';
import type { OrganizationGlob } from '../domain/configuration/organization-files.ts';
import type { SeenConfiguration } from '../domain/configuration/seen-configuration.ts';
import { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { ConfigurationState, OrganizationFiles } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { resolveWithHistory, versionAt } from './configuration-at.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { GitHubRepository } from './ports/github-repository.ts';

export type ConfigurationPorts = Pick<FlowPorts, 'github'> & { readonly store: Pick<FlowPorts['store'], 'transaction'> };

export interface ConfigurationToCapture {
  readonly repository: RepositoryRef;
  readonly github: GitHubRepository;
  /** B. */
  readonly commit: Sha;
  readonly branch: string;
  readonly defaultBranch: string;
}

export interface CapturedConfiguration {
  readonly state: ConfigurationState;
  /** The entry that governs the branch, as the default branch's configuration lists them; null: not governed. */
  readonly entry: BranchEntry | null;
  /** All entries of the default branch's configuration. */
  readonly branches: readonly BranchEntry[];
  /** What is valid where it was read: of the repository at B, or where another branch is the default one at that one's tip. */
  readonly valid: readonly SeenConfiguration[];
}

/**
 * The configuration that judges a change into the branch at B: the organisation's with the repository's own, each the
 * newest valid one. B may be any commit, and nothing is remembered of it: that is `see-configuration`.
 */
export async function captureConfiguration(ports: ConfigurationPorts, wanted: ConfigurationToCapture): Promise<CapturedConfiguration> {
  const { github, repository, commit, branch, defaultBranch } = wanted;
  const organization = await organizationLevel(ports, repository);
  const sources = { organization: organization?.source ?? null, repository: github };
  const defaultTip = branch === defaultBranch ? commit : ((await github.branchTip(defaultBranch)) ?? commit);
  const defaultLevel = await repositoryLevel(ports, wanted, defaultTip);
  const common = { defaultBranch, requiredByBranch: null };
  const onDefault = await resolveWithHistory({ ...common, organization: organization?.level ?? null, repository: defaultLevel }, sources);
  const valid = validOf(repository, onDefault, [defaultLevel, organization?.level ?? null]);
  const branches = onDefault.effective?.branches ?? [];
  const entry = entryOf({ branches }, branch);
  if (branch === defaultBranch || entry === null) return { state: await withFiles(onDefault, sources.organization), entry, branches, valid };
  const level = await branchLevel(wanted, onDefault, defaultLevel);
  const above = organization?.level ?? (repository.account.kind === 'user' ? defaultLevel : null);
  const state = await resolveWithHistory({ ...common, organization: above, repository: level }, sources);
  return { state: await withFiles(state, organization === null ? github : sources.organization), entry, branches, valid };
}

/** What the organisation keeps for all repositories, at the commit of its configuration in force. */
async function withFiles(state: ConfigurationState, source: GitHubRepository | null): Promise<ConfigurationState> {
  const document = organizationDocument(state);
  if (document === null || state.organization === null || !namesOrganizationFiles(document)) return state;
  if (source === null) return { ...state, organizationFiles: { kind: 'unreadable', why: 'the repository of the organisation could not be read', isLasting: false } };
  return { ...state, organizationFiles: await filesAt(source, state.organization.commit, organizationGlobsOf(document)) };
}

/** A commit that judges on may be gone from there. */
async function filesAt(source: GitHubRepository, commit: Sha, globs: readonly OrganizationGlob[]): Promise<OrganizationFiles> {
  try {
    const { entries, complete } = await source.tree(commit);
    return complete ? organizationFilesIn(globs, entries) : { kind: 'unreadable', why: 'the repository of the organisation has more files than can be read', isLasting: false };
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'SNAPSHOT_UNREADABLE') throw thrown;
    return { kind: 'unreadable', why: thrown.message, isLasting: false };
  }
}

async function repositoryLevel(ports: ConfigurationPorts, { github, repository }: ConfigurationToCapture, commit: Sha): Promise<ConfigurationLevel> {
  const seen = await ports.store.transaction((transaction) => transaction.seenConfiguration(repository.account.id, repository.id));
  const versions = [await versionAt(github, commit, repositoryConfigurationPath), ...remembered(seen)];
  return { repository: fullNameOf(repository), path: repositoryConfigurationPath, versions, exhausted: false, seen: seen !== null, unreadable: null };
}

/** A governed branch other than the default one: where it has no valid configuration of its own, the default branch's judges. */
async function branchLevel({ github, repository, commit }: ConfigurationToCapture, onDefault: ConfigurationState, defaultLevel: ConfigurationLevel): Promise<ConfigurationLevel> {
  const own = await versionAt(github, commit, repositoryConfigurationPath);
  const isConfigured = onDefault.repository !== null;
  return { repository: fullNameOf(repository), path: repositoryConfigurationPath, versions: [own, ...defaultLevel.versions], exhausted: true, seen: isConfigured, unreadable: null };
}

interface OrganizationLevel {
  readonly level: ConfigurationLevel;
  readonly source: GitHubRepository | null;
}

async function organizationLevel(ports: ConfigurationPorts, repository: RepositoryRef): Promise<OrganizationLevel | null> {
  if (repository.account.kind === 'user') return null;
  const seen = await ports.store.transaction((transaction) => transaction.seenConfiguration(repository.account.id, null));
  const common = { repository: `${repository.account.login}/.github`, path: organizationConfigurationPath, seen: seen !== null };
  try {
    const found = await ports.github.organizationConfiguration(repository);
    if (found === null) return seen === null ? null : { level: { ...common, versions: [], exhausted: true, unreadable: 'the repository is gone, or this App may no longer read it' }, source: null };
    const { commit, bytes, unusable } = found;
    const versions = [{ commit, bytes, ...(unusable === undefined ? {} : { unusable }) }, ...remembered(seen)];
    return { level: { ...common, versions, exhausted: false, unreadable: null }, source: ports.github.repository(found.repository) };
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'SNAPSHOT_UNREADABLE') throw thrown;
    return { level: { ...common, versions: [], exhausted: true, unreadable: thrown.message }, source: null };
  }
}

function remembered(seen: SeenConfiguration | null): readonly ConfigurationVersion[] {
  return seen === null ? [] : [{ commit: seen.commit, bytes: new TextEncoder().encode(seen.text) }];
}

/** Of the levels that were read, those whose own version judges. */
function validOf(repository: RepositoryRef, state: ConfigurationState, levels: readonly (ConfigurationLevel | null)[]): readonly SeenConfiguration[] {
  const judging = new Set([state.repository, state.organization].flatMap((source) => (source === null ? [] : [`${source.path} ${source.commit}`])));
  return levels.flatMap((level) => {
    const newest = level?.versions[0];
    if (level === null || newest === undefined || newest.bytes === null || !judging.has(`${level.path} ${newest.commit}`)) return [];
    const repositoryId = level.path === repositoryConfigurationPath ? repository.id : null;
    return [{ account: repository.account, repositoryId, commit: newest.commit, path: level.path, text: new TextDecoder().decode(newest.bytes) }];
  });
}
