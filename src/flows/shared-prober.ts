import { Evidence, keyOf } from '../domain/evidence.ts';
import type { ProbeRequest } from '../domain/evidence.ts';
import type { Prober } from './ports.ts';

/** Probes once what several ask, at one time or one after the other. Each is given the answers to its own requests, and sees nothing of the others'. */
export function sharedProber(prober: Prober): Prober {
  const asked = new Map<string, Promise<Evidence>>();
  return {
    async answer(requests, evidence) {
      const fresh = new Map<string, ProbeRequest>();
      for (const request of requests) if (!asked.has(keyOf(request))) fresh.set(keyOf(request), request);
      const answer = fresh.size === 0 ? null : prober.answer([...fresh.values()], new Evidence());
      if (answer !== null) for (const key of fresh.keys()) asked.set(key, answer);
      const answers = await Promise.all(new Set(requests.flatMap((request) => asked.get(keyOf(request)) ?? [])));
      return answers.reduce((known, one) => known.taking(requests, one), evidence);
    },
  };
}
