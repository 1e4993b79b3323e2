import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportFeatures } from '../../src/domain/support/support-features.ts';
import { supportThreshold } from '../../src/domain/support/support-weights.ts';
import { percentile } from '../parts/percentiles.ts';
import { areaUnderCurve } from './grounding/area-under-curve.ts';
import type { Scored } from './grounding/area-under-curve.ts';
import { lowerCased, withChangedNumbers } from './grounding/changed-claims.ts';
import { confidenceInterval } from './grounding/confidence-interval.ts';
import { curvePlot } from './grounding/curve-plot.ts';
import { documentedClaims } from './grounding/documented-claims.ts';
import { fitLogistic } from './grounding/fit-logistic.ts';
import type { LabelledClaim } from './grounding/labelled-claim.ts';
import { qagsClaims } from './grounding/qags-claims.ts';
import { scorePlot } from './grounding/score-plot.ts';
import { crossValidated, featureRows, scoredClaims } from './grounding/scored-claims.ts';
import type { ScoredClaim } from './grounding/scored-claims.ts';
import { splicedClaims } from './grounding/spliced-claims.ts';
import { wiceClaims } from './grounding/wice-claims.ts';
import { markdownTable, share } from './markdown-table.ts';

export interface GroundingOptions {
  /** The folder of what others published. */
  readonly conformance: string;
  /** A folder with `mturk_cnndm.jsonl` and `mturk_xsum.jsonl`, which are not published under a licence; null: they are left out. */
  readonly qags: string | null;
  /** Where plots are written; null: none are. */
  readonly plots: string | null;
}

const root = join(import.meta.dirname, '..', '..');
const seed = 20_261_127;

interface Measured {
  readonly name: string;
  readonly claims: readonly LabelledClaim[];
  readonly scored: readonly ScoredClaim[];
}

/** Measures the support score by the weights that are shipped, on every set that is there, and prints the tables of the report. */
export function evaluateGrounding({ conformance, qags, plots }: GroundingOptions, say: (text: string) => void): void {
  const wice = wiceClaims(conformance);
  const sets = [['WiCE dev', wice] as const, ['WiCE dev, lower-cased', lowerCased(wice)] as const, ['numbers changed', withChangedNumbers(wice)] as const, ['spliced', splicedClaims(wice, seed)] as const, ['comments', documentedClaims(join(root, 'node_modules'), seed)] as const, ...qagsSets(qags)].map(([name, claims]): Measured => {
    say(`scoring ${claims.length} claims of ${name}`);
    return { name, claims, scored: scoredClaims(claims) };
  });
  say('fitting without the documents of each tenth');
  const held = crossValidated(wice);
  console.log(markdownTable(['set', 'claims', 'supported', 'AUROC', '95 %'], [...sets.map(({ name, scored }) => areaRow(name, scored)), areaRow('WiCE dev, cross-validated by page', held)]));
  console.log(`\n${markdownTable(['set', ...supportFeatures], sets.map(featureAreas))}`);
  console.log(`\n${markdownTable(['set', 'supported that reach τ', 'others that do', 'vetoed of the supported', 'of the others', 'not supported, given a veto'], sets.map(thresholdRow))}`);
  if (plots !== null) writePlots(plots, sets, held);
}

/** Fits the weights on the development split of WiCE alone, and writes them, with the threshold that 95 of 100 supported claims reach. */
export function fitGrounding(conformance: string): void {
  const file = join(root, 'policies', 'defaults', 'data.json');
  const rows = featureRows(wiceClaims(conformance));
  const { weights, bias } = fitLogistic(rows);
  const sum = (features: readonly number[]): number => features.reduce((total, value, index) => total + value * (weights[index] ?? 0), bias);
  const supported = rows.filter(({ isSupported }) => isSupported).map(({ features }) => 1 / (1 + Math.exp(-sum(features))));
  const byName = Object.fromEntries(supportFeatures.map((name, index) => [name, four(weights[index] ?? 0)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const support = `{"bias": ${four(bias)}, "threshold": ${Math.floor(percentile(supported, 0.05) * 100) / 100}, "weights": ${JSON.stringify(byName).replaceAll(/[:,]/g, '$& ')}}`;
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"support": \{.*\}\}/, `"support": ${support}`));
  console.log(`${support}\nNow: node deploy/builtin-policies.ts write`);
}

function qagsSets(folder: string | null): readonly (readonly [string, readonly LabelledClaim[]])[] {
  const files = [['QAGS-CNNDM', 'mturk_cnndm.jsonl'] as const, ['QAGS-XSUM', 'mturk_xsum.jsonl'] as const];
  return files.flatMap(([name, file]) => (folder !== null && existsSync(join(folder, file)) ? [[name, qagsClaims(join(folder, file))] as const] : []));
}

function areaRow(name: string, scored: readonly Scored[]): readonly (string | number)[] {
  const [low, high] = confidenceInterval(scored, seed);
  return [name, scored.length, scored.filter(({ isSupported }) => isSupported).length, areaUnderCurve(scored).toFixed(3), `${low.toFixed(3)} … ${high.toFixed(3)}`];
}

function featureAreas({ name, claims }: Measured): readonly string[] {
  const rows = featureRows(claims);
  return [name, ...supportFeatures.map((_, index) => areaUnderCurve(rows.map(({ features, isSupported }) => ({ score: features[index] ?? 0, isSupported }))).toFixed(3))];
}

function thresholdRow({ name, scored }: Measured): readonly string[] {
  const [supported, others] = [true, false].map((isSupported) => scored.filter((one) => one.isSupported === isSupported));
  const reach = (those: readonly ScoredClaim[] = []): string => share(those.filter(({ score }) => score >= supportThreshold).length, those.length);
  const vetoed = (those: readonly ScoredClaim[] = []): number => those.filter(({ support }) => support.vetoes.length > 0).length;
  return [name, reach(supported), reach(others), share(vetoed(supported), supported?.length ?? 0), share(vetoed(others), others?.length ?? 0), share(vetoed(others), vetoed(scored))];
}

function writePlots(folder: string, sets: readonly Measured[], held: readonly Scored[]): void {
  mkdirSync(folder, { recursive: true });
  const named = sets.filter(({ name }) => !name.includes('lower-cased')).map(({ name, scored }) => ({ name, scored }));
  writeFileSync(join(folder, 'grounding-curves.svg'), curvePlot([...named, { name: 'WiCE dev, cross-validated', scored: held }]));
  writeFileSync(join(folder, 'grounding-scores.svg'), scorePlot(named, supportThreshold));
}

function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
