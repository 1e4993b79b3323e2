import { BrokenCircuitError, bulkhead, BulkheadRejectedError, circuitBreaker, ConsecutiveBreaker, handleWhenResult, wrap } from 'cockatiel';
import type { Answer } from '../../domain/probe-answer.ts';
import { subjectOf } from '../../domain/probe-key.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { Judgement } from '../../domain/support/judgement.ts';
import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { askJudge } from './ask-judge.ts';
import type { JudgeToken } from './ask-judge.ts';

type Wanted = RequestOf<'claim-judgement'>;

/** Asks an outside judge. What it says lowers a claim or nothing: that is the gate's, whatever comes from here. */
export interface ClaimJudge {
  /** Whatever the judge does is an answer. Those that come too late are asked with the next attempt. */
  askAll(wanted: readonly Wanted[]): Promise<Answers<'claim-judgement'>>;
}

export interface ClaimJudgeOptions {
  readonly url: string;
  readonly token: JudgeToken | null;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
  /** Whether a judge on this very machine may be asked, by plain http: for trials and tests. */
  readonly allowsLoopback: boolean;
  /** Milliseconds for all answers of one round. */
  readonly roundMs?: number;
  readonly connection?: Pick<GuardedConnection, 'resolve' | 'certificateAuthority'>;
}

/** Requests at once, and waiting. */
const [atOnce, waiting] = [4, 1_000];
/** Troubles in a row after which the judge is left alone, and for how long. */
const [mostTroubles, openMs] = [5, 20_000];
/** Judgements that are kept, in memory alone: the newest. */
const mostKept = 5_000;
const defaultRoundMs = 30_000;

/** One question with the same claim and passages is asked once. Trouble is not kept. */
export function createClaimJudge(options: ClaimJudgeOptions): ClaimJudge {
  const kept = new Map<string, Judgement>();
  const underway = new Map<string, Promise<Answer<'claim-judgement'>>>();
  const guard = wrap(bulkhead(atOnce, waiting), circuitBreaker(handleWhenResult(isTrouble), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(mostTroubles) }));
  const askOnce = async (request: Wanted, until: number): Promise<Answer<'claim-judgement'>> => {
    const answer = await guarded(async () => await guard.execute(async () => (performance.now() >= until ? outOfTime : await askJudge(options, request))));
    if (answer.kind === 'judged') keep(kept, subjectOf(request), answer.judgement);
    return answer.kind === 'judged' ? judged(answer.judgement) : unavailable(new Error(answer.why));
  };
  return {
    async askAll(wanted) {
      const until = performance.now() + (options.roundMs ?? defaultRoundMs);
      return await Promise.all(wanted.map(async (request) => [request, await find(request, until)] as const));
    },
  };
  async function find(request: Wanted, until: number): Promise<Answer<'claim-judgement'>> {
    const key = subjectOf(request);
    const known = kept.get(key);
    if (known !== undefined) return judged(known);
    const answer = underway.get(key) ?? askOnce(request, until).finally(() => underway.delete(key));
    underway.set(key, answer);
    return await answer;
  }
}

const outOfTime = { kind: 'late', why: 'the judge was too slow for all claims of one change, the rest is asked with the next attempt' } as const;

type Asked = Awaited<ReturnType<typeof askJudge>> | typeof outOfTime;

function judged(judgement: Judgement): Answer<'claim-judgement'> {
  return { kind: 'answered', value: { kind: 'judged', ...judgement } };
}

function keep(kept: Map<string, Judgement>, key: string, judgement: Judgement): void {
  kept.set(key, judgement);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}

async function guarded(ask: () => Promise<Asked>): Promise<Asked> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof BrokenCircuitError) return { kind: 'trouble', why: `the judge gave no usable answer ${mostTroubles} times in a row, and is left alone for ${openMs / 1_000} s` };
    if (thrown instanceof BulkheadRejectedError) return { kind: 'trouble', why: 'too many wait for the judge' };
    throw thrown;
  }
}

function isTrouble(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'trouble';
}
