import { member } from '../configuration/member.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { BaselineValues, BehaviorMetric, FieldTolerance, RateForm, SamplesTolerance } from './behavior-metric.ts';
import { flagOf } from './flag-of.ts';

/** One metric of a behaviour, of a document that its schema allows and that is possible. */
export function readMetric(value: JsonObject): BehaviorMetric {
  const common = { name: member.text(value, 'name') ?? '', critical: flagOf(value, 'critical') ?? false };
  const text = (name: string): string => member.text(value, name) ?? '';
  if (value['body'] !== undefined) return { ...common, kind: 'body', body: text('body'), schema: text('schema') };
  const directed = { ...common, direction: directionOf(text('direction')) };
  if (value['pointer'] !== undefined) return { ...directed, kind: 'exact', pointer: text('pointer'), baseline: value['baseline'] ?? null, tolerances: tolerancesOf(value) };
  const margin = member.number(value, 'margin') ?? 0;
  if (value['successes'] !== undefined) return { ...directed, kind: 'rate', successes: text('successes'), trials: text('trials'), baseline: rateOf(value['baseline']), margin };
  return samplesForm(value, { ...directed, samples: text('samples') }, margin);
}

function samplesForm(value: JsonObject, common: Pick<RateForm, 'name' | 'critical' | 'direction'> & { readonly samples: string }, margin: number): BehaviorMetric {
  const baseline = baselineOf(value);
  const tolerance = toleranceOf(member.object(value, 'tolerance'));
  const [quantile, agreed] = [member.number(value, 'quantile'), member.number(value, 'baseline')];
  if (quantile !== null) return { ...common, kind: 'quantile', quantile, baseline: agreed === null ? baseline : { kind: 'agreed', value: agreed }, tolerance };
  if (value['margin'] !== undefined) return { ...common, kind: 'paired-rate', baseline, margin };
  return { ...common, kind: 'samples', baseline, tolerance, paired: flagOf(value, 'paired') ?? false, secondLook: flagOf(value, 'secondLook') ?? false };
}

function directionOf(text: string): RateForm['direction'] {
  return text === 'increase' || text === 'decrease' ? text : 'both';
}

function baselineOf(value: JsonObject): BaselineValues {
  const path = member.text(value, 'baselineSamples');
  const values = value['baseline'];
  return path === null ? { kind: 'values', values: Array.isArray(values) ? values : [] } : { kind: 'file', path };
}

function rateOf(value: JsonValue | undefined): RateForm['baseline'] {
  if (typeof value === 'number') return value;
  return isJsonObject(value) ? { successes: member.number(value, 'successes') ?? 0, trials: member.number(value, 'trials') ?? 0 } : Number.NaN;
}

function toleranceOf(value: JsonObject): SamplesTolerance {
  const relative = member.number(value, 'relative');
  return relative === null ? { kind: 'absolute', value: member.number(value, 'absolute') ?? 0 } : { kind: 'relative', value: relative };
}

function tolerancesOf(value: JsonObject): ReadonlyMap<string, FieldTolerance> {
  const fields = Object.entries(member.object(value, 'fields')).flatMap(([pointer, field]) => fieldTolerance(field).map((tolerance) => [pointer, tolerance] as const));
  return new Map([...fieldTolerance(value).map((tolerance) => ['', tolerance] as const), ...fields]);
}

function fieldTolerance(value: JsonValue): readonly FieldTolerance[] {
  if (!isJsonObject(value)) return [];
  return (['absolute', 'relative', 'ulp'] as const).flatMap((kind) => {
    const size = member.number(value, kind);
    return size === null ? [] : [{ kind, value: size }];
  });
}
