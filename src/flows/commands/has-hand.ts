import { foldedLogin } from '../../domain/people/contributor.ts';
import type { CommandRun } from './command-run.ts';

/**
 * Whether whoever asks is known to have a hand in the pull request: opened it, brought a head to it, or asked our App for a
 * commit. Authors of commits may have one too: the gate asks for all of them at each judgement.
 */
export async function hasHand({ ports, github, repository, pullRequest, askedBy }: CommandRun): Promise<boolean> {
  const facts = await github.pullRequest(pullRequest);
  if (facts !== null && foldedLogin(facts.author) === foldedLogin(askedBy.login)) return true;
  return ports.store.transaction(async (transaction) => {
    const hands = [...(await transaction.arrivals(repository.id, pullRequest)), ...(await transaction.contributions(repository.id, pullRequest))];
    return hands.some(({ person }) => person.id === askedBy.id);
  });
}
