import type { Decision } from './decision.ts';

/** What a decision came to, without anything that it tells in words: no findings, no names, no paths. It has no verdicts, which no decision that was made lacks. */
export function withoutDetails(decision: Decision): Decision {
  return { ...decision, verdicts: [], held: [], uncovered: [] };
}

/** Whether its details were erased. */
export function isWithoutDetails({ gates, verdicts }: Decision): boolean {
  return gates.length > 0 && verdicts.length === 0;
}
