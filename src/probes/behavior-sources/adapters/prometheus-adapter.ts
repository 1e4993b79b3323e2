import type { PrometheusQuery as Asked } from '../../../domain/behavior/behavior-source.ts';
import { quoted } from '../../../domain/finding.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import type { SourceAdapter } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import type { PrometheusQuery } from '../prometheus/prometheus-query.ts';
import { queryPrometheus } from '../prometheus/query-prometheus.ts';
import { grantedSecret } from '../source-grants.ts';
import type { WebSources } from './web-sources.ts';

/** What each query gives, by its name: one number as of now, or a value for each step of its window. One without an answer, and none is. */
export function prometheusAdapter({ repository, reader, grants, clock }: Omit<WebSources, 'validator'>): SourceAdapter<'prometheus'> {
  return async ({ url, secret: name, queries }) => {
    const granted = grantedSecret(grants, { name, repository, url });
    if (granted.kind === 'no-signal') return granted;
    const now = clock.now();
    const values: [string, JsonValue][] = [];
    for (const query of queries) {
      const answer = await queryPrometheus(reader, { url, query: query.query, when: whenOf(query, now), series: 'one', secret: granted.secret });
      if (answer.kind === 'no-signal') return about(query.name, answer);
      const [series] = answer.series;
      values.push([query.name, query.range === null ? (series?.values[0] ?? null) : (series?.values ?? [])]);
    }
    return { kind: 'answered', value: Object.fromEntries(values), observedAt: now.toISOString(), generator: null };
  };
}

/** As many steps as fit into the window, the last one now. */
function whenOf({ range }: Asked, now: Date): PrometheusQuery['when'] {
  if (range === null) return { kind: 'instant', at: now };
  const steps = Math.floor(range.window / range.step);
  return { kind: 'range', start: new Date(now.getTime() - (steps - 1) * range.step), end: now, stepMs: range.step };
}

function about(name: string, { why }: NoSignal): NoSignal {
  return noSignal(`the query ${quoted(name)}: ${why}`);
}
