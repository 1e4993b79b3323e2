import type { Decision } from '../domain/decision.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob } from './job-requests.ts';
import type { EndedRun } from './job-requests.ts';

/**
 * A check run has ended: open pull requests of its head are judged again whose claims cite it, and whose newest decision found it to say something else. So what it brings
 * about here, our own check runs and what other Apps make of them, never brings about more. One that is judged right now, and found that it had not ended,
 * is tried again by itself.
 */
export async function rejudgeRun({ store }: Pick<FlowPorts, 'store'>, { repository, ...run }: EndedRun & { readonly repository: RepositoryRef }): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const { facts } of await transaction.openPullRequestsAt(repository.id, run.head)) {
      const newest = await transaction.newestDecision(repository.id, pullRequestSubject(facts.number));
      if (newest !== null && isConcerned(newest.decision, run)) await transaction.enqueue(evaluateJob(repository, facts.number));
    }
  });
}

function isConcerned({ verdicts }: Decision, { id, conclusion }: EndedRun): boolean {
  const cited = verdicts.flatMap(({ verification }) => verification?.claims ?? []).flatMap(({ citations }) => citations);
  return cited.some(({ run }) => run?.id === id && run.conclusion !== conclusion);
}
