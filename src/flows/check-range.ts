import type { Approval } from '../domain/approval.ts';
import { entryOf } from '../domain/configuration/entry-of.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { ConfigurationLevel } from '../domain/configuration/judging-version.ts';
import { resolveConfiguration } from '../domain/configuration/resolve-configuration.ts';
import type { Decision } from '../domain/decision.ts';
import { Failure } from '../domain/failure.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { Change, ConfigurationState, Snapshot } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { buildRecord } from './build-record.ts';
import { organizationDocument } from './capture-configuration.ts';
import { captureSnapshot } from './capture-snapshot.ts';
import { resolveWithHistory, versionAt } from './configuration-at.ts';
import { firstParentLine } from './first-parent-line.ts';
import { judge } from './judge.ts';
import type { ObjectSource, Prober, ReleaseReader } from './ports.ts';

/** A range of a local repository, with what only the person at the keyboard knows. */
export interface RangeToCheck {
  readonly engine: string;
  readonly now: Date;
  readonly objects: ObjectSource;
  readonly repository: RepositoryRef;
  readonly change: Change;
  readonly base: Sha;
  readonly head: Sha;
  readonly defaultBranch: string;
  /** The organisation's `plumbline.yml`; null: no organisation is assumed. */
  readonly organization: Uint8Array | null;
  readonly requiredGates: readonly GateName[];
  readonly approvals: readonly Approval[];
  proberFor(releases: ReleaseReader): Prober;
}

export interface CheckedRange {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  /** The base has no configuration: judged as if the head's first one were in force. */
  readonly isPreview: boolean;
}

/** Judges a range with the App's own flow: capture, plan and probe, decide. Nothing is written anywhere. */
export async function checkRange(range: RangeToCheck): Promise<CheckedRange> {
  const atBase = await localConfiguration(range, range.base);
  const isPreview = atBase.kind === 'none';
  const configuration = isPreview ? await firstConfiguration(range) : atBase;
  const entry = entryFor(range, configuration);
  const snapshot = await captureSnapshot({ ...range, entry, configuration });
  const releases = isPreview ? noReleases(range.base) : await recordOf(range, entry, configuration);
  const { decision } = await judge({ snapshot, prober: range.proberFor(releases), requiredGates: range.requiredGates, waivers: [], approvals: range.approvals });
  return { snapshot, decision, isPreview };
}

async function localConfiguration(range: RangeToCheck, commit: Sha): Promise<ConfigurationState> {
  const newest = await versionAt(range.objects, commit, repositoryConfigurationPath);
  const seen = newest.bytes !== null || (await wasConfigured(range.objects, commit));
  const level = { ...levelOf(range, repositoryConfigurationPath), versions: [newest], exhausted: false, seen };
  return resolveWithHistory({ organization: organizationLevel(range), repository: level, defaultBranch: range.defaultBranch, requiredByBranch: null }, { organization: null, repository: range.objects });
}

/** Whether first-parent history has the file: then its absence is a loss, and the last valid one judges. */
async function wasConfigured(objects: ObjectSource, commit: Sha): Promise<boolean> {
  const line = await firstParentLine(objects, commit, null);
  const names = await objects.namesAt(line.commits.map(({ sha }) => ({ commit: sha, path: repositoryConfigurationPath })));
  return names.some((name) => name !== null);
}

async function firstConfiguration(range: RangeToCheck): Promise<ConfigurationState> {
  const version = await versionAt(range.objects, range.head, repositoryConfigurationPath);
  if (version.bytes === null && version.unusable === undefined) {
    throw new Failure('USAGE', `Cannot check: there is no ${repositoryConfigurationPath} at the base or the head, so nothing is governed.\nRun \`plumbline init\` to write one in observe mode, and commit it.`);
  }
  const level = { ...levelOf(range, repositoryConfigurationPath), versions: [version], exhausted: true, seen: true };
  const resolution = resolveConfiguration({ organization: null, repository: level, defaultBranch: range.defaultBranch, requiredByBranch: null });
  if (resolution.kind === 'resolved') return resolution.state;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${repositoryConfigurationPath} at ${range.head}`);
}

function organizationLevel(range: RangeToCheck): ConfigurationLevel | null {
  if (range.organization === null) return null;
  const versions = [{ commit: '0'.repeat(40), bytes: range.organization }];
  return { ...levelOf(range, organizationConfigurationPath), repository: `${range.repository.account.login}/.github`, versions, exhausted: true, seen: true };
}

function levelOf(range: RangeToCheck, path: string): Pick<ConfigurationLevel, 'repository' | 'path' | 'unreadable'> {
  return { repository: fullNameOf(range.repository), path, unreadable: null };
}

/** Who checks a range by hand wants it judged, whether or not the branch is listed. */
function entryFor(range: RangeToCheck, configuration: ConfigurationState): BranchEntry {
  const { baseBranch } = range.change;
  const listed = configuration.effective === null ? null : entryOf(configuration.effective, baseBranch);
  return listed ?? { entry: baseBranch, names: [baseBranch], require: false, isDefault: baseBranch === range.defaultBranch };
}

async function recordOf(range: RangeToCheck, entry: BranchEntry, configuration: ConfigurationState): Promise<ReleaseReader> {
  const organization = organizationDocument(configuration);
  return buildRecord({ objects: range.objects, entry, tip: range.base, defaultBranch: range.defaultBranch, organization });
}

function noReleases(tip: Sha): ReleaseReader {
  return { releases: async () => [], releasesAt: async () => [], recordState: async () => ({ kind: 'complete', upTo: tip }) };
}
