import type { Cause, Decision, Disposition } from '../domain/decision.ts';
import { count } from './count.ts';
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

export function headlineOf(decision: Decision): Headline {
  if (decision.decision === 'allow') return decision.wouldBe === null ? allowed(decision) : observed(decision, decision.wouldBe);
  return notAllowed(decision, decision.cause);
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
