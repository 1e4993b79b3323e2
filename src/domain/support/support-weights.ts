import defaults from '../../../policies/defaults/data.json' with { type: 'json' };
import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import { supportFeatures } from './support-features.ts';
import type { SupportFeatures } from './support-features.ts';

const { support } = defaults;

/** What a score has to reach. */
export const supportThreshold: number = support.threshold;

/** Of the weights and the threshold: what a record names them by. */
export const supportDigest: Digest = digestOfValue(support);

/** Logistic over the features, one set of weights for every kind of text. 0..1, four digits. */
export function scoreOf(features: SupportFeatures): number {
  const sum = supportFeatures.reduce((total, name) => total + support.weights[name] * features[name], support.bias);
  return Math.round(10_000 / (1 + Math.exp(-sum))) / 10_000;
}
