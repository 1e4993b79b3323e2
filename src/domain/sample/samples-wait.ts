import type { Decision } from '../decision.ts';
import type { Verdict } from '../verdict.ts';

/** That a change waits for samples of it: it is not green, and not blocked for good. */
export interface SamplesWait {
  /** Names of the behaviours of which samples are awaited. */
  readonly behaviors: readonly string[];
  /** From when on it is blocked without them. */
  readonly until: Date;
  /** Whether nothing else lacks an answer. */
  readonly isAlone: boolean;
}

/**
 * Null where nothing is waited for: no samples are awaited, one of the waits is over, or the change is denied whatever they say, which is
 * told at once. The wait begins with the first judgement of the head, so that judging again prolongs nothing; a clock that was put back neither.
 */
export function samplesWait({ cause, verdicts }: Pick<Decision, 'cause' | 'verdicts'>, firstJudgedAt: Date, now: Date): SamplesWait | null {
  const awaited = verdicts.flatMap(({ awaits = [] }) => awaits);
  if (cause !== 'inconclusive' || awaited.length === 0) return null;
  const since = Math.min(firstJudgedAt.getTime(), now.getTime());
  const until = new Date(since + Math.min(...awaited.map(({ waitFor }) => waitFor)));
  return until <= now ? null : { behaviors: awaited.map(({ behavior }) => behavior), until, isAlone: verdicts.every(lacksSamplesAlone) };
}

function lacksSamplesAlone({ verdict, findings, awaits = [] }: Verdict): boolean {
  const awaited = new Set<string | null>(awaits.map(({ path }) => path));
  const isOpen = verdict === 'inconclusive' && awaits.length === 0;
  return !isOpen && findings.every(({ severity, path }) => severity !== 'unknown' || awaited.has(path));
}
