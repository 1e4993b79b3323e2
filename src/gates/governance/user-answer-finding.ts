import { quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import { actionFinding } from './action-finding.ts';
import type { NamedAction } from './derive-actions.ts';

/** What a rule beside the built-in ones says against an action. Its words are its author's: they are quoted. @param whose Where it stands. */
export function userAnswerFinding(action: NamedAction, { rule, outcome, facts }: PolicyAnswer, whose: string): Finding {
  const message = typeof facts['message'] === 'string' ? facts['message'] : null;
  const isDenied = outcome === 'fail';
  return actionFinding(action, {
    code: isDenied ? 'policy/denied' : 'policy/held',
    subject: rule,
    message: `${action.why} The rule ${rule} of ${whose} ${isDenied ? 'denies' : 'holds'} that${message === null ? '' : `: ${quoted(message)}`}.`,
    expected: `an action that ${rule} lets pass`,
    found: action.name,
    next: isDenied ? `Change what ${rule} is about, or ask whoever maintains the policies.` : 'Ask the approvers of tier 3 to release it.',
  });
}
