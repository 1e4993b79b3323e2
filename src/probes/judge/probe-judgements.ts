import type { RequestOf } from '../../domain/probe-request.ts';
import type { Answers } from '../answers.ts';
import type { ClaimJudge } from './claim-judge.ts';

/** Null: no judge is set, and that is the answer. */
export async function probeJudgements(judge: ClaimJudge | null, wanted: readonly RequestOf<'claim-judgement'>[]): Promise<Answers<'claim-judgement'>> {
  if (judge === null) return wanted.map((request) => [request, { kind: 'answered', value: { kind: 'none' } }] as const);
  return await judge.askAll(wanted);
}
