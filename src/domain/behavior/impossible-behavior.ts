import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { isBoundToHead, isComparing } from './behavior-source.ts';
import { durationOf } from '../duration.ts';
import { impossibleMetric } from './impossible-metric.ts';
import { objection } from './objection.ts';
import { kindOf } from './read-source.ts';

/** What a schema can not say: what of a behaviour contradicts itself, or could never pass or never be told. */
export function impossibleBehavior(value: JsonObject): readonly Violation[] {
  const source = member.object(value, 'source');
  const metrics = member.objects(value, 'metrics');
  return [...scopeObjections(value, source), ...sourceObjections(source), ...countObjections(value), ...repeatedNames(metrics), ...metrics.flatMap((metric, index) => impossibleMetric(metric, `/metrics/${index}`))];
}

function scopeObjections(value: JsonObject, source: JsonObject): readonly Violation[] {
  const kind = kindOf(member.text(source, 'type') ?? '');
  const unbound = member.text(value, 'scope') === 'change' && !isBoundToHead(kind);
  const isUnseen = member.text(value, 'scope') !== 'change' && kind === 'github-actions';
  return [
    ...(isUnseen ? [objection('/scope', `"environment" with a source of type "${kind}", whose samples are of changes`, '"change", or a source that answers for the system as it is')] : []),
    ...(unbound ? [objection('/scope', `"change" with a source of type "${kind}", which says nothing of one head`, '"environment", or a source of type "github-actions", "repository-files" or "terraform-plan"')] : []),
    ...(value['metrics'] === undefined && !isComparing(kind) ? [objection('/source', `a source of type "${kind}" and no metrics`, 'the key `metrics` beside it')] : []),
  ];
}

function sourceObjections(source: JsonObject): readonly Violation[] {
  const url = member.text(source, 'url') ?? member.text(source, 'server') ?? '';
  const isOpen = source['secret'] !== undefined && !url.startsWith('https:');
  return [
    ...(isOpen ? [objection(source['url'] === undefined ? '/source/server' : '/source/url', quoted(url), 'an address of https, where a secret is sent')] : []),
    ...Object.entries(member.object(source, 'queries')).flatMap(([name, query]) => (isJsonObject(query) ? rangeObjections(query, `/source/queries/${name}`) : [])),
  ];
}

/** As many values as one answer may have. */
const mostSteps = 5_000;

function rangeObjections(query: JsonObject, pointer: string): readonly Violation[] {
  const [window, step] = [member.text(query, 'window'), member.text(query, 'step')];
  if (window === null && step === null) return [];
  if (window === null || step === null) return [objection(pointer, `only \`${window === null ? 'step' : 'window'}\``, '`window` and `step`, or neither')];
  const steps = (durationOf(window) ?? 0) / (durationOf(step) ?? 1);
  return steps >= 1 && steps < mostSteps ? [] : [objection(`${pointer}/step`, `${quoted(step)} in a window of ${quoted(window)}`, `1 to ${mostSteps} steps`)];
}

function countObjections(value: JsonObject): readonly Violation[] {
  const [least, most] = [member.number(value, 'minSamples') ?? 0, member.number(value, 'maxSamples') ?? Number.POSITIVE_INFINITY];
  return least > most ? [objection('/minSamples', String(least), `at most the ${most} of \`maxSamples\``)] : [];
}

function repeatedNames(metrics: readonly JsonObject[]): readonly Violation[] {
  const names = metrics.map((metric) => member.text(metric, 'name') ?? '');
  return names.flatMap((name, index) => (names.indexOf(name) === index ? [] : [objection(`/metrics/${index}/name`, `${quoted(name)} again`, 'each name once')]));
}
