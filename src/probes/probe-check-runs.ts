import type { RequestOf } from '../domain/probe-request.ts';
import type { ObjectSource } from '../flows/ports/object-source.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

/** What cited check runs say. Trouble with one spoils no other. */
export async function probeCheckRuns(objects: Pick<ObjectSource, 'checkRun'>, wanted: readonly RequestOf<'check-run'>[]): Promise<Answers<'check-run'>> {
  return await Promise.all(wanted.map(async (request) => [request, await answerOf(objects, request)] as const));
}

async function answerOf(objects: Pick<ObjectSource, 'checkRun'>, { id }: RequestOf<'check-run'>): Promise<Answers<'check-run'>[number][1]> {
  if (objects.checkRun === undefined) return { kind: 'answered', value: { kind: 'left' } };
  return await objects.checkRun(id).then((value) => ({ kind: 'answered', value }) as const, unavailable);
}
