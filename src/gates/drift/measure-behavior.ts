import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { BehaviorFile, NoMeasure, SourceReading } from '../../domain/behavior/source-reading.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { checkReading } from './check-reading.ts';
import { measureForm } from './measure-form.ts';
import type { MeasuredForm, Measurement } from './measure-form.ts';
import type { NamedMetric } from './statistics/judge-metrics.ts';
import type { MissingCount } from './statistics/measure-missing.ts';
import { valuesOf } from './statistics/values-of.ts';

export interface BehaviorMeasurement {
  readonly behavior: Behavior;
  readonly reading: SourceReading;
  /** Baselines by path. */
  readonly files: ReadonlyMap<string, BehaviorFile>;
  /** What the schemas of bodies say of the answer, by the name of the metric. */
  readonly shapes: ReadonlyMap<string, ValidationAnswer>;
  /** ISO 8601. */
  readonly now: string;
  /** `observe` decides nothing, and may read the fixture: null where there is none. In strict nobody reads it, so none can be given. */
  readonly mode: { readonly kind: 'strict' } | { readonly kind: 'observe'; readonly fixture: Fixture | null };
}

/** An answer that stands for that of the source, with what the schemas of bodies say of it. */
export interface Fixture {
  readonly file: BehaviorFile;
  readonly shapes: ReadonlyMap<string, ValidationAnswer>;
}

export type MeasuredBehavior =
  /** `fixtureFor`: why a fixture stands for the answer; empty: the answer of the source does. */
  | { readonly kind: 'metrics'; readonly metrics: readonly NamedMetric[]; readonly fixtureFor: readonly NoMeasure[]; readonly decides: boolean }
  /** At least one reason, the first ones about the answer as a whole. Nothing of the behaviour is judged: what is left says nothing of the rest. */
  | { readonly kind: 'none'; readonly reasons: readonly NoMeasure[]; readonly decides: boolean };

/**
 * What is compared of a behaviour, or why nothing is: no answer, an error, an empty or stale answer, another generator, too few
 * samples. Never throws for an answer, whatever it is. That a fixture stands for an answer is told, and decides nothing.
 */
export function measureBehavior(measurement: BehaviorMeasurement): MeasuredBehavior {
  const { behavior, reading, mode, now } = measurement;
  const decides = mode.kind === 'strict';
  const answered = reading.kind === 'answered' ? checkReading(reading, behavior, now) : [unanswered(reading)];
  const measured = reading.kind === 'answered' && answered.length === 0 ? measureAnswer({ ...measurement, answer: reading.value, generator: { stated: reading.generator } }) : { metrics: [], reasons: answered };
  if (measured.reasons.length === 0) return { kind: 'metrics', metrics: measured.metrics, fixtureFor: [], decides };
  if (mode.kind === 'strict' || mode.fixture === null) return { kind: 'none', reasons: measured.reasons, decides };
  return fromFixture(measurement, mode.fixture, measured.reasons);
}

function fromFixture({ behavior, files }: BehaviorMeasurement, { file, shapes }: Fixture, fixtureFor: readonly NoMeasure[]): MeasuredBehavior {
  if (file.kind === 'unreadable') return { kind: 'none', reasons: [...fixtureFor, noSignal(`a fixture that can not be read: ${file.why}`)], decides: false };
  const { metrics, reasons } = measureAnswer({ behavior, files, shapes, answer: file.value, generator: null });
  return reasons.length === 0 ? { kind: 'metrics', metrics, fixtureFor, decides: false } : { kind: 'none', reasons: [...fixtureFor, ...reasons], decides: false };
}

/** Of what is sent to it a source has no trouble: only nothing came. */
function unanswered({ kind, why }: Exclude<SourceReading, { kind: 'answered' }>): NoMeasure {
  return kind === 'no-samples' ? { code: 'drift/no_signal', metric: null, found: `no samples: ${why}`, expected: 'samples' } : noSignal(why);
}

function noSignal(found: string): NoMeasure {
  return { code: 'drift/no_signal', metric: null, found, expected: 'an answer' };
}

interface MeasuredAnswer {
  readonly metrics: readonly NamedMetric[];
  readonly reasons: readonly NoMeasure[];
}

/** What a verdict may take on the thread that answers all others: about a second at worst. Whoever sends samples chooses how many there are. */
const mostTogether = 50_000;

function measureAnswer(measurement: Measurement & Pick<BehaviorMeasurement, 'behavior'>): MeasuredAnswer {
  const forms = measurement.behavior.metrics.map((form) => ({ form, measured: measureForm(form, measurement) }));
  const reasons = forms.flatMap(({ measured }) => (measured.kind === 'none' ? [measured.why] : []));
  if (forms.length === 0) return { metrics: [], reasons: [noSignal('no metric')] };
  const metrics = forms.flatMap(({ form: { name, critical }, measured }) => (measured.kind === 'metric' ? [{ name, critical, metric: measured.metric }] : []));
  const together = metrics.reduce((sum, { metric }) => sum + valuesOf(metric), 0);
  if (together > mostTogether) return { metrics: [], reasons: [...reasons, { code: 'drift/no_signal', metric: null, found: `${together} values in all metrics together`, expected: `at most ${mostTogether}: fewer of each, or several behaviours` }] };
  return { metrics: [...metrics, ...missingMetric(forms.map(({ measured }) => measured))], reasons };
}

/** Missing answers of the source are a metric of their own, by a name that no behaviour can give: of all its values together. */
function missingMetric(forms: readonly MeasuredForm[]): readonly NamedMetric[] {
  const counts = forms.flatMap((form) => (form.kind === 'metric' && form.missing !== null ? [form.missing] : []));
  if (counts.length === 0) return [];
  const baselines = counts.flatMap(({ baseline }) => (baseline === null ? [] : [baseline]));
  return [{ name: 'missing answers', critical: false, metric: { kind: 'missing', baseline: baselines.length === 0 ? null : sumOf(baselines), samples: sumOf(counts.map(({ samples }) => samples)), cap: 0 } }];
}

function sumOf(counts: readonly MissingCount[]): MissingCount {
  return counts.reduce((sum, { missing, total }) => ({ missing: sum.missing + missing, total: sum.total + total }), { missing: 0, total: 0 });
}
