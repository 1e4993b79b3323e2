import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Decision } from '../../domain/decision.ts';
import { contributorsTold } from '../../domain/people/contributors-told.ts';
import { isSamePerson } from '../../domain/people/is-same-person.ts';
import { isAgent, operatorsOf } from '../../domain/people/operators-of.ts';
import { belongsNow } from './belongs-now.ts';
import type { AskedRun } from './command-run.ts';

/**
 * Whether whoever asks is known to have a hand in the pull request: opened it, brought a head to it, or asked our App for a
 * commit. Authors of commits may have one too: the gate asks for all of them at each judgement.
 */
export async function hasHand({ ports, github, repository, pullRequest, askedBy }: AskedRun): Promise<boolean> {
  const facts = await github.pullRequest(pullRequest);
  if (facts !== null && isSamePerson({ login: facts.author, id: facts.authorId }, askedBy)) return true;
  return ports.store.transaction(async (transaction) => {
    const hands = [...(await transaction.arrivals(repository.id, pullRequest)), ...(await transaction.contributions(repository.id, pullRequest))];
    return hands.some(({ person }) => person.id === askedBy.id);
  });
}

/** Whether the gate would count no yes of whoever asks: a hand in any commit, an agent, or the operator of one. */
export async function isBarred(run: AskedRun, decision: Decision, configuration: Configuration | null): Promise<boolean> {
  const hands = contributorsTold(decision.verdicts);
  if (isAgent(configuration, run.askedBy.login) || hands.some((hand) => isSamePerson(hand, run.askedBy))) return true;
  const operators = operatorsOf(configuration, { people: hands.map((hand) => ({ ...hand, kind: 'human', via: [] })) });
  return (operators.length > 0 && (await belongsNow(run, operators)) === 'yes') || hasHand(run);
}
