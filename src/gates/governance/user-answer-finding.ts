import { quoted } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import { actionFinding } from './action-finding.ts';
import type { NamedAction } from './derive-actions.ts';
import type { LevelAnswer } from './level-answers.ts';
import { minuteOf } from './minute-of.ts';

/** What a rule beside the built-in ones says against an action. Its words are its author's: they are quoted. @param whose Where it stands. */
export function userAnswerFinding(action: NamedAction, { answer, metadata, warnsUntil }: Omit<LevelAnswer, 'whose'>, whose: string): Finding {
  const { rule, outcome, facts } = answer;
  const isDenied = outcome === 'fail';
  const told = [metadata?.title ?? null, typeof facts['message'] === 'string' ? facts['message'] : null].filter((text) => text !== null).map((text) => `: ${quoted(text)}`);
  const verb = warnsUntil === null ? (isDenied ? 'denies' : 'holds') : `will ${isDenied ? 'deny' : 'hold'}`;
  const from = warnsUntil === null ? '' : ` from ${minuteOf(warnsUntil)} on, and decides nothing until then`;
  return actionFinding(action, {
    code: isDenied ? 'policy/denied' : 'policy/held',
    ...(warnsUntil === null ? {} : { severity: 'notice' as const }),
    subject: `${rule} of ${whose}`,
    message: `${action.why} The rule ${rule} of ${whose} ${verb} that${from}${told.join('')}.`,
    expected: `an action that ${rule} lets pass`,
    found: action.name,
    next: nextStep({ answer, metadata, warnsUntil }),
  });
}

function nextStep({ answer: { rule, outcome }, metadata, warnsUntil }: Omit<LevelAnswer, 'whose'>): FindingInput['next'] {
  const usual = outcome === 'fail' ? `Change what ${rule} is about, or ask whoever maintains the policies.` : warnsUntil === null ? 'Ask the approvers of tier 3 to release it.' : 'Nothing yet: nobody has to release it before.';
  const { remedy = null, resources = [] } = metadata ?? {};
  return [remedy === null ? usual : `Its author says: ${quoted(remedy)}. ${usual}`, ...(resources.length === 0 ? [] : [`See ${resources.map((one) => quoted(one)).join(', ')}.`])].join(' ');
}
