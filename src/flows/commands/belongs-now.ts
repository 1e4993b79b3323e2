import { Evidence } from '../../domain/evidence.ts';
import { belongsTo, membershipRequest } from '../../domain/people/belongs-to.ts';
import { answerMemberships } from '../answer-memberships.ts';
import type { CommandRun } from './command-run.ts';

export type BelongsNow = 'yes' | 'no' | 'unreadable';

/**
 * Whether whoever asks is meant, at this moment, by one of the names that a configuration gives to people: asked and read as
 * each judgement does. What can not be read is no yes.
 */
export async function belongsNow({ github, askedBy }: Pick<CommandRun, 'github' | 'askedBy'>, names: readonly string[]): Promise<BelongsNow> {
  const asked = [...new Set(names)].flatMap((name) => membershipRequest(askedBy, name) ?? []);
  const answers = await answerMemberships(github, asked, null);
  const evidence = new Evidence().with('membership', asked.flatMap((request, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [[request, answer] as const];
  }));
  const { kind } = belongsTo(askedBy, names, evidence);
  return kind === 'unknown' ? 'unreadable' : kind;
}
