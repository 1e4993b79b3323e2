import type { Cause, Decision, Disposition } from '../domain/decision.ts';
import type { SamplesWait } from '../domain/sample/samples-wait.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode } from './escape.ts';
import { instant } from './instant.ts';
import { rankedFindings } from './ranked-findings.ts';
import type { Effectiveness } from './ranked-findings.ts';

/** What a decision is, in a few words and in a sentence. No text from outside. */
export interface Headline {
  readonly title: string;
  readonly sentence: string;
}

const wouldWords: Readonly<Record<Disposition, string>> = {
  allow: 'observing: would allow',
  deny: 'observing: would deny',
  hold: 'observing: would hold',
};

/** @param wait For which samples it waits; left out: it does not. */
export function headlineOf(decision: Decision, wait?: SamplesWait): Headline {
  if (wait !== undefined) return waiting(wait);
  if (decision.decision === 'allow') return decision.wouldBe === null ? allowed(decision) : observed(decision, decision.wouldBe);
  return notAllowed(decision, decision.cause);
}

const mostNames = 20;

/** Behaviours are named by letters, digits and dashes, as the base has them. */
function waiting({ behaviors, until }: SamplesWait): Headline {
  const [only] = behaviors;
  const what = behaviors.length === 1 && only !== undefined ? clip(only, 80) : count(behaviors.length, 'behaviour');
  const named = behaviors.slice(0, mostNames).map((name) => markdownCode(clip(name, 80))).join(', ');
  const more = behaviors.length > mostNames ? ` and ${count(behaviors.length - mostNames, 'more behaviour')}` : '';
  const sentence = `This change waits for samples of ${named}${more}. When they come it is judged by them; without them it is blocked from ${instant(until)} on.`;
  return { title: `Waiting for samples of ${what} until ${instant(until)}`, sentence };
}

function notAllowed(decision: Decision, cause: Cause): Headline {
  switch (cause) {
    case 'inconclusive':
      return { title: 'Blocked: no verdict yet', sentence: 'This change is blocked: Plumbline could not reach a verdict.' };
    case 'hold':
      return { title: `Held: ${sized(decision, 'hold')} for a person to release`, sentence: 'This change is held: whoever its findings name may release it.' };
    // A denial whose cause does not fit is still a denial.
    case 'fail':
    case 'pass':
      return { title: `Denied: ${sized(decision, 'deny')} to mend`, sentence: 'This change is denied. The author acts next and mends each finding that denies it.' };
  }
}

function allowed(decision: Decision): Headline {
  const notices = rankedFindings(decision).length;
  const untouched = decision.verdicts.every((verdict) => !verdict.applies || verdict.covered.length === 0);
  const sentence = untouched && notices === 0 ? 'This change is allowed: it touches nothing that is governed.' : 'This change is allowed.';
  return { title: notices === 0 ? 'Allowed' : `Allowed, ${count(notices, 'notice')}`, sentence };
}

function observed(decision: Decision, wouldBe: Disposition): Headline {
  const number = rankedFindings(decision).filter((one) => one.effect === 'observed').length;
  const sentence = `Plumbline only observes here, so nothing is blocked. Enforced, it would ${wouldBe} this change (${count(number, 'finding')}).`;
  return { title: wouldWords[wouldBe], sentence };
}

function sized(decision: Decision, effect: Effectiveness): string {
  return count(rankedFindings(decision).filter((one) => one.effect === effect).length, 'finding');
}
