import type { Answer } from '../domain/probe-answer.ts';
import type { RequestOf } from '../domain/probe-request.ts';
import type { People } from '../flows/ports/prober.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

export async function probeContributors(people: People | null, wanted: readonly RequestOf<'contributors'>[]): Promise<Answers<'contributors'>> {
  if (people === null) return wanted.map((request) => [request, nobody]);
  const value = await people.contributors();
  return wanted.map((request) => [request, { kind: 'answered', value }]);
}

export async function probeVotes(people: People | null, wanted: readonly RequestOf<'votes'>[]): Promise<Answers<'votes'>> {
  if (people === null) return wanted.map((request) => [request, nobody]);
  const value = await people.votes();
  return wanted.map((request) => [request, { kind: 'answered', value }]);
}

export async function probeMemberships(people: People | null, wanted: readonly RequestOf<'membership'>[]): Promise<Answers<'membership'>> {
  if (people === null) return wanted.map((request) => [request, nobody]);
  const answers = await people.memberships(wanted);
  return wanted.flatMap((request, index): Answers<'membership'> => {
    const answer: Answer<'membership'> | undefined = answers[index];
    return answer === undefined ? [] : [[request, answer]];
  });
}

const nobody = unavailable(new Error('nobody can be asked about people here'));
