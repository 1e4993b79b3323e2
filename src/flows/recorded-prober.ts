import type { Answer } from '../domain/probe-answer.ts';
import { keyOf } from '../domain/probe-key.ts';
import type { ProbeKind, ProbeRequest } from '../domain/probe-request.ts';
import type { Prober } from './ports/prober.ts';

/** Answers what was asked before as it was answered then, and asks nobody. What was not asked then stays without an answer. */
export function recordedProber(answers: ReadonlyMap<string, Answer<ProbeKind>>): Prober {
  const told = (request: ProbeRequest): readonly (readonly [ProbeRequest, Answer<ProbeKind>])[] => {
    const answer = answers.get(keyOf(request));
    return answer === undefined ? [] : [[request, answer]];
  };
  return {
    answer: async (requests, evidence) => await Promise.resolve([...Map.groupBy(requests, ({ kind }) => kind)].reduce((known, [kind, wanted]) => known.with(kind, wanted.flatMap(told)), evidence)),
  };
}
