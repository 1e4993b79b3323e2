import type { Answer } from '../domain/probe-answer.ts';
import type { RequestOf } from '../domain/probe-request.ts';
import { Failure } from '../domain/failure.ts';
import type { BehaviorReader, DriftStates } from '../flows/ports/prober.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

/** Sources that are asked at the same time: each may take its whole time. */
const atOnce = 4;

/** Trouble with one source is the answer about it: the others are told all the same. */
export async function probeBehaviors(behaviors: BehaviorReader | null, wanted: readonly RequestOf<'behavior-reading'>[]): Promise<Answers<'behavior-reading'>> {
  if (behaviors === null) return wanted.map((request) => [request, unavailable(new Error('no source of a behaviour is asked here'))] as const);
  const pending = [...wanted];
  const answers: (readonly [RequestOf<'behavior-reading'>, Answer<'behavior-reading'>])[] = [];
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) answers.push([next, await readOne(behaviors, next)]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

async function readOne(behaviors: BehaviorReader, { name, source, documents, base, head }: RequestOf<'behavior-reading'>): Promise<Answer<'behavior-reading'>> {
  try {
    return { kind: 'answered', value: await behaviors.read({ name, source, documents, base, head }) };
  } catch (thrown) {
    // What else is thrown may quote what was sent.
    return unavailable(thrown instanceof Failure ? thrown : new Error('what asks the source broke'));
  }
}

export async function probeDriftStates(drifts: DriftStates | null, wanted: readonly RequestOf<'drift-state'>[]): Promise<Answers<'drift-state'>> {
  if (drifts === null) return wanted.map((request) => [request, unavailable(new Error('nothing is scanned here'))] as const);
  const states = await drifts.driftStates(wanted.map(({ behavior }) => behavior));
  return wanted.map((request) => [request, { kind: 'answered', value: states.get(request.behavior) ?? null }] as const);
}
