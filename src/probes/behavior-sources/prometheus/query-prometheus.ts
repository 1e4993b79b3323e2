import { isJsonObject } from '../../../domain/json-value.ts';
import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import { hostOf, readHttpJson } from '../read-http-json.ts';
import type { SourceReader } from '../source-reader.ts';
import { mostSteps, timesOf, urlOf } from './prometheus-query.ts';
import type { PrometheusQuery } from './prometheus-query.ts';
import { readSeries } from './read-series.ts';
import type { PrometheusSeries } from './read-series.ts';

/** `series`: at least one, in the order of their labels. */
export type PrometheusAnswer = { readonly kind: 'series'; readonly series: readonly PrometheusSeries[] } | NoSignal;

/**
 * Asks one instant or range query. An answer with warnings is no signal: they say that a part of the data was not read,
 * or that the expression does not mean what it seems to.
 */
export async function queryPrometheus(reader: SourceReader, query: PrometheusQuery): Promise<PrometheusAnswer> {
  const times = timesOf(query.when);
  if (times === null) return noSignal(`the range of the query can not be asked, expected 1 to ${mostSteps} steps of whole milliseconds`);
  const url = urlOf(query);
  if (url === null) return noSignal('the URL of the source can not be read, expected one that "/api/v1/query" stands below');
  const answer = await readHttpJson(reader, { url, secret: query.secret });
  if (answer.kind === 'no-signal') return answer;
  const refused = (found: string, expected: string): NoSignal => noSignal(`${hostOf(url)} answered the query with ${found}, expected ${expected}`);
  const { value } = answer;
  if (!isJsonObject(value) || value['status'] !== 'success') return refused('an error', 'the status "success"');
  const warnings = value['warnings'];
  if (warnings !== undefined && !(Array.isArray(warnings) && warnings.length === 0)) return refused('warnings', 'none');
  const reading = readSeries(value['data'], query.when.kind, times);
  if (reading.kind === 'other') return refused(reading.found, query.when.kind === 'instant' ? 'a vector or scalar at the time asked for' : 'a matrix on the steps asked for');
  const { series } = reading;
  if (series.length === 0) return refused('no series', 'at least one');
  if (series.length > 1 && query.series === 'one') return refused(`${series.length} series`, 'one');
  return { kind: 'series', series };
}
