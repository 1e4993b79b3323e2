import { entryOf } from '../../domain/configuration/entry-of.ts';
import { repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import type { BranchEntry } from '../../domain/configuration/configuration.ts';
import type { ConfigurationLevel, ConfigurationVersion } from '../../domain/configuration/judging-version.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import { resolveWithHistory, versionAt } from '../../flows/configuration-at.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { ConfigurationFile } from '../config/configuration-file.ts';
import type { Range } from './capture-range.ts';

export interface LocalConfiguration {
  readonly state: ConfigurationState;
  /** Null: the base is not governed. */
  readonly entry: BranchEntry | null;
  /** All entries, as the default branch configures them. */
  readonly branches: readonly BranchEntry[];
  /** Judged by the head's own first configuration, as if it were in force. */
  readonly isPreview: boolean;
  readonly skipped: readonly SkippedRule[];
}

/** The configuration that would judge the range; where none is in force yet, the first one that the head adds. */
export async function localConfiguration(objects: ObjectSource, range: Range, file: ConfigurationFile | null): Promise<LocalConfiguration> {
  const { base, repository } = range;
  const organization = file === null ? null : organizationLevel(file, repository.owner);
  const wanted = { organization, defaultBranch: base.defaultBranch, requiredByBranch: null };
  const sources = { organization: null, repository: objects };
  const onDefault = await resolveWithHistory({ ...wanted, repository: await levelAt(objects, range, base.defaultTip) }, sources);
  if (onDefault.kind === 'none') return (await previewOf(objects, range)) ?? ungoverned(onDefault, `there is no ${repositoryConfigurationPath} at ${base.sha.slice(0, 12)}`);
  const entry = onDefault.effective === null ? unnamedEntry(base.branch, base.branch === base.defaultBranch) : entryOf(onDefault.effective, base.branch);
  const branches = onDefault.effective?.branches ?? [];
  if (entry === null) return ungoverned(onDefault, `no entry of the configuration names the branch ${base.branch}`);
  if (base.sha === base.defaultTip) return { state: onDefault, entry, branches, isPreview: false, skipped: [] };
  const own = await versionAt(objects, base.sha, repositoryConfigurationPath);
  const level = await levelAt(objects, range, base.defaultTip);
  const state = await resolveWithHistory({ ...wanted, repository: { ...level, versions: [own, ...level.versions], seen: onDefault.repository !== null } }, sources);
  return { state, entry, branches, isPreview: false, skipped: [] };
}

/** A configuration that the server has never seen can not be lost: here history tells whether there was one. */
async function levelAt(objects: ObjectSource, range: Range, commit: Sha): Promise<ConfigurationLevel> {
  const own = await versionAt(objects, commit, repositoryConfigurationPath);
  const seen = own.bytes !== null || (await wasConfigured(objects, commit));
  return { repository: fullNameOf(range.repository), path: repositoryConfigurationPath, versions: [own], exhausted: false, seen, unreadable: null };
}

async function wasConfigured(objects: ObjectSource, tip: Sha): Promise<boolean> {
  for (let from: Sha | null = tip; from !== null; ) {
    const page = await objects.history(from, { limit: 1_000 });
    const names = await objects.namesAt(page.commits.map(({ sha }) => ({ commit: sha, path: repositoryConfigurationPath })));
    if (names.some((found) => found?.kind === 'blob')) return true;
    from = page.next;
  }
  return false;
}

function organizationLevel(file: ConfigurationFile, owner: string): ConfigurationLevel {
  // A file on disk stands at no commit.
  const version: ConfigurationVersion = { commit: '0'.repeat(40), bytes: file.bytes };
  return { repository: `${owner}/.github`, path: file.path, versions: [version], exhausted: true, seen: true, unreadable: null };
}

async function previewOf(objects: ObjectSource, range: Range): Promise<LocalConfiguration | null> {
  const version = await versionAt(objects, range.head, repositoryConfigurationPath);
  if (version.bytes === null) return null;
  const level = { repository: fullNameOf(range.repository), path: repositoryConfigurationPath, versions: [version], exhausted: true, seen: true, unreadable: null };
  const state = await resolveWithHistory({ organization: null, repository: level, defaultBranch: range.base.defaultBranch, requiredByBranch: null }, { organization: null, repository: objects });
  const skipped = [{ rule: 'the configuration of the base', why: `there is none yet: judged as if the one that this change adds were in force; the App shows this as a preview that decides nothing` }];
  return { state, entry: unnamedEntry(range.base.branch, true), branches: [], isPreview: true, skipped };
}

function ungoverned(state: ConfigurationState, why: string): LocalConfiguration {
  return { state, entry: null, branches: [], isPreview: false, skipped: [{ rule: 'everything', why: `nothing is governed: ${why}` }] };
}

function unnamedEntry(branch: string, isDefault: boolean): BranchEntry {
  return { entry: branch, names: [branch], require: false, isDefault };
}
