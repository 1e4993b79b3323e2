import schema from '../../../schemas/behavior.schema.json' with { type: 'json' };
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import type { Document } from '../document/document.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import type { Position } from '../position.ts';
import type { Behavior } from './behavior.ts';
import type { BehaviorMetric } from './behavior-metric.ts';
import { isComparing } from './behavior-source.ts';
import type { BehaviorSource } from './behavior-source.ts';
import { durationOf } from '../duration.ts';
import { flagOf } from './flag-of.ts';
import { impossibleBehavior } from './impossible-behavior.ts';
import { readMetric } from './read-metric.ts';
import { readSource } from './read-source.ts';
import { reproducibilityOf } from './reproducibility.ts';

/** What is wrong at one place of a behaviour file. */
export interface BehaviorProblem extends Violation, Position {
  readonly code: 'config/invalid';
}

export type BehaviorReading =
  | { readonly kind: 'behavior'; readonly behavior: Behavior }
  /** One thing wrong in it, and nothing of it is measured: never with defaults in place of what was meant. */
  | { readonly kind: 'invalid'; readonly problems: readonly BehaviorProblem[] };

const violationsOf = ownSchema(schema, 'behaviour');

/** Reads a behaviour file strictly. Whether the files and playbooks that it names exist is asked where it is judged. */
export function readBehavior(document: Document): BehaviorReading {
  const { value } = document;
  const violations = violationsOf(value);
  if (violations.length > 0 || !isJsonObject(value)) return invalid(document, violations);
  const impossible = impossibleBehavior(value);
  return impossible.length > 0 ? invalid(document, impossible) : { kind: 'behavior', behavior: behaviorOf(value) };
}

/** A key that is unknown for two reasons is one mistake. */
function invalid(document: Document, violations: readonly Violation[]): BehaviorReading {
  const distinct = [...new Map(violations.map((violation) => [violation.message, violation])).values()];
  return { kind: 'invalid', problems: distinct.map((violation) => ({ code: 'config/invalid', ...document.positionOf(violation.pointer), ...violation })) };
}

function behaviorOf(value: JsonObject): Behavior {
  const source = readSource(member.object(value, 'source'));
  return Object.freeze({
    name: member.text(value, 'name') ?? '',
    scope: member.text(value, 'scope') === 'change' ? 'change' : 'environment',
    source,
    fixture: member.text(value, 'fixture'),
    metrics: metricsOf(value, source),
    reproducibility: reproducibilityOf(value['reproducibility']),
    owner: member.text(value, 'owner') ?? '',
    playbook: member.text(value, 'playbook'),
    maxAge: durationOf(member.text(value, 'maxAge') ?? schema.properties.maxAge.default) ?? 0,
    minSamples: member.number(value, 'minSamples') ?? schema.properties.minSamples.default,
    maxSamples: member.number(value, 'maxSamples') ?? schema.properties.maxSamples.default,
    confidence: member.number(value, 'confidence') ?? schema.properties.confidence.default,
    acceptBlocking: flagOf(value, 'acceptBlocking') ?? false,
    strict: flagOf(value, 'strict'),
  });
}

function metricsOf(value: JsonObject, { kind }: BehaviorSource): readonly BehaviorMetric[] {
  const stated = member.objects(value, 'metrics').map(readMetric);
  if (!isComparing(kind)) return stated;
  return stated.length === 0 ? [{ kind: 'differences', name: 'differences', critical: false }] : stated.map(asDifferences);
}

/** That no difference is expected of a source that compares by itself may be written out, as to make it critical. */
function asDifferences(metric: BehaviorMetric): BehaviorMetric {
  const isWrittenOut = metric.kind === 'exact' && metric.pointer === '/differences' && Array.isArray(metric.baseline) && metric.baseline.length === 0 && metric.direction === 'both';
  return isWrittenOut ? { kind: 'differences', name: metric.name, critical: metric.critical } : metric;
}
