import { BrokenCircuitError, bulkhead, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';

/**
 * Nothing is known by it. `isOutage`: the service is away as a whole. What it says of one question, however wrong, is no outage: whoever
 * asks could keep the others from it.
 */
export interface Trouble {
  readonly kind: 'trouble';
  readonly why: string;
  readonly isOutage?: true;
}

/** Asks one question of a round, once there is room. It may go on after its round has ended: what it learns late is for the next attempt. */
export type AskInRound = <Told>(question: () => Promise<Told | Trouble>) => Promise<Told | Trouble>;

/** A service of which nobody here knows when it answers, or whether. */
export interface OutsideService {
  /** All that one change asks. Its time begins now; what is not answered when it is over is trouble, and asked with the next attempt. */
  round<Result>(work: (ask: AskInRound) => Promise<Result>): Promise<Result>;
}

export interface OutsideServiceOptions {
  /** As it is called in a sentence. */
  readonly name: string;
  /** Questions at once, of one round and of all together: rounds take turns. */
  readonly atOnce: number;
  /** Milliseconds of a round. */
  readonly roundMs: number;
}

/** Outages in a row after which a service is left alone, and for how long. */
const [mostOutages, openMs] = [5, 20_000];

/** Rounds that may take all of their time. A further one has a part of it: a slow service must not keep all workers waiting. */
const [unhurried, hurriedPart] = [2, 1 / 6];

export function createOutsideService({ name, atOnce, roundMs }: OutsideServiceOptions): OutsideService {
  const all = bulkhead(atOnce, Number.POSITIVE_INFINITY);
  const breaker = circuitBreaker(handleWhenResult(isOutage), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(mostOutages) });
  const late: Trouble = { kind: 'trouble', why: `${name} was too slow for all that one change asks; the rest is asked with the next attempt` };
  const alone: Trouble = { kind: 'trouble', why: `${name} gave no usable answer ${mostOutages} times in a row, and is left alone for ${openMs / 1_000} s` };
  let rounds = 0;
  return {
    async round(work) {
      rounds += 1;
      const own = bulkhead(atOnce, Number.POSITIVE_INFINITY);
      const { promise: over, resolve } = Promise.withResolvers<Trouble>();
      let isOver = false;
      const end = (): void => {
        isOver = true;
        resolve(late);
      };
      const timer = setTimeout(end, rounds > unhurried ? roundMs * hurriedPart : roundMs);
      try {
        // Nobody waits any more for what was not asked when the round ended.
        return await work(async (question) => await Promise.race([over, own.execute(async () => await all.execute(async () => (isOver ? late : await unlessAlone(question))))]));
      } finally {
        clearTimeout(timer);
        end();
        rounds -= 1;
      }
    },
  };

  async function unlessAlone<Told>(question: () => Promise<Told | Trouble>): Promise<Told | Trouble> {
    try {
      return await breaker.execute(question);
    } catch (thrown) {
      if (thrown instanceof BrokenCircuitError) return alone;
      throw thrown;
    }
  }
}

function isOutage(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'isOutage' in result && result.isOutage === true;
}
