import type { Distances } from '../../../domain/behavior/distances.ts';
import { readSamples } from './read-samples.ts';
import { quantileOf } from './order-statistic.ts';

/** Null: an arm has no finite value, or values too far apart to compute with. */
export function distancesBetween(baseline: readonly unknown[], samples: readonly unknown[]): Distances | null {
  const [agreed, found] = [readSamples(baseline).sorted, readSamples(samples).sorted];
  if (agreed.length === 0 || found.length === 0) return null;
  const report = { populationStabilityIndex: populationStability(agreed, found), wasserstein: wasserstein(agreed, found) };
  return Number.isFinite(report.wasserstein) ? report : null;
}

const bins = 10;
/** In place of the share of an empty bin, whose logarithm has no value. */
const emptyShare = 0.0001;

function populationStability(baseline: Float64Array, samples: Float64Array): number {
  const edges = Array.from({ length: bins - 1 }, (_, index) => quantileOf(baseline, (index + 1) / bins));
  const [agreed, found] = [sharesOf(baseline, edges), sharesOf(samples, edges)];
  return agreed.reduce((sum, share, bin) => sum + ((found[bin] ?? emptyShare) - share) * Math.log((found[bin] ?? emptyShare) / share), 0);
}

function sharesOf(sorted: Float64Array, edges: readonly number[]): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of sorted) {
    const above = edges.findIndex((edge) => value <= edge);
    const bin = above === -1 ? bins - 1 : above;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => (count === 0 ? emptyShare : count / sorted.length));
}

/** The area between both distribution functions. */
function wasserstein(first: Float64Array, second: Float64Array): number {
  const values = Float64Array.of(...first, ...second).toSorted();
  let [i, j, area] = [0, 0, 0];
  for (let index = 0; index + 1 < values.length; index += 1) {
    const [value, next] = [values[index] ?? 0, values[index + 1] ?? 0];
    while (i < first.length && (first[i] ?? 0) <= value) i += 1;
    while (j < second.length && (second[j] ?? 0) <= value) j += 1;
    area += Math.abs(i / first.length - j / second.length) * (next - value);
  }
  return area;
}
