import type { Decision } from '../domain/decision.ts';
import { instant } from './instant.ts';

/** For a decision without a verdict: whose fault it is not, and when it is judged again. */
export function outlook(decision: Decision, retryAt: Date | null): string {
  return [innocence(decision), retrySentence(retryAt)].filter((part) => part !== '').join(' ');
}

/** Said when the change did nothing wrong and nothing that needs a yes: there is only what we could not find out. */
export function innocence(decision: Decision): string {
  const isOurs = decision.verdicts.every((verdict) => verdict.findings.every((finding) => finding.declared === 'unknown' || finding.declared === 'notice'));
  return isOurs ? 'Nothing in your change caused this.' : '';
}

function retrySentence(retryAt: Date | null): string {
  if (retryAt !== null) return `Plumbline retries by itself at ${instant(retryAt)}; a push or a re-run of this check retries at once.`;
  return 'The automatic retries have ended: it is judged again on the next push, or when someone re-runs this check.';
}
