import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { BehaviorMetric, BodyForm, DifferencesForm, ExactForm, PairedRateForm, QuantileForm, RateForm, SamplesForm } from '../../domain/behavior/behavior-metric.ts';
import type { Reproducibility } from '../../domain/behavior/reproducibility.ts';
import type { BehaviorFile, NoMeasure } from '../../domain/behavior/source-reading.ts';
import { differenceInWords } from '../../domain/behavior/difference-in-words.ts';
import { valueAt } from '../../domain/behavior/value-at.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { quoted } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { generatorChange } from './check-reading.ts';
import { readBaseline } from '../../domain/behavior/read-baseline.ts';
import { isCounted } from './statistics/counted.ts';
import type { MissingCount } from './statistics/measure-missing.ts';
import type { Metric } from './statistics/metric.ts';
import { isFiniteNumber } from './statistics/read-samples.ts';

/** All that a metric is measured from. */
export interface Measurement {
  readonly behavior: Pick<Behavior, 'minSamples' | 'maxSamples' | 'reproducibility'>;
  readonly answer: JsonValue;
  /** Baselines by path. */
  readonly files: ReadonlyMap<string, BehaviorFile>;
  /** What the schemas of bodies say of the answer, by the name of the metric; where there is none it was not validated. */
  readonly shapes: ReadonlyMap<string, ValidationAnswer>;
  /** What the answer states of what made it; null: it is a fixture, of which it is not asked. */
  readonly generator: { readonly stated: Reproducibility | null } | null;
}

export type MeasuredForm =
  /** `missing`: how many values of each side were none; null where values are not counted one by one. */
  | { readonly kind: 'metric'; readonly metric: Metric; readonly missing: { readonly baseline: MissingCount | null; readonly samples: MissingCount } | null }
  | { readonly kind: 'none'; readonly why: NoMeasure };

/** What the statistics compare of one metric, or why there is nothing to compare. No value is dropped or replaced. */
export function measureForm(form: BehaviorMetric, measurement: Measurement): MeasuredForm {
  switch (form.kind) {
    case 'exact':
      return measureExactForm(form, measurement);
    case 'rate':
      return measureRateForm(form, measurement);
    case 'body':
      return measureBody(form, measurement);
    case 'differences':
      return measureDifferences(form, measurement);
    case 'samples':
    case 'quantile':
    case 'paired-rate':
      return measureSamples(form, measurement);
  }
}

/** Nothing at the pointer is a drift; something that stands for a number and is none says nothing about it. */
function measureExactForm({ name, pointer, baseline, tolerances, direction }: ExactForm, { answer }: Measurement): MeasuredForm {
  const found = valueAt(answer, pointer);
  const isNone = found === null || (typeof baseline === 'number' && found !== undefined && !isFiniteNumber(found));
  if (isNone) return none(name, `${shown(found)} at ${quoted(pointer)}`, typeof baseline === 'number' ? 'a number' : 'a value');
  const directed = new Map([...tolerances].map(([field, tolerance]) => [field, { ...tolerance, direction }] as const));
  return metricOf({ kind: 'exact', baseline, found, tolerances: directed.has('') ? directed : new Map([['', { kind: 'absolute', value: 0, direction }], ...directed]) });
}

function measureRateForm({ name, successes, trials, baseline, margin, direction }: RateForm, { answer, behavior }: Measurement): MeasuredForm {
  const [succeeded, tried] = [valueAt(answer, successes), valueAt(answer, trials)];
  const samples = { successes: isFiniteNumber(succeeded) ? succeeded : Number.NaN, trials: isFiniteNumber(tried) ? tried : Number.NaN };
  if (!isCounted(samples)) return none(name, `${shown(succeeded)} at ${quoted(successes)} of ${shown(tried)} at ${quoted(trials)}`, 'whole numbers: at least one trial, and no more successes than trials');
  return wrongCount(name, samples.trials, behavior) ?? metricOf({ kind: 'rate', baseline, samples, margin, direction });
}

