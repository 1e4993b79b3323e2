import type { Evidence } from '../domain/evidence.ts';
import type { Answer } from '../domain/probe-answer.ts';
import { keyOf } from '../domain/probe-key.ts';
import type { ProbeKind, ProbeRequest, RequestOf } from '../domain/probe-request.ts';
import type { Prober } from './ports/prober.ts';

/** Answers what was asked before as it was answered then, and asks nobody. What was not asked then stays without an answer. */
export function recordedProber(answers: ReadonlyMap<string, Answer<ProbeKind>>): Prober {
  return {
    answer: async (requests, evidence) => await Promise.resolve([...Map.groupBy(requests, ({ kind }) => kind)].reduce((known, [kind, wanted]) => answered(known, kind, wanted, answers), evidence)),
  };
}

function answered<Kind extends ProbeKind>(known: Evidence, kind: Kind, wanted: readonly ProbeRequest[], answers: ReadonlyMap<string, Answer<ProbeKind>>): Evidence {
  const found = wanted.flatMap((request) => {
    const answer = answers.get(keyOf(request));
    return isOf(kind, request) && isTo(kind, answer) ? [[request, answer] as const] : [];
  });
  return known.with(kind, found);
}

function isOf<Kind extends ProbeKind>(kind: Kind, request: ProbeRequest): request is RequestOf<Kind> {
  return request.kind === kind;
}

/** A key begins with the kind, so that whatever was recorded under it answers that. */
function isTo<Kind extends ProbeKind>(_kind: Kind, answer: Answer<ProbeKind> | undefined): answer is Answer<Kind> {
  return answer !== undefined;
}
