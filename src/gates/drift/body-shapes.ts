import type { BodyForm } from '../../domain/behavior/behavior-metric.ts';
import { valueAt } from '../../domain/behavior/value-at.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { readNamed } from './asked-behavior.ts';
import type { AskedBehavior } from './asked-behavior.ts';

/** By name of the metric. */
type Named<Value> = readonly (readonly [name: string, value: Value])[];

/** What is asked of the schemas of bodies about an answer. */
export function shapeRequests(asked: AskedBehavior, answer: JsonValue, evidence: Evidence): Named<RequestOf<'validation'>> {
  return bodiesOf(asked).flatMap((form) => {
    const request = shapeRequest(asked, form, answer, evidence);
    return request === null ? [] : [[form.name, request] as const];
  });
}

/** What they say. One that gave no answer is left out, which is no signal. */
export function shapesOf(asked: AskedBehavior, answer: JsonValue, evidence: Evidence): ReadonlyMap<string, ValidationAnswer> {
  const answers = shapeRequests(asked, answer, evidence).flatMap(([name, request]) => {
    const found = evidence.find(request);
    return found?.kind === 'answered' ? [[name, found.value] as const] : [];
  });
  return new Map(answers);
}

function bodiesOf({ behavior }: AskedBehavior): readonly BodyForm[] {
  return behavior.metrics.flatMap((metric) => (metric.kind === 'body' ? [metric] : []));
}

function shapeRequest(asked: AskedBehavior, { body, schema }: BodyForm, answer: JsonValue, evidence: Evidence): RequestOf<'validation'> | null {
  const [side, reading, value] = [asked.sideOf(schema), readNamed(asked, schema, evidence), valueAt(answer, body)];
  if (side === null || reading.kind !== 'document' || value === undefined) return null;
  return { kind: 'validation', schema: { kind: 'document', blob: side.blob, value: reading.document.value }, blob: digestOfValue(value), value };
}
