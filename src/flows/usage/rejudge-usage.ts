import { foldedLogin, isSameLogin } from '../../domain/people/contributor.ts';
import { pullRequestSubject } from '../../domain/subject.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { scanJob } from '../job-requests.ts';
import type { PassedQuota } from '../job-requests.ts';
import type { PullRequestRecord } from '../ports/decision-store.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { rejudgeConcerned } from '../rejudge-concerned.ts';

/**
 * A quota was passed: open pull requests that were judged by it are judged again, and repositories whose behaviours tell of quotas are measured. When its window ends
 * nothing needs this: each decision that a quota blocks ends with the window, and where the configuration raises it the push judges again.
 */
export async function rejudgeUsage(ports: FlowPorts, passed: PassedQuota): Promise<void> {
  const place = { account: passed.account, repository: passed.scope === 'repository' ? Number(passed.subject) : null };
  await rejudgeConcerned(ports, place, (transaction, pullRequest) => isConcerned(transaction, pullRequest, passed));
  await measureQuotas(ports, place);
}

/** Where it is not told whose usage was counted, it may be this one's. */
async function isConcerned(transaction: StoreTransaction, { repository, facts }: PullRequestRecord, { scope, subject }: PassedQuota): Promise<boolean> {
  const newest = await transaction.newestDecision(repository.id, pullRequestSubject(facts.number));
  const verdict = newest?.decision.verdicts.find(({ gate }) => gate === 'hallucination');
  if (verdict === undefined || !verdict.evaluated.some(({ rule }) => rule === 'quotas of agents')) return false;
  const agents = verdict.verification?.confidence.agents;
  return scope !== 'agent' || agents === undefined || isSameLogin(facts.author, subject) || agents.some((agent) => foldedLogin(agent) === subject);
}

async function measureQuotas({ store }: FlowPorts, { account, repository }: { readonly account: number; readonly repository: number | null }): Promise<void> {
  const plans = await store.transaction((transaction) => transaction.scanPlansOf(account));
  for (const plan of plans) {
    if ((repository !== null && plan.repository.id !== repository) || (plan.scanned?.behaviors ?? 0) === 0) continue;
    await store.transaction(async (transaction) => {
      const tells = (await transaction.driftsOf(plan.repository.id)).some(({ scanned }) => scanned.source === 'usage-quotas');
      if (tells) await transaction.enqueue(scanJob({ repository: plan.repository, confirming: null }));
    });
  }
}
