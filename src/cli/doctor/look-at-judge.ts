import { isSupported } from '../../domain/support/is-supported.ts';
import { askJudge } from '../../probes/judge/ask-judge.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** A claim that is nobody's: nothing of a repository is sent. */
const sample = { kind: 'claim-judgement', claim: 'The sample adds two numbers.', passages: [{ path: 'sample.txt', text: 'The sample adds two numbers.' }] } as const;

/** Asks the outside judge once, where one is set. */
export async function lookAtJudge({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null || config.judge === null) return [];
  const { judge } = config;
  await judge.token?.open();
  const asked = await askJudge(judge, sample);
  if (asked.kind === 'trouble') return [diagnosis('judge', 'fail', asked.why, 'Mend the judge, or take JUDGE_URL out: while it does not answer, claims of agents that hold so far stay inconclusive.')];
  const { id, label, score } = asked;
  const holds = isSupported(asked);
  return [diagnosis('judge', holds ? 'ok' : 'warn', `${id} calls a claim that its passage says word by word ${label}, by ${score.toFixed(2)}`, holds ? null : 'Look at the judge: it would lower claims that are right.')];
}
