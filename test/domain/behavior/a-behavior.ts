import { readBehavior } from '../../../src/domain/behavior/read-behavior.ts';
import type { BehaviorProblem } from '../../../src/domain/behavior/read-behavior.ts';
import type { Behavior } from '../../../src/domain/behavior/behavior.ts';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';

/** A valid document with one metric. */
export const aDocument = (changes: JsonObject = {}): JsonObject => ({ kind: 'Behavior', name: 'checkout', scope: 'environment', source: { type: 'http-json', url: 'https://metrics.example.com/checkout' }, metrics: [{ name: 'score', pointer: '/score', baseline: 0.847, absolute: 0.001 }], owner: 'team:checkout', ...changes });

export const ofMetric = (metric: JsonObject): JsonObject => aDocument({ metrics: [metric] });

function read(text: string): ReturnType<typeof readBehavior> {
  const reading = readDocument(new TextEncoder().encode(text), 'yaml');
  if (reading.kind === 'problem') throw new Error(reading.problem.message);
  return readBehavior(reading.document);
}

export function behaviorOf(document: JsonObject | string): Behavior {
  const reading = read(typeof document === 'string' ? document : JSON.stringify(document));
  if (reading.kind === 'invalid') throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.behavior;
}

export function problemsOf(document: JsonObject | string): readonly BehaviorProblem[] {
  const reading = read(typeof document === 'string' ? document : JSON.stringify(document));
  return reading.kind === 'invalid' ? reading.problems : [];
}

export function messagesOf(document: JsonObject): readonly string[] {
  return problemsOf(document).map(({ message }) => message);
}
