import type { CallSettings } from '../../src/keys/service-call.ts';

/** Settings that a test may change on the way: patient with answers, however busy the machine is, and without a pause between attempts. */
export function aQuickCall(): { -readonly [Name in keyof CallSettings]: CallSettings[Name] } {
  return { timeoutMs: 10_000, pause: async () => {} };
}
