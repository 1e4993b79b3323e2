import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { BehaviorMetric, PairedRateForm, QuantileForm, RateForm, SamplesForm } from '../../domain/behavior/behavior-metric.ts';
import type { NoMeasure, SourceReading } from '../../domain/behavior/source-reading.ts';
import { valueAt } from '../../domain/behavior/value-at.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { checkReading } from './check-reading.ts';
import { measureForm } from './measure-form.ts';
import { passProbability } from './statistics/pass-probability.ts';
import type { VerdictChances } from './statistics/pass-probability.ts';
import { passShare } from './statistics/pass-share.ts';

/** What a metric is compared with from now on. */
export interface RecordedMetric {
  readonly name: string;
  /** Null: there is nothing to record, since it was agreed by people or stands in a schema. */
  readonly baseline: JsonValue | null;
  /** Path of the file that has it; null: it stands in the behaviour. */
  readonly file: string | null;
  /** Samples of the measurement, or trials. Null: it is no sample. */
  readonly size: number | null;
  /** The verdicts of as many samples when nothing changed. Null: that can not be told from one measurement. */
  readonly chances: VerdictChances | null;
}

export type RecordedBaseline = { readonly kind: 'recorded'; readonly metrics: readonly RecordedMetric[] } | { readonly kind: 'none'; readonly reasons: readonly NoMeasure[] };

/** What a measurement becomes as the baseline of its behaviour, with how often an unchanged one passes by it. A measurement that could not be judged is none. */
export function recordedBaseline(behavior: Behavior, reading: SourceReading, now: string): RecordedBaseline {
  if (reading.kind !== 'answered') return { kind: 'none', reasons: [{ code: 'drift/no_signal', metric: null, found: reading.why, expected: 'an answer' }] };
  const reasons = checkReading(reading, behavior, now);
  if (reasons.length > 0) return { kind: 'none', reasons };
  const tests = testsOf(behavior.metrics);
  const metrics = behavior.metrics.map((form) => recordedMetric(form, behavior, reading.value, tests));
  const wrong = metrics.flatMap((one) => ('code' in one ? [one] : []));
  return wrong.length > 0 ? { kind: 'none', reasons: wrong } : { kind: 'recorded', metrics: metrics.flatMap((one) => ('code' in one ? [] : [one])) };
}

/** How often all of its metrics pass when nothing changed, as if they did not depend on each other. What is not known counts as if it always did. */
export function passesUnchanged(metrics: readonly RecordedMetric[]): number {
  return metrics.reduce((product, { chances }) => product * (chances?.pass ?? 1), 1);
}

/** As the gate counts them: each that is no exact value, and missing answers of all lists together. */
function testsOf(metrics: readonly BehaviorMetric[]): number {
  const lists = metrics.filter(({ kind }) => kind === 'samples' || kind === 'quantile' || kind === 'paired-rate').length;
  return Math.max(1, lists + metrics.filter(({ kind }) => kind === 'rate').length + (lists > 0 ? 1 : 0));
}

const always: VerdictChances = { pass: 1, drift: 0, inconclusive: 0 };

function recordedMetric(form: BehaviorMetric, behavior: Behavior, answer: JsonValue, tests: number): RecordedMetric | NoMeasure {
  const { name } = form;
  switch (form.kind) {
    case 'body':
    case 'differences':
      return { name, baseline: null, file: null, size: null, chances: always };
    case 'exact': {
      const found = valueAt(answer, form.pointer);
      if (found === undefined || found === null || (typeof found === 'number' && !Number.isFinite(found))) return { code: 'drift/no_signal', metric: name, found: 'nothing', expected: 'a value' };
      return { name, baseline: found, file: null, size: null, chances: always };
    }
    case 'rate':
      return recordedRate(form, behavior, answer, tests);
    case 'samples':
    case 'quantile':
    case 'paired-rate':
      return recordedSamples(form, behavior, answer, tests);
  }
}

function recordedRate(form: RateForm, behavior: Behavior, answer: JsonValue, tests: number): RecordedMetric | NoMeasure {
  const measured = measureForm(form, { behavior, answer, files: new Map(), shapes: new Map(), generator: null });
  if (measured.kind === 'none') return measured.why;
  if (measured.metric.kind !== 'rate') throw new TypeError('A rate was measured as something else.');
  const { samples, margin, direction } = measured.metric;
  const isAgreed = typeof form.baseline === 'number';
  const baseline = typeof form.baseline === 'number' ? form.baseline : samples;
  const chances = passProbability({ baseline, margin, direction }, samples.trials, behavior.confidence, tests);
  return { name: form.name, baseline: isAgreed ? null : { ...samples }, file: null, size: samples.trials, chances };
}

function recordedSamples(form: SamplesForm | QuantileForm | PairedRateForm, behavior: Behavior, answer: JsonValue, tests: number): RecordedMetric | NoMeasure {
  const found = valueAt(answer, form.samples);
  const values = Array.isArray(found) ? found : [];
  const { name } = form;
  const measured = measureForm(form, { behavior, answer, files: new Map([[fileOf(form) ?? '', { kind: 'value', value: values }]]), shapes: new Map(), generator: null });
  if (measured.kind === 'none') return measured.why;
  if ((measured.missing?.samples.missing ?? 1) > 0) return { code: 'drift/no_signal', metric: name, found: `${measured.missing?.samples.missing} of ${values.length} values that are none`, expected: 'values alone' };
  return { name, baseline: form.baseline.kind === 'agreed' ? null : values, file: fileOf(form), size: values.length, chances: chancesOf(form, values, behavior, tests) };
}

function fileOf({ baseline }: SamplesForm | QuantileForm | PairedRateForm): string | null {
  return baseline.kind === 'file' ? baseline.path : null;
}

/** Of pairs, and of what people agreed on, one measurement does not tell how far the next one may be off. */
function chancesOf(form: SamplesForm | QuantileForm | PairedRateForm, values: readonly JsonValue[], { confidence }: Behavior, tests: number): VerdictChances | null {
  if (form.kind === 'paired-rate' || form.baseline.kind === 'agreed' || (form.kind === 'samples' && form.paired)) return null;
  const common = { baseline: values, tolerance: form.tolerance, direction: form.direction, missingCap: 0 };
  const metric = form.kind === 'quantile' ? ({ ...common, kind: 'quantile', quantile: form.quantile } as const) : ({ ...common, kind: 'shift', secondLook: form.secondLook } as const);
  return passShare(metric, values.length, confidence, { tests });
}
