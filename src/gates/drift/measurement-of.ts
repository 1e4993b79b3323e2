import { sideRequest } from '../../domain/document/read-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { fileAt, pathsOf } from './asked-behavior.ts';
import type { AskedBehavior } from './asked-behavior.ts';
import { shapeRequests, shapesOf } from './body-shapes.ts';
import type { BehaviorMeasurement } from './measure-behavior.ts';
import { readingOf, readingRequest } from './reading-request.ts';

/** What has to be known to measure a behaviour: first the files that it names, then what its source answers, then what schemas say of that. */
export function measurementRequests(asked: AskedBehavior, evidence: Evidence): readonly ProbeRequest[] {
  const files = pathsOf(asked).map((path) => sideRequest(asked.sideOf(path))).filter((request) => request !== null);
  if (files.some((request) => !evidence.has(request))) return files;
  const reading = readingRequest(asked, evidence);
  const answers = answersOf(asked, evidence).flatMap((answer) => shapeRequests(asked, answer, evidence).map(([, request]) => request));
  return [...files, ...(reading.kind === 'request' ? [reading.request] : []), ...answers];
}

/** All that a behaviour is measured from, as far as it is known. What is not known is no signal. */
export function measurementOf(asked: AskedBehavior, evidence: Evidence, now: string): BehaviorMeasurement {
  const { behavior, strict } = asked;
  const reading = readingOf(asked, evidence);
  const files = new Map(pathsOf(asked).map((path) => [path, fileAt(asked, path, evidence)]));
  const shapes = reading.kind === 'answered' ? shapesOf(asked, reading.value, evidence) : new Map();
  return { behavior, reading, files, shapes, now, mode: strict ? { kind: 'strict' } : { kind: 'observe', fixture: fixtureOf(asked, evidence) } };
}

function fixtureOf(asked: AskedBehavior, evidence: Evidence): Extract<BehaviorMeasurement['mode'], { kind: 'observe' }>['fixture'] {
  const { fixture } = asked.behavior;
  if (fixture === null) return null;
  const file = fileAt(asked, fixture, evidence);
  return { file, shapes: file.kind === 'value' ? shapesOf(asked, file.value, evidence) : new Map() };
}

/** What schemas of bodies are asked about: the answer, and in observe mode the fixture that may stand for it. */
function answersOf(asked: AskedBehavior, evidence: Evidence): readonly JsonValue[] {
  const reading = readingOf(asked, evidence);
  const fixture = asked.strict ? null : fixtureOf(asked, evidence);
  return [...(reading.kind === 'answered' ? [reading.value] : []), ...(fixture?.file.kind === 'value' ? [fixture.file.value] : [])];
}
