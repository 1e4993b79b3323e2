import { lacksAnswer } from '../domain/decision.ts';
import type { Decision } from '../domain/decision.ts';
import { instant } from './instant.ts';
import type { RenderContext } from './render-context.ts';

/** For a decision that lacks an answer: whose fault it is not, and when it is judged again. Of any other nothing is said, nor where only samples are awaited. */
export function outlook(decision: Decision, context: Pick<RenderContext, 'subject' | 'decidedBy' | 'retryAt' | 'wait'>): string {
  if (!lacksAnswer(decision) || (context.wait !== undefined && context.wait.isAlone)) return '';
  // When another subject's decision stands, its own retries are not the ones that we know of.
  const retry = context.decidedBy === context.subject ? retrySentence(context.retryAt) : '';
  return [unanswered(decision), retry].filter((part) => part !== '').join(' ');
}

/** Beside what denies the change, that something is not known; where nothing does, whose fault it is not. */
export function unanswered(decision: Decision): string {
  return decision.verdicts.some(({ verdict }) => verdict === 'fail') ? 'Something else could not be found out.' : innocence(decision);
}

/** Said when the change did nothing wrong and nothing that needs a yes: there is only what we could not find out. */
function innocence(decision: Decision): string {
  const isOurs = decision.verdicts.every((verdict) => verdict.findings.every((finding) => finding.declared === 'unknown' || finding.declared === 'notice'));
  return isOurs ? 'Nothing in your change caused this.' : '';
}

function retrySentence(retryAt: Date | null): string {
  if (retryAt !== null) return `Plumbline retries by itself at ${instant(retryAt)}; a push or a re-run of this check retries at once.`;
  return 'The automatic retries have ended: it is judged again on the next push, or when someone re-runs this check.';
}
