import type { Decision } from '../domain/decision.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { EndedRun } from './job-requests.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/**
 * Open pull requests of the head of a check run whose claims cite it, and whose newest decision found it to say something else. `judged`: those that are judged
 * right now too, whose decision is yet to come.
 */
export async function concernedByRun(transaction: Pick<StoreTransaction, 'openPullRequestsAt' | 'newestDecision' | 'unfinishedEvaluations'>, repositoryId: number, run: EndedRun, { judged }: { readonly judged: boolean }): Promise<readonly PullRequestRecord[]> {
  const concerned: PullRequestRecord[] = [];
  for (const one of await transaction.openPullRequestsAt(repositoryId, run.head)) {
    const subject = pullRequestSubject(one.facts.number);
    const newest = await transaction.newestDecision(repositoryId, subject);
    const isConcerned = (newest !== null && saysOther(newest.decision, run)) || (judged && (await transaction.unfinishedEvaluations(repositoryId, subject)).length > 0);
    if (isConcerned) concerned.push(one);
  }
  return concerned;
}

function saysOther({ verdicts }: Decision, { id, conclusion }: EndedRun): boolean {
  const cited = verdicts.flatMap(({ verification }) => verification?.claims ?? []).flatMap(({ citations }) => citations);
  return cited.some(({ run }) => run?.id === id && run.conclusion !== conclusion);
}
