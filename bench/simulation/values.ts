import { levelsOf } from '../../src/gates/drift/statistics/levels-of.ts';
import { measureMetric } from '../../src/gates/drift/statistics/measure-metric.ts';
import { distributions } from './distributions.ts';
import type { Draw } from './distributions.ts';
import { aPairedShift, aQuantile, aShift } from './metrics.ts';
import { countVerdicts } from './verdict-counts.ts';
import type { VerdictCounts } from './verdict-counts.ts';

export interface ValueScenario {
  readonly name: string;
  readonly make: typeof aShift;
  readonly draw: Draw;
  readonly size: number;
  readonly tolerance: number;
  /** In units of the tolerance: 1 is the edge, where a pass is wrong and so is a drift. */
  readonly moved: number;
}

/** What one metric alone is answered. */
export function simulateValues({ make, draw, size, tolerance, moved }: ValueScenario, rounds: number, seed = 1): VerdictCounts {
  return countVerdicts(rounds, seed, (random) => measureMetric(make(draw, { size, tolerance, shift: moved * tolerance }, random), levelsOf(0.95)).verdict);
}

/** Every method with every distribution, at the edge and unchanged. A tolerance is in standard deviations. */
export const valueScenarios: readonly ValueScenario[] = [
  ...scenariosOf('shift', aShift, [10, 20, 30, 50, 100], [0.5, 1]),
  ...scenariosOf('paired shift', aPairedShift, [10, 20, 50, 100], [1]),
  ...scenariosOf('p95', aQuantile, [59, 100, 300], [1]),
];

function scenariosOf(name: string, make: typeof aShift, sizes: readonly number[], tolerances: readonly number[]): readonly ValueScenario[] {
  return Object.entries(distributions).flatMap(([distribution, draw]) => sizes.flatMap((size) => tolerances.flatMap((tolerance) => [1, 0].map((moved) => ({ name: `${name}, ${distribution}`, make, draw, size, tolerance, moved })))));
}
