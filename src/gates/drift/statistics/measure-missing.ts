import { clopperPearson } from './clopper-pearson.ts';
import { isCounted } from './counted.ts';
import { fisherOneSided } from './fisher.ts';
import { inWords } from '../../../domain/behavior/in-words.ts';
import { fewestValues, noConfidence, refused } from './judge-interval.ts';
import type { Levels, Measured, MeasureVerdict } from '../../../domain/behavior/measured.ts';

/** How many of all answers were errors, NaN, infinite, or none. */
export interface MissingCount {
  readonly missing: number;
  readonly total: number;
}

/** Missing answers of a source are a metric of their own. */
export interface MissingMetric {
  readonly kind: 'missing';
  /** Null: none was recorded, so that only the cap judges. */
  readonly baseline: MissingCount | null;
  readonly samples: MissingCount;
  /** Largest share that may be missing: 0 in strict. */
  readonly cap: number;
}

/**
 * More missing than at the baseline by Fisher's exact test → drift; else more than the cap → inconclusive. A source that answered
 * nothing at all shows no drift: it may be the source.
 */
export function measureMissing({ baseline, samples, cap }: MissingMetric, levels: Levels): Measured {
  const allowed = cap > 0 && cap < 1 ? cap : 0;
  const common = { method: 'fisher', levels, tolerated: { low: null, high: allowed }, sizes: { baseline: baseline?.total ?? null, samples: samples.total } } as const;
  const [now, before] = [countedOf(samples), baseline === null ? null : countedOf(baseline)];
  if (!isCounted(now) || (before !== null && !isCounted(before))) return refused(common, 'What is missing was not counted: expected whole numbers, at least one answer, and no more missing than there are.');
  if (!(levels.pass > 0 && levels.drift > 0)) return refused(common, noConfidence);
  if (now.trials < fewestValues || now.successes === now.trials) return refused(common, `${now.successes} of ${now.trials} answers are missing: there is nothing to judge.`);
  const probability = before === null ? 1 : fisherOneSided(now, before);
  const share = now.successes / now.trials;
  const verdict: MeasureVerdict = probability <= levels.drift ? 'drift' : share > allowed ? 'inconclusive' : 'pass';
  const { low, high } = clopperPearson(now, levels.pass);
  const words = `${now.successes} of ${now.trials} answers are missing (an error, NaN, infinite, or none), expected at most ${inWords(allowed * 100)} %.`;
  return { ...common, verdict, needsMore: false, estimate: share, interval: { low, high }, confidence: 1 - levels.pass, why: verdict === 'drift' ? `${words} With nothing changed that many happen with probability ${inWords(probability)}.` : words };
}

function countedOf({ missing, total }: MissingCount): { readonly successes: number; readonly trials: number } {
  return { successes: missing, trials: total };
}
