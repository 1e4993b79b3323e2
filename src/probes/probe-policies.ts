import type { Answer } from '../domain/probe-answer.ts';
import type { RequestOf } from '../domain/probe-request.ts';
import type { RuleMetadata } from '../domain/policy/rule-metadata.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';
import { joinedReadings, partsOfQuestion } from './policy-engine/parts-of-question.ts';
import type { PolicyEngine, PolicyReading } from './policy-engine/policy-engine.ts';

/** One after the other: they are few, and what is compiled for one is ready for the next. Trouble with one spoils no other. */
export async function probePolicies(engine: PolicyEngine | null, wanted: readonly RequestOf<'policies'>[]): Promise<Answers<'policies'>> {
  if (engine === null) return wanted.map((request) => [request, { kind: 'unavailable', why: 'policies can not be asked here' }]);
  const answers: (readonly [RequestOf<'policies'>, Answer<'policies'>])[] = [];
  for (const request of wanted) answers.push([request, await answerOf(engine, request).catch(unavailable)]);
  return answers;
}

async function answerOf(engine: PolicyEngine, { policies: source, input, subjects }: RequestOf<'policies'>): Promise<Answer<'policies'>> {
  if (source === null) {
    const builtin = await engine.builtin();
    return answered(joinedReadings(await engine.evaluate(builtin, partsOfQuestion({ input, subjects }))), builtin.metadata);
  }
  const compilation = 'bundle' in source ? await engine.load(source) : await engine.compile(source);
  if (compilation.kind === 'unavailable') return compilation;
  if (compilation.kind === 'refused') return { kind: 'answered', value: compilation };
  const { policies } = compilation;
  return answered(joinedReadings(await engine.evaluate(policies, [{ input, subjects }])), policies.metadata);
}

function answered(reading: PolicyReading, metadata: readonly RuleMetadata[] = []): Answer<'policies'> {
  if (reading.kind === 'report' && metadata.length > 0) return { kind: 'answered', value: { ...reading, metadata } };
  return reading.kind === 'unavailable' ? { kind: 'unavailable', why: reading.why } : { kind: 'answered', value: reading };
}
