import { failureOf } from '../domain/failure.ts';
import { renderBlockedLog } from '../render/check-state.ts';
import type { Clock } from './ports/clock.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { LeasedJob } from './ports/job-queue.ts';
import type { Log } from './ports/log.ts';
import { waitingRollUps } from './waiting-roll-ups.ts';
import type { WaitingPorts, WaitingRollUp, WaitingRollUps } from './waiting-roll-ups.ts';

export interface BlockedLogPorts extends WaitingPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** Shows who waits for a job that the account's log is blocked. Never throws: the job's own failure is what counts. */
export type ShowBlockedLog = (job: LeasedJob) => Promise<void>;

const againAfterMs = 3_600_000;

/**
 * The one thing that is shown without an entry in the log: that there can be none. It decides nothing, is kept nowhere
 * but on GitHub, and is made at most once per job, head and hour by one server.
 */
export function createBlockedLogNotice(ports: BlockedLogPorts): ShowBlockedLog {
  const shownAt = new Map<string, number>();
  return async (job) => {
    try {
      const waiting = await waitingRollUps(ports, job);
      if (waiting === null) return;
      const now = ports.clock.now().getTime();
      for (const [key, at] of shownAt) if (now - at >= againAfterMs) shownAt.delete(key);
      const key = `${job.key}@${waiting.head}`;
      if (shownAt.has(key)) return;
      await show(ports.github.repository(waiting.repository), waiting);
      shownAt.set(key, now);
    } catch (thrown) {
      ports.log.warn('blocked log not shown', { job: job.key, failure: failureOf(thrown, 'GITHUB_UNAVAILABLE') });
    }
  };
}

async function show(github: GitHubRepository, { head, rollUps }: WaitingRollUps): Promise<void> {
  for (const rollUp of rollUps) await showOne(github, head, rollUp);
}

/** The run that is open already, so that it does not stay so; else one of its own, found again by its external id. */
async function showOne(github: GitHubRepository, head: string, { name, run }: WaitingRollUp): Promise<void> {
  const open = run === null ? null : await github.findCheck(head, name, run.key);
  if (open !== null) {
    if (open.status !== 'completed') await github.updateCheck(open.id, renderBlockedLog(), open.annotations);
    return;
  }
  // With the evaluation in it: what a former block left on this head may be older than a verdict, and would not count.
  const key = run === null ? `blocked/${head}` : `blocked/${head}/${run.evaluation}`;
  if ((await github.findCheck(head, name, key)) === null) await github.createCheck({ kind: 'check', key, name, head, state: renderBlockedLog() });
}
