import { Evidence } from '../domain/evidence.ts';
import { keyOf } from '../domain/probe-key.ts';
import type { Prober } from './ports/prober.ts';

/** Probes once what several ask, at one time or one after the other. Each is given the answers to its own requests, and sees nothing of the others'. */
export function sharedProber(prober: Prober): Prober {
  const asked = new Map<string, Promise<Evidence>>();
  return {
    async answer(requests, evidence) {
      const wanted = new Map(requests.map((request) => [keyOf(request), request]));
      const fresh = [...wanted].filter(([key]) => !asked.has(key));
      const answer = fresh.length === 0 ? null : prober.answer(fresh.map(([, request]) => request), new Evidence());
      if (answer !== null) for (const [key] of fresh) asked.set(key, answer);
      const answers = await Promise.all(new Set([...wanted.keys()].flatMap((key) => asked.get(key) ?? [])));
      return answers.reduce((known, one) => known.taking(requests, one), evidence);
    },
  };
}
