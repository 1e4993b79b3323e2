import { levelsOf } from '../../src/gates/drift/statistics/levels-of.ts';
import { measureMetric } from '../../src/gates/drift/statistics/measure-metric.ts';
import { trimmedShare } from '../../src/gates/drift/statistics/trimmed-mean.ts';
import { drawn, exponential, normal } from './distributions.ts';
import type { Draw } from './distributions.ts';
import { countVerdicts } from './verdict-counts.ts';
import type { VerdictCounts } from './verdict-counts.ts';

/** Where the truth is not what the methods suppose: nobody promises 5 % there, so it is measured. */
export interface Assumption {
  readonly name: string;
  /** At the edge of what is tolerated: a pass is wrong, and so is a drift. */
  readonly simulate: (rounds: number, seed?: number) => VerdictCounts;
}

export const assumptions: readonly Assumption[] = [
  ...[1.5, 2, 3].map((spread) => spreading(`shift, samples spread ${spread} times as far, 50 and 50`, 50, 50, spread)),
  spreading('shift, samples spread twice as far, baseline of 100, 25 samples', 100, 25, 2),
  spreading('shift, samples spread twice as far, baseline of 100, 10 samples', 100, 10, 2),
  spreading('shift, samples spread twice as far, baseline of 25, 100 samples', 25, 100, 2),
  spreading('shift, samples spread as far, baseline of 100, 25 samples', 100, 25, 1),
  relative('relative tolerance of 10 %, baseline around 10 with deviation 1, 50 and 50', 10, 0.1),
  relative('relative tolerance of 50 %, baseline around 2 with deviation 1, 50 and 50', 2, 0.5),
  multiple('relative tolerance of 50 %, every value half as large again, exponential, 50 and 50', 50, 0.5),
  ...[20, 50, 100].flatMap((size) => [0, 0.05].flatMap((spread) => [0.2, 0.5].map((part) => partMoving(size, part, spread)))),
  { name: 'paired shift, skewed differences, 50', simulate: (rounds, seed = 1) => countVerdicts(rounds, seed, (random) => pairedSkewed(drawn(exponential, 50, 1 - centreOfExponential, random), random)) },
];

/** Of two values at 0 and 1, or peaks around them: the part at 1 grows until the mean without the outer tenths moved by the tolerance. */
function partMoving(size: number, part: number, spread: number): Assumption {
  const tolerance = 0.3;
  const grown = part + tolerance * (1 - 2 * trimmedShare);
  const draw = (share: number): Draw => (random) => (random() < share ? 1 : 0) + spread * normal(random);
  return {
    name: `shift, a part of ${part * 100} % at 1 grows to ${Math.round(grown * 100)} %, others at 0, ${spread === 0 ? 'tied' : `each spread by ${spread}`}, ${size} and ${size}`,
    simulate: (rounds, seed = 1) => countVerdicts(rounds, seed, (random) => measureMetric({ kind: 'shift', baseline: drawn(draw(part), size, 0, random), samples: drawn(draw(grown), size, 0, random), tolerance: { kind: 'absolute', value: tolerance }, direction: 'both', missingCap: 0, secondLook: false }, levelsOf(0.95)).verdict),
  };
}

/** The median of the mean of two values. */
const centreOfExponential = 0.839_17;

function spreading(name: string, baselineSize: number, size: number, spread: number): Assumption {
  return {
    name,
    simulate: (rounds, seed = 1) => countVerdicts(rounds, seed, (random) => measureMetric({ kind: 'shift', baseline: drawn(normal, baselineSize, 0, random), samples: drawn((one) => normal(one) * spread, size, 1, random), tolerance: { kind: 'absolute', value: 1 }, direction: 'both', missingCap: 0, secondLook: false }, levelsOf(0.95)).verdict),
  };
}

/** The tolerance is a share of the middle of the measured baseline, the edge one of the true middle. */
function relative(name: string, location: number, share: number): Assumption {
  return {
    name,
    simulate: (rounds, seed = 1) => countVerdicts(rounds, seed, (random) => measureMetric({ kind: 'shift', baseline: drawn(normal, 50, location, random), samples: drawn(normal, 50, location * (1 + share), random), tolerance: { kind: 'relative', value: share }, direction: 'both', missingCap: 0, secondLook: false }, levelsOf(0.95)).verdict),
  };
}

function multiple(name: string, size: number, share: number): Assumption {
  return {
    name,
    simulate: (rounds, seed = 1) => countVerdicts(rounds, seed, (random) => measureMetric({ kind: 'shift', baseline: drawn(exponential, size, 0, random), samples: drawn((one) => exponential(one) * (1 + share), size, 0, random), tolerance: { kind: 'relative', value: share }, direction: 'both', missingCap: 0, secondLook: false }, levelsOf(0.95)).verdict),
  };
}

function pairedSkewed(differences: readonly number[], random: () => number): 'pass' | 'drift' | 'inconclusive' {
  const baseline = differences.map(() => 4 * random());
  return measureMetric({ kind: 'paired-shift', baseline, samples: baseline.map((one, index) => one + (differences[index] ?? 0)), tolerance: { kind: 'absolute', value: 1 }, direction: 'both', missingCap: 0 }, levelsOf(0.95)).verdict;
}
