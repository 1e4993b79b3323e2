import { canonicalText } from '../../../domain/canonical.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import type { PrometheusQuery } from './prometheus-query.ts';
import { mostSeries } from './prometheus-query.ts';

export interface PrometheusSeries {
  /** Untrusted text. Empty for a scalar. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * One for each time that was asked for, in order; null where there is none: a gap, a series that went stale, NaN, an
   * infinity. A missing value is never left out, so that it counts as missing.
   */
  readonly values: readonly (number | null)[];
}

/** `found`: what stands there instead, in our own words. */
export type SeriesReading = { readonly kind: 'series'; readonly series: readonly PrometheusSeries[] } | { readonly kind: 'other'; readonly found: string };

/**
 * The `data` of a successful answer (Prometheus HTTP API, expression query result formats).
 * @param times Milliseconds, ascending.
 */
export function readSeries(data: JsonValue | undefined, when: PrometheusQuery['when']['kind'], times: readonly number[]): SeriesReading {
  if (!isJsonObject(data)) return other('no data');
  const { resultType, result } = { resultType: data['resultType'], result: data['result'] };
  if (when === 'instant' && resultType === 'scalar') return readAll([{ metric: {}, value: result ?? null }], 'value', times);
  const wanted = when === 'instant' ? 'vector' : 'matrix';
  if (resultType !== wanted || !Array.isArray(result)) return other(`no ${wanted}`);
  if (result.length > mostSeries) return other(`more than ${mostSeries} series`);
  return readAll(result, when === 'instant' ? 'value' : 'values', times);
}

function readAll(elements: readonly JsonValue[], member: 'value' | 'values', times: readonly number[]): SeriesReading {
  const series: PrometheusSeries[] = [];
  for (const element of elements) {
    const labels = labelsOf(element);
    const samples = isJsonObject(element) ? element[member] : undefined;
    if (labels === null) return other('a series without labels');
    if (isJsonObject(element) && (Object.hasOwn(element, 'histogram') || Object.hasOwn(element, 'histograms'))) return other('a histogram');
    const values = valuesOf(member === 'value' ? [samples ?? null] : samples, times);
    if (values === null) return other('a sample that is none, or of a time that was not asked for');
    series.push({ labels, values });
  }
  const names = series.map(({ labels }) => canonicalText(labels));
  if (new Set(names).size < names.length) return other('a series twice');
  return { kind: 'series', series: series.toSorted((a, b) => (canonicalText(a.labels) < canonicalText(b.labels) ? -1 : 1)) };
}

function labelsOf(element: JsonValue): Readonly<Record<string, string>> | null {
  const metric = isJsonObject(element) ? element['metric'] : undefined;
  if (!isJsonObject(metric)) return null;
  const labels = Object.entries(metric).flatMap(([name, value]) => (typeof value === 'string' && value.isWellFormed() && name.isWellFormed() ? [[name, value] as const] : []));
  return labels.length === Object.keys(metric).length ? Object.fromEntries(labels) : null;
}

/** By time: null for those that no sample is of, and null altogether where a sample is of no time, or two of one. */
function valuesOf(samples: JsonValue | undefined, times: readonly number[]): readonly (number | null)[] | null {
  if (!Array.isArray(samples)) return null;
  const found = new Map<number, number | null>();
  const asked = new Set(times);
  for (const sample of samples) {
    if (!Array.isArray(sample) || sample.length !== 2) return null;
    const [time, text]: readonly JsonValue[] = sample;
    const at = typeof time === 'number' ? Math.round(time * 1_000) : Number.NaN;
    const value = typeof text === 'string' ? numberOf(text) : undefined;
    if (value === undefined || !asked.has(at) || found.has(at)) return null;
    found.set(at, value);
  }
  return times.map((time) => found.get(time) ?? null);
}

/** As Go writes a float; undefined for what it does not write. */
function numberOf(text: string): number | null | undefined {
  if (/^(?:NaN|[+-]?Inf)$/.test(text)) return null;
  if (!/^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function other(found: string): SeriesReading {
  return { kind: 'other', found };
}
