import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { Reproducibility } from '../../domain/behavior/reproducibility.ts';
import type { NoMeasure, SourceReading } from '../../domain/behavior/source-reading.ts';
import { quoted } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';

type Answered = Extract<SourceReading, { kind: 'answered' }>;

/** What is against an answer as a whole: it is empty, stale, or made by something else than was agreed. `now` is ISO 8601. */
export function checkReading({ value, observedAt, generator }: Answered, { maxAge, reproducibility }: Pick<Behavior, 'maxAge' | 'reproducibility'>, now: string): readonly NoMeasure[] {
  const empty: readonly NoMeasure[] = isEmpty(value) ? [{ code: 'drift/no_signal', metric: null, found: 'an empty answer', expected: 'an answer' }] : [];
  return [...empty, ...staleness(observedAt, maxAge, now), ...(reproducibility === null ? [] : generatorChange(reproducibility, generator, null))];
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Milliseconds by which clocks may differ. */
const skew = 60_000;

/** Whoever dates an answer into the future could give it for ever. */
function staleness(observedAt: string, maxAge: number, now: string): readonly NoMeasure[] {
  const age = Date.parse(now) - Date.parse(observedAt);
  if (age >= -skew && age <= maxAge) return [];
  const found = Number.isNaN(age) ? `an answer of ${quoted(observedAt)}` : `an answer of ${observedAt}, ${age < 0 ? 'which lies ahead' : `${Math.floor(age / 1000)} s ago`}`;
  return [{ code: 'drift/stale', metric: null, found, expected: `at most ${Math.floor(maxAge / 1000)} s ago` }];
}

/** Whatever is agreed has to be stated, and the same. `metric` is the one whose baseline is compared; null: the answer is. */
export function generatorChange(agreed: Reproducibility, stated: Reproducibility | null, metric: string | null): readonly NoMeasure[] {
  const members = (['generator', 'version', 'seed', 'iterations'] as const).filter((name) => agreed[name] !== null && agreed[name] !== (stated?.[name] ?? null));
  if (members.length === 0) return [];
  const told = (from: Reproducibility | null): string => members.map((name) => `${name} ${quoted(String(from?.[name] ?? 'not stated'))}`).join(', ');
  return [{ code: 'drift/generator_changed', metric, found: `${metric === null ? 'an answer' : 'a baseline'} made by ${told(stated)}`, expected: told(agreed) }];
}
