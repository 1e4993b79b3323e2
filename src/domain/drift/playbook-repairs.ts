import type { PlaybookRepairs } from './drift-digest.ts';
import type { DriftRun } from './drift-record.ts';
import { playbookOfRun } from './remediation-statistics.ts';
import type { RemediationStatistics } from './remediation-statistics.ts';
import { newestRuns } from './repair-time.ts';

export interface RunsToTell {
  readonly statistics: RemediationStatistics;
  /** The newest first. */
  readonly runs: readonly DriftRun[];
  /** Of a repository, in milliseconds; null: it has none. */
  readonly targetOf: (repositoryId: number) => number | null;
}

/** How long repairs took, beside what they should: the longest target of the repositories that the newest of a playbook were in. */
export function playbookRepairs({ statistics, runs, targetOf }: RunsToTell): readonly PlaybookRepairs[] {
  return Object.entries(statistics.byPlaybook).map(([playbook, time]) => {
    const newest = runs.filter((run) => playbookOfRun(run) === playbook).slice(0, newestRuns);
    const targets = newest.flatMap(({ repositoryId }) => targetOf(repositoryId) ?? []);
    return { playbook, time, target: targets.length === 0 ? null : Math.max(...targets) };
  });
}
