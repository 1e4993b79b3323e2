import type { ShownBehavior } from './behaviors-pretty.ts';
import { inertJson } from './escape.ts';

/** For programs: every behaviour with its metrics, as they were judged. `base`: the commit whose behaviours and baselines counted. */
export function behaviorsJson(base: string, shown: readonly ShownBehavior[]): string {
  const behaviors = shown.map((one) => (one.kind === 'broken' ? { path: one.path, verdict: 'unreadable', why: one.why } : measured(one)));
  return `${inertJson({ version: 1, base, behaviors })}\n`;
}

function measured({ path, scope, verdict }: Extract<ShownBehavior, { kind: 'measured' }>): object {
  const { behavior, kind, decides, metrics, reasons, fixtureFor } = verdict;
  const judged = metrics.map(({ name, critical, distances, measured: { needsMore: _needsMore, ...found } }) => ({ name, critical, ...found, distances }));
  return { path, behavior, scope, verdict: kind, decides, metrics: judged, reasons, fixtureFor };
}
