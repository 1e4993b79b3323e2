import { defaultPlaybook } from '../playbook/choose-playbook.ts';
import type { PlaybookRepairs } from './drift-digest.ts';
import type { DriftRun } from './drift-record.ts';
import { newestRuns, repairTimeOf } from './repair-time.ts';

export interface RunsToTell {
  /** The newest first. */
  readonly runs: readonly DriftRun[];
  /** Playbooks of drifts that nothing mends by itself any more, each as often as there are. */
  readonly failed: readonly string[];
  /** Of a repository, in milliseconds; null: it has none. */
  readonly targetOf: (repositoryId: number) => number | null;
}

/** How long repairs took, over the newest of each playbook, by its id. The target is the longest of the repositories that they were in. */
export function playbookRepairs({ runs, failed, targetOf }: RunsToTell): readonly PlaybookRepairs[] {
  const byPlaybook = Map.groupBy(runs, ({ playbook }) => playbook ?? defaultPlaybook);
  return [...byPlaybook].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([playbook, all]) => {
    const time = repairTimeOf(all);
    if (time === null) return [];
    const targets = all.slice(0, newestRuns).flatMap(({ repositoryId }) => targetOf(repositoryId) ?? []);
    return [{ playbook, time, failed: failed.filter((one) => one === playbook).length, target: targets.length === 0 ? null : Math.max(...targets) }];
  });
}
