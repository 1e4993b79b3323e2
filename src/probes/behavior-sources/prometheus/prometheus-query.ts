/** One question to the HTTP API of Prometheus, or of what speaks like it. */
export interface PrometheusQuery {
  /** What `/api/v1/query` stands below. */
  readonly url: string;
  /** PromQL. */
  readonly query: string;
  readonly when: PrometheusInstant | PrometheusRange;
  /** `one`: more than one series is no signal, since which of them is meant would be a guess. */
  readonly series: 'one' | 'all';
  /** As in `SourceRequest`. */
  readonly secret: string | null;
}

export interface PrometheusInstant {
  readonly kind: 'instant';
  readonly at: Date;
}

export interface PrometheusRange {
  readonly kind: 'range';
  readonly start: Date;
  /** Included where a step falls on it. */
  readonly end: Date;
  readonly stepMs: number;
}

/** As many as Prometheus answers at most per series. */
export const mostSteps = 11_000;

export const mostSeries = 100;

/** Times that are looked at, in milliseconds; null where the query can not be asked. */
export function timesOf(when: PrometheusQuery['when']): readonly number[] | null {
  if (when.kind === 'instant') return Number.isFinite(when.at.getTime()) ? [when.at.getTime()] : null;
  const { stepMs } = when;
  const steps = Math.floor((when.end.getTime() - when.start.getTime()) / stepMs);
  if (!Number.isSafeInteger(stepMs) || stepMs < 1 || !(steps >= 0 && steps < mostSteps)) return null;
  return Array.from({ length: steps + 1 }, (_none, index) => when.start.getTime() + index * stepMs);
}

export function urlOf({ url, query, when }: PrometheusQuery): string | null {
  const asked = URL.parse(url);
  if (asked === null) return null;
  asked.pathname = `${asked.pathname.replace(/\/+$/, '')}/api/v1/${when.kind === 'instant' ? 'query' : 'query_range'}`;
  asked.searchParams.set('query', query);
  if (when.kind === 'instant') asked.searchParams.set('time', seconds(when.at.getTime()));
  else {
    asked.searchParams.set('start', seconds(when.start.getTime()));
    asked.searchParams.set('end', seconds(when.end.getTime()));
    asked.searchParams.set('step', seconds(when.stepMs));
  }
  return asked.href;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
