import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { PolicyQuestion, PolicyReading } from './policy-engine.ts';

const mostActions = 1_000;
const mostCharacters = 1024 * 1024;

/**
 * One question in parts of so many actions that each is answered within its limits, however much a change does. Only for
 * policies that judge each action alone, as the built-in rules do.
 */
export function partsOfQuestion(question: PolicyQuestion): readonly PolicyQuestion[] {
  const { input, subjects } = question;
  const actions: JsonValue = input['actions'] ?? null;
  if (!Array.isArray(actions)) return [question];
  const parts = partsOf(actions);
  if (parts.length < 2) return [question];
  const named = parts.map((part) => new Set(part.map(nameOf)));
  // What no action is called stays asked for, and is missing.
  const others = subjects.filter((subject) => !named.some((names) => names.has(subject)));
  const wanted = new Set(subjects);
  return parts.map((part, index) => ({ input: { ...input, actions: part }, subjects: [...[...(named[index] ?? [])].filter((name) => wanted.has(name)), ...(index === 0 ? others : [])] }));
}

/** The answer to the whole question; the first part without a report speaks for all. */
export function joinedReadings(readings: readonly PolicyReading[]): PolicyReading {
  const [first] = readings;
  if (first === undefined) return { kind: 'unavailable', why: 'no answer came' };
  if (readings.length === 1) return first;
  const reports = readings.flatMap((reading) => (reading.kind === 'report' ? reading.report : []));
  const open = readings.find(({ kind }) => kind !== 'report');
  if (open !== undefined || first.kind !== 'report') return open ?? first;
  const subjects = reports.flatMap((report) => report.subjects).toSorted();
  const results = reports.flatMap((report) => report.results).toSorted((a, b) => order(a.rule, b.rule) || order(a.subject, b.subject));
  return { kind: 'report', report: { inputVersion: first.report.inputVersion, subjects, results } };
}

function partsOf(actions: readonly JsonValue[]): readonly (readonly JsonValue[])[] {
  const parts: JsonValue[][] = [];
  let room = 0;
  for (const action of actions) {
    const size = JSON.stringify(action).length;
    const last = parts.at(-1);
    if (last === undefined || last.length >= mostActions || size > room) {
      parts.push([action]);
      room = mostCharacters - size;
    } else {
      last.push(action);
      room -= size;
    }
  }
  return parts;
}

function nameOf(action: JsonValue): string {
  return isJsonObject(action) && typeof action['name'] === 'string' ? action['name'] : '';
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
