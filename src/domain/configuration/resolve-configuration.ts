import { digestOfBytes } from '../digest.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { ConfigurationSource, ConfigurationState } from '../snapshot.ts';
import { judgingVersion } from './judging-version.ts';
import type { ConfigurationLevel, JudgingVersion, SoundVersion } from './judging-version.ts';
import { mergeConfiguration } from './merge-configuration.ts';

export interface ConfigurationToResolve {
  /**
   * Null when there is none: no organisation, or no `.github` repository was ever seen. For a user account it is the
   * repository's own file at its default branch, when another branch is judged.
   */
  readonly organization: ConfigurationLevel | null;
  readonly repository: ConfigurationLevel;
  readonly defaultBranch: string;
  readonly requiredByBranch: boolean | null;
}

/** `need-older`: no valid version is among those given; ask again with older ones of that level added. */
export type ConfigurationResolution =
  | { readonly kind: 'need-older'; readonly level: 'organization' | 'repository' }
  | { readonly kind: 'resolved'; readonly state: ConfigurationState };

/** Decides which versions of the organisation's and the repository's configuration judge, and says so when they are not the newest. */
export function resolveConfiguration(wanted: ConfigurationToResolve): ConfigurationResolution {
  const organization: JudgingVersion = wanted.organization === null ? { kind: 'none' } : judgingVersion(wanted.organization);
  if (organization.kind === 'need-older') return { kind: 'need-older', level: 'organization' };
  const repository = judgingVersion(wanted.repository);
  if (repository.kind === 'need-older') return { kind: 'need-older', level: 'repository' };
  return { kind: 'resolved', state: stateOf(wanted, organization, repository) };
}

function stateOf(wanted: ConfigurationToResolve, organization: JudgingVersion, repository: JudgingVersion): ConfigurationState {
  const kind = kindOf([organization, repository]);
  const merged = merge(wanted, soundOf(organization), soundOf(repository));
  const findings = [...findingsOf(wanted.organization, organization), ...findingsOf(wanted.repository, repository)];
  return {
    kind,
    effective: kind === 'none' ? null : merged.configuration,
    organization: sourceOf(wanted.organization, organization),
    repository: sourceOf(wanted.repository, repository),
    organizationText: soundOf(organization)?.text ?? null,
    organizationFiles: null,
    findings: [...findings, ...merged.findings.map((one) => asNotice(one))],
    requiredByBranch: wanted.requiredByBranch,
    repairs: [...repairable(wanted.repository, repository), ...(isRoot(wanted) ? repairable(wanted.organization, organization) : [])],
  };
}

function kindOf(levels: readonly JudgingVersion[]): ConfigurationState['kind'] {
  if (levels.some((level) => level.kind === 'unusable' || level.kind === 'unreadable')) return 'unusable';
  return levels.every((level) => level.kind === 'none') ? 'none' : 'effective';
}

function merge(wanted: ConfigurationToResolve, organization: SoundVersion | null, repository: SoundVersion | null): ReturnType<typeof mergeConfiguration> {
  return mergeConfiguration({
    organization: organization?.document ?? null,
    repository: repository?.document ?? null,
    defaultBranch: wanted.defaultBranch,
    isRoot: isRoot(wanted),
    ...(repository === null ? {} : { repositoryText: repository.text }),
  });
}

/** Whether the judged repository is where the organisation's own configuration stands. GitHub's names are one in any case. */
function isRoot({ organization, repository }: ConfigurationToResolve): boolean {
  return organization !== null && organization.repository.toLowerCase() === repository.repository.toLowerCase() && organization.path !== repository.path;
}

function soundOf(level: JudgingVersion): SoundVersion | null {
  return level.kind === 'valid' || level.kind === 'stale' ? level.version : null;
}

function sourceOf(level: ConfigurationLevel | null, judging: JudgingVersion): ConfigurationSource | null {
  const version = soundOf(judging);
  if (level === null || version === null) return null;
  return { repository: level.repository, path: level.path, commit: version.commit, digest: digestOfBytes(version.bytes) };
}

/** What already stood in the base decides nothing: the organisation's value counts anyway. */
function asNotice(one: Finding): Finding {
  return Object.freeze({ ...one, severity: 'notice', declared: 'notice' });
}

function repairable(level: ConfigurationLevel | null, judging: JudgingVersion): readonly string[] {
  return level !== null && (judging.kind === 'stale' || judging.kind === 'unusable') ? [level.path] : [];
}

function findingsOf(level: ConfigurationLevel | null, judging: JudgingVersion): readonly Finding[] {
  if (level === null) return [];
  switch (judging.kind) {
    case 'none':
    case 'valid':
    case 'need-older':
      return [];
    case 'unreadable':
      return [unreadable(level, judging.why)];
    case 'stale':
    case 'unusable':
      return [baseInvalid(level, judging)];
  }
}

function baseInvalid(level: ConfigurationLevel, judging: Extract<JudgingVersion, { kind: 'stale' | 'unusable' }>): Finding {
  const { problem } = judging;
  const at = problem.commit === null ? level.repository : `${level.repository} at ${problem.commit}`;
  const instead = judging.kind === 'stale' ? `The newest valid one, of ${judging.version.commit}, judges.` : 'No older version is valid, so every change is denied until it is mended.';
  return finding({
    code: 'config/base_invalid',
    severity: judging.kind === 'stale' ? 'notice' : 'deny',
    path: level.path,
    ...(problem.line === null || problem.column === null ? {} : { line: problem.line, column: problem.column }),
    message: `Cannot use \`${level.path}\` of ${at}: ${problem.why.replace(/\.$/, '')}. ${instead}`,
    expected: 'a valid configuration',
    found: problem.why,
    next: `Open a pull request that changes only ${level.path} and makes it valid; check it with \`plumbline config check\`.`,
    subject: level.repository,
  });
}

function unreadable(level: ConfigurationLevel, why: string): Finding {
  return finding({
    code: 'config/unreadable',
    path: level.path,
    message: `Cannot read the configuration \`${level.path}\` of ${level.repository}: ${why}. Nothing in your change caused this.`,
    expected: 'the configuration, or its detachment by the operator',
    found: why,
    next: 'The next attempt reads it again; if it is gone on purpose, the operator runs `plumbline config detach`.',
    subject: level.repository,
  });
}