function measureSamples(form: SamplesForm | QuantileForm | PairedRateForm, { answer, behavior, files, generator }: Measurement): MeasuredForm {
  const { name } = form;
  const samples = valueAt(answer, form.samples);
  if (!Array.isArray(samples) || samples.length === 0) return none(name, `${Array.isArray(samples) ? 'an empty list' : shown(samples)} at ${quoted(form.samples)}`, 'a list of values');
  const wrong = wrongCount(name, samples.length, behavior);
  if (wrong !== null) return wrong;
  const isValue = form.kind === 'paired-rate' ? (value: JsonValue): boolean => typeof value === 'boolean' : isFiniteNumber;
  const counted = countMissing(samples, isValue);
  if (counted.missing === counted.total) return none(name, `${counted.total} values of which none is ${form.kind === 'paired-rate' ? 'a boolean' : 'a number'}`, 'values');
  if (form.baseline.kind === 'agreed') return { kind: 'metric', metric: comparedWith(form, form.baseline.value, samples), missing: { baseline: null, samples: counted } };
  const baseline = readBaseline(form.baseline, files);
  if (baseline.kind === 'none') return none(name, baseline.found, 'a baseline with values');
  const [changed] = baselineChange(name, baseline.generator, behavior.reproducibility, generator);
  if (changed !== undefined) return { kind: 'none', why: changed };
  return { kind: 'metric', metric: comparedWith(form, baseline.values, samples), missing: { baseline: countMissing(baseline.values, isValue), samples: counted } };
}

/** A baseline that states what made it is compared with what the behaviour asks for, or where that says nothing with the answer. */
function baselineChange(name: string, made: Reproducibility | null, agreed: Reproducibility | null, answer: Measurement['generator']): readonly NoMeasure[] {
  if (made === null) return [];
  if (agreed !== null) return generatorChange(agreed, made, name);
  return answer === null ? [] : generatorChange(made, answer.stated, null);
}

/** Missing values keep every metric from passing: none is tolerated. */
const missingCap = 0;

function comparedWith(form: SamplesForm | QuantileForm | PairedRateForm, baseline: readonly JsonValue[] | number, samples: readonly JsonValue[]): Metric {
  const { direction } = form;
  if (form.kind === 'quantile') return { kind: 'quantile', quantile: form.quantile, baseline, samples, tolerance: form.tolerance, direction, missingCap };
  const values = typeof baseline === 'number' ? [] : baseline;
  if (form.kind === 'paired-rate') return { kind: 'paired-rate', baseline: values, samples, margin: form.margin, direction, missingCap };
  const common = { baseline: values, samples, tolerance: form.tolerance, direction, missingCap };
  return form.paired ? { ...common, kind: 'paired-shift' } : { ...common, kind: 'shift', secondLook: form.secondLook };
}

/** What the schema objects to is compared with nothing: any objection is a drift. */
function measureBody({ name, body, schema }: BodyForm, { answer, shapes }: Measurement): MeasuredForm {
  const [found, shape] = [valueAt(answer, body), shapes.get(name)];
  if (found === undefined) return metricOf({ kind: 'objections', objections: [`nothing is at ${quoted(body)}`] });
  if (shape === undefined) return none(name, `${quoted(schema)}, which did not judge the answer`, 'a JSON Schema that compiles');
  switch (shape.kind) {
    case 'valid':
      return metricOf({ kind: 'objections', objections: [] });
    case 'violations':
      return metricOf({ kind: 'objections', objections: shape.violations.length === 0 ? [`${quoted(schema)} objects to it`] : shape.violations.map(({ pointer, message }) => `${pointer} ${message}`.trimStart()) });
    case 'unusable':
    case 'undecided':
      return none(name, `${quoted(schema)}, which did not judge the answer: ${shape.why}`, 'a JSON Schema that compiles');
  }
}

function measureDifferences({ name }: DifferencesForm, { answer }: Measurement): MeasuredForm {
  const found = valueAt(answer, '/differences');
  return Array.isArray(found) ? metricOf({ kind: 'objections', objections: found.map(differenceInWords) }) : none(name, `${shown(found)} at "/differences"`, 'a list of differences');
}

/** More values than may be collected are no better than too few: whoever goes on until it passes, passes. */
function wrongCount(name: string, count: number, { minSamples, maxSamples }: Measurement['behavior']): MeasuredForm | null {
  if (count < minSamples) return { kind: 'none', why: { code: 'drift/too_few_samples', metric: name, found: String(count), expected: `at least ${minSamples}` } };
  return count > maxSamples ? none(name, `${count} samples`, `at most ${maxSamples}`) : null;
}

function countMissing(values: readonly JsonValue[], isValue: (value: JsonValue) => boolean): MissingCount {
  return { missing: values.filter((value) => !isValue(value)).length, total: values.length };
}

function metricOf(metric: Metric): MeasuredForm {
  return { kind: 'metric', metric, missing: null };
}

function none(metric: string, found: string, expected: string): MeasuredForm {
  return { kind: 'none', why: { code: 'drift/no_signal', metric, found, expected } };
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
  return String(value);
}
