import type { Answer } from '../../domain/probe-answer.ts';
import { subjectOf } from '../../domain/probe-key.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { JudgementAnswer } from '../../domain/support/judgement.ts';
import type { Answers } from '../answers.ts';
import { createOutsideService } from '../behavior-sources/outside-service.ts';
import type { Trouble } from '../behavior-sources/outside-service.ts';
import type { SecretScanner } from '../secrets/secret-scanner.ts';
import { askJudge } from './ask-judge.ts';
import type { JudgeToAsk } from './ask-judge.ts';
import { secretIn } from './secret-in.ts';

type Wanted = RequestOf<'claim-judgement'>;

/** Asks an outside judge. What it says lowers a claim or nothing: that is the gate's, whatever comes from here. */
export interface ClaimJudge {
  /** What one change asks. Whatever the judge does is an answer; what comes too late is asked with the next attempt. */
  askAll(wanted: readonly Wanted[]): Promise<Answers<'claim-judgement'>>;
}

export interface ClaimJudgeOptions extends JudgeToAsk {
  /** Looks at each text before it is sent. */
  readonly secrets: Pick<SecretScanner, 'scan'>;
  /** Milliseconds for all answers about one change. */
  readonly roundMs?: number;
}

/** Questions at once. */
const atOnce = 4;
const defaultRoundMs = 30_000;
/** Judgements that are kept, in memory alone: the newest. */
const mostKept = 5_000;

/** One question with the same claim and passages is asked once. Trouble is not kept. */
export function createClaimJudge(options: ClaimJudgeOptions): ClaimJudge {
  const kept = new Map<string, JudgementAnswer>();
  const underway = new Map<string, Promise<JudgementAnswer | Trouble>>();
  const service = createOutsideService({ name: 'the judge', atOnce, roundMs: options.roundMs ?? defaultRoundMs });
  return {
    askAll: async (wanted) => await service.round(async (ask) => await Promise.all(wanted.map(async (request) => [request, answerOf(kept.get(subjectOf(request)) ?? (await ask(async () => await sharedAnswer(request))))] as const))),
  };

  async function sharedAnswer(request: Wanted): Promise<JudgementAnswer | Trouble> {
    const key = subjectOf(request);
    const shared = underway.get(key);
    const asking = shared ?? askOnce(request).finally(() => underway.delete(key));
    underway.set(key, asking);
    const asked = await asking;
    // One outage is told once, however many share it.
    return shared !== undefined && asked.kind === 'trouble' ? { kind: 'trouble', why: asked.why } : asked;
  }

  async function askOnce(request: Wanted): Promise<JudgementAnswer | Trouble> {
    const found = await secretIn(options.secrets, request);
    if (found !== null) return found;
    const asked = await askJudge(options, request);
    if (asked.kind === 'judged') keep(kept, subjectOf(request), asked);
    return asked;
  }
}

function answerOf(asked: JudgementAnswer | Trouble): Answer<'claim-judgement'> {
  return asked.kind === 'trouble' ? { kind: 'unavailable', why: asked.why } : { kind: 'answered', value: asked };
}

function keep(kept: Map<string, JudgementAnswer>, key: string, answer: JudgementAnswer): void {
  kept.set(key, answer);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}
