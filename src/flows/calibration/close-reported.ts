import type { CaseClosed } from '../../domain/calibration/confidence-case.ts';
import { standingVotes } from '../../domain/people/standing-votes.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { ReportedPull } from '../ports/confidence-store.ts';
import type { PullRequestFacts } from '../ports/pull-request-facts.ts';

type ClosePorts = Pick<FlowPorts, 'store' | 'github' | 'clock'>;

/**
 * What became of a pull request in which agents reported their confidence: whether it was merged, what other programs found out about its head, and
 * what people said who decided about its claims. Known once: what is closed already stays as it is, until it is judged again.
 */
export async function closeReported({ store, github, clock }: ClosePorts, { repository, number }: ReportedPull, facts: PullRequestFacts): Promise<void> {
  const cases = await store.transaction((transaction) => transaction.confidenceOf(repository.id, number));
  if (facts.state === 'open' || !cases.some(({ closed }) => closed === null)) return;
  // Before the transaction: GitHub is slow. Without an answer the job is run again.
  const checks = await github.repository(repository).checksOf(facts.head);
  await store.transaction(async (transaction) => {
    // What was reported of another head says nothing about this one.
    if (cases.some(({ head }) => head !== facts.head)) await transaction.saveConfidence({ repository, number }, cases.filter(({ head }) => head === facts.head));
    const people = saidOf(await transaction.voteRecords(repository.id, number));
    await transaction.closeConfidence(repository.id, number, { at: clock.now().toISOString(), isMerged: facts.state === 'merged', checks, people });
  });
}

/** Of what was held because of the claims; one no is a no. */
function saidOf(records: readonly VoteRecord[]): CaseClosed['people'] {
  const about = standingVotes(records).filter(({ kind, target }) => kind === 'human' && target.kind === 'items' && target.items.some(({ scope }) => scope.startsWith('hallucination/')));
  if (about.some(({ answer }) => answer === 'reject')) return 'reject';
  return about.length > 0 ? 'approve' : null;
}
