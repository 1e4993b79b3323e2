import { percentile } from '../../parts/percentiles.ts';
import { pick, randomFrom } from '../tools/random.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import type { Scored } from './area-under-curve.ts';

const draws = 1_000;

/** 95 % of the area under the curve when documents are drawn anew, with repeats (percentile bootstrap, by document). */
export function confidenceInterval(scored: readonly Scored[], seed: number): readonly [number, number] {
  const random = randomFrom(seed);
  const documents = [...Map.groupBy(scored, ({ document }) => document).values()];
  const areas = Array.from({ length: draws }, () => areaUnderCurve(documents.flatMap(() => pick(documents, random)))).filter((area) => Number.isFinite(area));
  return [percentile(areas, 0.025), percentile(areas, 0.975)];
}
