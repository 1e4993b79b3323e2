import { distancesBetween } from '../../src/gates/drift/statistics/distances-between.ts';
import { randomFrom } from '../../src/gates/drift/statistics/random.ts';
import { drawn, normal } from './distributions.ts';

/** The share of pairs in which nothing changed that a fixed cut-off of 0.1 calls changed: why neither number decides anything. */
export function falseAlarmsOfIndices(size: number, rounds: number, seed = 1): { readonly populationStability: number; readonly wasserstein: number } {
  const random = randomFrom(seed);
  let [populationStability, wasserstein] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const report = distancesBetween(drawn(normal, size, 0, random), drawn(normal, size, 0, random));
    if (report !== null && report.populationStabilityIndex >= 0.1) populationStability += 1 / rounds;
    if (report !== null && report.wasserstein >= 0.1) wasserstein += 1 / rounds;
  }
  return { populationStability, wasserstein };
}
