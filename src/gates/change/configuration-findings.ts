import { organizationConfigurationPath, repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { ownGlobsOf } from '../../domain/configuration/own-paths.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import type { HeadConfiguration } from './head-configuration.ts';

export interface ConfigurationJudgement {
  readonly snapshot: Snapshot;
  readonly head: HeadConfiguration | null;
  /** Whether every own file that the change adds or changes is valid. */
  readonly ownFilesAreValid: boolean;
}

/** What the state of the configuration itself means for this change. */
export function configurationFindings(judgement: ConfigurationJudgement): readonly Finding[] {
  const { snapshot } = judgement;
  if (snapshot.configuration.kind === 'none') return missing(judgement);
  return isRepair(judgement) ? repair(snapshot) : snapshot.configuration.findings;
}

/** Confined to the broken files, after which they stand there and are valid. A directory in their place goes away with what it holds. */
function isRepair({ snapshot, ownFilesAreValid }: ConfigurationJudgement): boolean {
  const changed = changedFiles(snapshot);
  const repaired = repairedPaths(snapshot);
  const makesRoom = (file: SnapshotFile): boolean => file.head === null && repaired.some((path) => file.path.startsWith(`${path}/`));
  return ownFilesAreValid && repaired.length > 0 && changed.every((file) => repaired.includes(file.path) || makesRoom(file));
}

function repairedPaths(snapshot: Snapshot): readonly string[] {
  const { repairs } = snapshot.configuration;
  return changedFiles(snapshot).filter((file) => file.head !== null && repairs.includes(file.path)).map((file) => file.path);
}

/** The broken state no longer denies: people decide about its mending. */
function repair(snapshot: Snapshot): readonly Finding[] {
  const paths = repairedPaths(snapshot);
  const others = snapshot.configuration.findings.map((one) => (isAbout(one, paths) ? Object.freeze({ ...one, severity: 'notice' as const, declared: 'notice' as const }) : one));
  const held = paths.map((path) =>
    finding({
      code: 'config/repair',
      path,
      message: `This change only repairs \`${path}\`, which is invalid or gone in the base. It is held: a person may release it.`,
      expected: 'approvals of tier 3, or one of an admin',
      next: 'Ask an admin of the repository, or the approvers of tier 3, to look at it.',
    }),
  );
  return [...others, ...held];
}

function isAbout(one: Finding, paths: readonly string[]): boolean {
  return one.code === 'config/base_invalid' && one.path !== null && paths.includes(one.path);
}

function missing(judgement: ConfigurationJudgement): readonly Finding[] {
  const { snapshot } = judgement;
  if (snapshot.configuration.requiredByBranch !== true) return snapshot.configuration.findings;
  const isFirst = isFirstConfiguration(judgement);
  const path = repositoryConfigurationPath;
  return [
    ...snapshot.configuration.findings,
    finding({
      code: 'config/missing',
      severity: isFirst ? 'hold' : 'deny',
      path,
      message: isFirst
        ? `This change adds the first configuration. It is held: any admin of the repository may release it, the author included.`
        : `The rules of the branch require Plumbline, but neither ${path} nor the organisation's ${organizationConfigurationPath} exists in the base.`,
      expected: 'a configuration in the base',
      found: 'none',
      next: isFirst ? 'Ask an admin of the repository to approve it.' : `Open a pull request that only adds ${path}; \`plumbline init\` writes one.`,
    }),
  ];
}

/** Only adds: a valid configuration, and files that it names. */
function isFirstConfiguration({ snapshot, head, ownFilesAreValid }: ConfigurationJudgement): boolean {
  if (head === null || !ownFilesAreValid) return false;
  const globs = ownGlobsOf(head.document).map(({ glob }) => compileGlob(glob));
  return changedFiles(snapshot).every((file) => file.mergeBase === null && file.base === null && file.head !== null && globs.some((glob) => glob.matches(file.path)));
}
