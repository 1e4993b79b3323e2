import { pullRequestSubject } from '../domain/subject.ts';
import { evaluateJob } from './job-requests.ts';
import type { Store } from './ports/store.ts';
import type { PushedRange } from './rejudge-after-push.ts';

/**
 * Judges again, after a push to a branch where nothing is configured, the open pull requests that bring it the first configuration: that
 * may name any path, and whoever releases it releases what stands there. Asks GitHub nothing.
 */
export async function rejudgeFirstConfiguration(store: Pick<Store, 'transaction'>, { repository, branch }: Pick<PushedRange, 'repository' | 'branch'>): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const { facts } of await transaction.openPullRequestsInto(repository.id, branch)) {
      const record = await transaction.decisionAbout(repository.id, pullRequestSubject(facts.number), facts.head);
      if (record?.decision.held.some(({ scope }) => scope === 'config/missing') === true) await transaction.enqueue(evaluateJob(repository, facts.number));
    }
  });
}
