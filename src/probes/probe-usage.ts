import type { RequestOf } from '../domain/probe-request.ts';
import type { UsageCounters } from '../flows/ports/prober.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

/** A counter that can not be read spoils the windows that it is about, and is never zero. */
export async function probeUsage(counters: UsageCounters | null, wanted: readonly RequestOf<'usage-window'>[]): Promise<Answers<'usage-window'>> {
  if (counters === null) return wanted.map((request) => [request, { kind: 'answered', value: { kind: 'left' } }] as const);
  return await Promise.all(wanted.map(async (request) => [request, await counters.usageIn(request).then((value) => ({ kind: 'answered', value }) as const, unavailable)] as const));
}
