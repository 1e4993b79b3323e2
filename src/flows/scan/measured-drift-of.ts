import type { BehaviorMetric } from '../../domain/behavior/behavior-metric.ts';
import { isComparing } from '../../domain/behavior/behavior-source.ts';
import { valueAt } from '../../domain/behavior/value-at.ts';
import { member } from '../../domain/configuration/member.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { boundedDifferences } from '../../domain/playbook/bounded-differences.ts';
import type { Difference, MeasuredDrift } from '../../domain/playbook/measured-drift.ts';
import { isWorkflowPath } from '../../domain/playbook/objection-to-path.ts';
import { observedCodes } from '../../domain/playbook/observed-classes.ts';
import type { ObservedClass } from '../../domain/playbook/observed-classes.ts';
import type { MeasuredNow } from '../measure-behaviors.ts';

type Measured = Extract<MeasuredNow, { readonly kind: 'measured' }>;

/** Differences that are kept of one behaviour: a playbook that mends more is over its bounds anyway. */
const mostDifferences = 200;

/** What drifted of a behaviour, as a playbook asks for it; null where it did not. Everything of it is hostile: a source says it. */
export function measuredDriftOf(measured: Measured): MeasuredDrift | null {
  const { behavior, verdict } = measured;
  if (verdict.kind !== 'drift') return null;
  const told = isComparing(behavior.source.kind) ? compared(measured) : [];
  const found = ofFirstKind(told.length > 0 ? told : shiftedMetrics(measured));
  const differences = boundedDifferences(found.map(({ difference }) => difference).slice(0, mostDifferences));
  const observed = classOf(found.map((one) => one.observed));
  if (observed === null || differences.length === 0) return null;
  return { code: observedCodes[observed] ?? null, observed, target: behavior.name, owner: behavior.owner, differences };
}

interface Told {
  readonly observed: ObservedClass;
  readonly difference: Difference;
}

/**
 * One playbook mends all that is told: never what differs in kind. A workflow, which the App may not write, waits until no other file
 * differs, and a link until the releases that it leads to stand.
 */
function ofFirstKind(told: readonly Told[]): readonly Told[] {
  const first = told.filter(({ observed }) => !waiting.includes(observed));
  return first.length > 0 ? first : told;
}

const waiting: readonly ObservedClass[] = ['workflow/changed', 'workflow/missing', 'contract/previous_ref'];

/** The one that stands for several: what is changed covers what is missing. */
function classOf(observed: readonly ObservedClass[]): ObservedClass | null {
  return observed.find((one) => one.endsWith('/changed')) ?? observed[0] ?? null;
}

/** `{differences: [...]}` of a source that compares by itself. */
function compared({ measurement: { reading } }: Measured): readonly Told[] {
  const value = reading.kind === 'answered' ? reading.value : null;
  return isJsonObject(value) ? member.objects(value, 'differences').flatMap(toldOf) : [];
}

function toldOf(difference: JsonObject): readonly Told[] {
  const text = (name: string): string | null => member.text(difference, name);
  const none: Difference = { path: null, template: null, name: null, expected: difference['expected'] ?? null, found: difference['found'] ?? null };
  const kind = text('kind') ?? 'changed';
  if (text('template') !== null) return [{ observed: fileClass(text('path') ?? '', kind === 'missing' ? 'missing' : 'changed'), difference: { ...none, path: text('path'), template: text('template') } }];
  if (text('setting') !== null) return [{ observed: 'settings/changed', difference: { ...none, name: text('setting') } }];
  if (text('contractId') !== null) return contractTold(difference, none);
  if (text('address') !== null) return [{ observed: 'resource/planned', difference: { ...none, name: text('address'), found: member.texts(difference, 'actions') } }];
  if (text('agent') !== null) return [{ observed: 'budget/breach', difference: { ...none, path: text('contract'), name: text('agent'), expected: difference['window'] ?? null, found: difference['exceeded'] ?? null } }];
  return [];
}

function fileClass(path: string, kind: 'missing' | 'changed'): ObservedClass {
  return `${isWorkflowPath(path) ? 'workflow' : 'file'}/${kind}`;
}

function contractTold(difference: JsonObject, none: Difference): readonly Told[] {
  const released = member.object(difference, 'released');
  const path = member.text(released, 'path') ?? member.text(member.object(difference, 'found'), 'path');
  const expected = { contractId: member.text(difference, 'contractId'), version: member.text(difference, 'version'), contentHash: member.text(released, 'contentHash'), lifecycle: member.text(released, 'lifecycle') };
  return path === null ? [] : [{ observed: member.text(difference, 'kind') === 'mislinked' ? 'contract/previous_ref' : 'contract/diverged', difference: { ...none, path, name: null, expected, found: null } }];
}

/** Each metric that drifted: what was agreed, and what was found where its baseline is. */
function shiftedMetrics({ behavior, path, verdict, measurement }: Measured): readonly Told[] {
  const answer = measurement.reading.kind === 'answered' ? measurement.reading.value : null;
  const drifted = new Set(verdict.metrics.filter(({ measured }) => measured.verdict === 'drift').map(({ name }) => name));
  return behavior.metrics.filter(({ name }) => drifted.has(name)).map((metric) => ({ observed: 'metric/shifted', difference: { path, template: null, name: metric.name, expected: agreedOf(metric), found: foundOf(metric, answer) } }));
}

function agreedOf(metric: BehaviorMetric): JsonValue {
  switch (metric.kind) {
    case 'exact':
      return metric.baseline;
    case 'rate':
      return typeof metric.baseline === 'number' ? metric.baseline : { ...metric.baseline };
    case 'quantile':
      return metric.baseline.kind === 'agreed' ? metric.baseline.value : null;
    case 'samples':
    case 'paired-rate':
    case 'body':
    case 'differences':
      return null;
  }
}

function foundOf(metric: BehaviorMetric, answer: JsonValue): JsonValue {
  switch (metric.kind) {
    case 'exact':
      return valueAt(answer, metric.pointer) ?? null;
    case 'rate':
      return { successes: valueAt(answer, metric.successes) ?? null, trials: valueAt(answer, metric.trials) ?? null };
    case 'samples':
    case 'quantile':
    case 'paired-rate':
      return valueAt(answer, metric.samples) ?? null;
    case 'body':
    case 'differences':
      return null;
  }
}
