import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { Outcome } from './octokit.ts';

/** Troubles in a row that open the circuit. */
const mostTroubles = 12;

/** How long nothing is asked before one call tries again. */
export const openMs = 20_000;

/** Runs calls of one installation while its circuit is closed. Open, it throws GITHUB_UNAVAILABLE without asking; half open, one call decides. */
export type Breaker = (call: () => Promise<Outcome>) => Promise<Outcome>;

/** Trouble is what says nothing about the request: 5xx, a broken connection, no answer in time. A refusal or a limit is an answer. */
export function createBreaker(clock: Clock): Breaker {
  const policy = circuitBreaker(handleWhenResult(isTrouble), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(mostTroubles) });
  return async (call) => {
    try {
      return await policy.execute(call);
    } catch (thrown) {
      if (!(thrown instanceof BrokenCircuitError)) throw thrown;
      const retryAt = new Date(clock.now().getTime() + openMs);
      throw new Failure('GITHUB_UNAVAILABLE', `Cannot call GitHub: it gave no usable answer ${mostTroubles} times in a row, and is left alone for ${openMs / 1000} s`, { cause: thrown, retryAt });
    }
  };
}

function isTrouble(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return false;
  return result.kind === 'broken' || ('status' in result && typeof result.status === 'number' && result.status >= 500);
}
