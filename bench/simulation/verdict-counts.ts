import type { MeasureVerdict } from '../../src/domain/behavior/measured.ts';
import { randomFrom } from '../../src/gates/drift/statistics/random.ts';
import type { Random } from '../../src/gates/drift/statistics/random.ts';

export type VerdictCounts = Readonly<Record<MeasureVerdict | 'rounds', number>>;

/** What so many rounds answer, the same for the same seed. */
export function countVerdicts(rounds: number, seed: number, round: (random: Random) => MeasureVerdict): VerdictCounts {
  const random = randomFrom(seed);
  const counts = { pass: 0, drift: 0, inconclusive: 0, rounds };
  for (let index = 0; index < rounds; index += 1) counts[round(random)] += 1;
  return counts;
}
