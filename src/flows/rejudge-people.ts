import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { ChangedPlace } from './job-requests.ts';
import { rejudgeConcerned } from './rejudge-concerned.ts';

/**
 * A team was made, renamed, put below another one or deleted, or may do something else in a repository: whoever is in it is not told. Open pull
 * requests whose newest decision asked about people at all, or can be released by some, are judged again.
 */
export async function rejudgePeople(ports: FlowPorts, place: ChangedPlace): Promise<void> {
  await rejudgeConcerned(ports, place, async (transaction, { repository, facts }) => {
    const newest = await transaction.newestDecision(repository.id, pullRequestSubject(facts.number));
    return newest !== null && (newest.decision.held.length > 0 || newest.decision.verdicts.some(({ contributors }) => contributors !== undefined));
  });
}
