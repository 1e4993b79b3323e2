import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { pointerBelow, tokensOf } from '../document/pointer.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { flagOf } from './flag-of.ts';
import { objection } from './objection.ts';

/** What of a metric contradicts itself. Its form has been checked by the schema. */
export function impossibleMetric(metric: JsonObject, pointer: string): readonly Violation[] {
  if (metric['pointer'] !== undefined) return exactObjections(metric, pointer);
  if (metric['samples'] !== undefined) return [...oneBaseline(metric, pointer), ...comparisonObjections(metric, pointer), ...valueObjections(metric, pointer)];
  return rateObjections(metric['baseline'], pointer);
}

function exactObjections(metric: JsonObject, pointer: string): readonly Violation[] {
  const kinds = ['absolute', 'relative', 'ulp'].filter((kind) => metric[kind] !== undefined);
  const unreadable = Object.keys(member.object(metric, 'fields')).filter((field) => field === '' || tokensOf(field) === null);
  return [
    ...(kinds.length > 1 ? [objection(`${pointer}/${kinds[1]}`, `\`${kinds.join('` and `')}\``, 'one tolerance')] : []),
    ...(metric['baseline'] === null ? [objection(`${pointer}/baseline`, 'null, which is also what a source without a value says', 'a value')] : []),
    ...unreadable.map((field) => objection(pointerBelow(`${pointer}/fields`, field), quoted(field), 'a JSON pointer such as "/p95"')),
  ];
}

function oneBaseline(metric: JsonObject, pointer: string): readonly Violation[] {
  return metric['baseline'] !== undefined && metric['baselineSamples'] !== undefined ? [objection(`${pointer}/baseline`, '`baseline` and `baselineSamples`', 'one of them')] : [];
}

/** Which members of a metric of samples exclude each other, and which need each other. */
function comparisonObjections(metric: JsonObject, pointer: string): readonly Violation[] {
  const has = (name: string): boolean => metric[name] !== undefined;
  const isPaired = flagOf(metric, 'paired') === true;
  const excluded = (name: string, other: string): readonly Violation[] => (has(name) && has(other) ? [objection(`${pointer}/${name}`, `\`${name}\` and \`${other}\``, 'one of them')] : []);
  return [
    ...(has('tolerance') || has('margin') ? [] : [objection(pointer, 'no tolerance', 'the key `tolerance`, or with `paired` the key `margin`')]),
    ...(has('margin') && !isPaired ? [objection(`${pointer}/margin`, '`margin` without `paired: true`', '`tolerance`, or `paired: true` beside it')] : []),
    ...['tolerance', 'quantile', 'secondLook'].flatMap((name) => excluded(name, 'margin')),
    ...(isPaired ? ['quantile', 'secondLook'].flatMap((name) => excluded(name, 'paired')) : []),
    ...excluded('secondLook', 'quantile'),
  ];
}

function valueObjections(metric: JsonObject, pointer: string): readonly Violation[] {
  const baseline = metric['baseline'];
  if (typeof baseline === 'number') return metric['quantile'] === undefined ? [objection(`${pointer}/baseline`, String(baseline), 'a list of values, or `quantile` beside it')] : [];
  const type = metric['margin'] === undefined ? 'number' : 'boolean';
  const values = Array.isArray(baseline) ? baseline : [];
  const wrong = values.findIndex((value: JsonValue) => value !== null && typeof value !== type);
  return wrong === -1 ? [] : [objection(`${pointer}/baseline/${wrong}`, String(values[wrong]), `a ${type}, or null for a value that was missing`)];
}

function rateObjections(baseline: JsonValue | undefined, pointer: string): readonly Violation[] {
  if (!isJsonObject(baseline)) return [];
  const [successes, trials] = [member.number(baseline, 'successes') ?? 0, member.number(baseline, 'trials') ?? 0];
  return successes > trials ? [objection(`${pointer}/baseline/successes`, String(successes), `at most the ${trials} trials`)] : [];
}
