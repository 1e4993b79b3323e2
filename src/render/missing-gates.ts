import { gateNames, requiredGates } from '../domain/gate-name.ts';
import type { GateName } from '../domain/gate-name.ts';

/** Sentences about gates that did not judge: those this version lacks, and those that were not asked. */
export function missingGates(asked: readonly GateName[]): readonly string[] {
  const lacking = gateNames.filter((gate) => !requiredGates.includes(gate) && !asked.includes(gate));
  const notAsked = requiredGates.filter((gate) => !asked.includes(gate));
  return [
    ...(lacking.length === 0 ? [] : [`This version has no gate for ${lacking.join(', ')}: nothing of that was judged.`]),
    ...(notAsked.length === 0 ? [] : [`Not asked this time: ${notAsked.join(', ')}.`]),
  ];
}
