import type { RequestOf } from '../domain/probe-request.ts';
import type { ObjectSource } from '../flows/ports/object-source.ts';
import type { Answers } from './answers.ts';
import { unavailable } from './answers.ts';

/** Whether commits are protected: all that one change cites in one go. */
export async function probeProtection(objects: Pick<ObjectSource, 'protectionOf'>, wanted: readonly RequestOf<'commit-protected'>[]): Promise<Answers<'commit-protected'>> {
  if (objects.protectionOf === undefined) return wanted.map((request) => [request, unavailable(new Error('nobody here can tell which commits are protected'))]);
  const [first] = wanted;
  if (first === undefined) return [];
  const answers = await objects.protectionOf(wanted.map(({ commit }) => commit), first.range);
  return wanted.flatMap((request, index) => {
    const value = answers[index];
    return value === undefined ? [] : [[request, { kind: 'answered', value }] as const];
  });
}
