import type { DriftRefusal } from '../domain/command/drift-outcome.ts';
import { clip } from './clip.ts';
import { commandLine } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { instant } from './instant.ts';
import { refused } from './refused-text.ts';
import { reasonWords } from './remediation/reason-words.ts';

/** Why a command about behaviours did nothing, and one next step. */
export function driftRefusalText(outcome: DriftRefusal): ReplyText {
  switch (outcome.kind) {
    case 'not_scanned':
      return refused('The repository could not be measured to the end: GitHub or a source gave no answer, however often it was asked.', 'Type it again later; if it stays, the operator finds why in the server\'s log.');
    case 'scanned_lately':
      return refused('A scan of this repository was asked for less than five minutes ago, and its sources are not asked more often than that.', `Read what that scan found, in the reply to its comment, or type it again from ${instant(new Date(outcome.again))} on.`);
    case 'unknown_behavior':
      return unknownBehavior(outcome);
    case 'never_remediated':
      return refused(`Nothing of ${markdownCode(outcome.behavior)} was ever remediated, so no close stands as a decision.`, `${commandLine(`remediate ${outcome.behavior} --dry-run`)} says what would be done.`);
    case 'not_frozen':
      return refused(`No open remediation of ${markdownCode(outcome.behavior)} is frozen.`, `${commandLine(`remediate ${outcome.behavior} --dry-run`)} says what stands.`);
    case 'only_observed':
      return refused(`${markdownCode(outcome.behavior)} is only observed (\`strict: false\`), which decides nothing: neither that something is opened, nor that it is closed.`, `Make it strict, if it is to be remediated; ${commandLine(`remediate ${outcome.behavior} --dry-run`)} says what stands.`);
    case 'not_remediated':
      return notRemediated(outcome);
    case 'hands_unknown':
      return refused(`It is not known whose hands are in #${outcome.number}, so nobody can be told to have none in it.`, `Push to #${outcome.number}, or close and reopen it, so that its head is seen to arrive; then type it again.`);
    case 'frozen_anew':
      return refused(`#${outcome.number} has another head than the one that was frozen when this was typed.`, 'Look at what was pushed, then type it again in a new comment once the comment there names that head.');
    case 'not_ours':
      return refused(`#${outcome.number} is no remediation that Plumbline opened in this repository.`, 'Revert it by hand, if that is what you want.');
    case 'already_closed':
      return refused(`#${outcome.number} is closed, and was not merged: nothing of it is there to be undone.`, `${commandLine('drift scan')} says what stands.`);
    case 'touched':
      return refused(`Somebody else has a hand in #${outcome.number}: what is not ours alone is not closed, and its branch not deleted.`, 'Close it by hand.');
    case 'partly_brought':
      return refused(`#${outcome.number} came onto the branch by more than 50 commits, or not with all that Plumbline has on record of it.`, 'Revert it by hand, with `git revert` of each commit that it brought, the newest first.');
    case 'rollback_ended':
      return outcome.state === 'merged'
        ? refused(`#${outcome.by} undid #${outcome.number}, and is merged.`, `${commandLine('drift scan')} says what stands.`)
        : refused(`#${outcome.by}, which undoes #${outcome.number}, was closed.`, `Open #${outcome.by} again, if that is what you want.`);
    case 'no_playbook':
      return refused(`${markdownCode(outcome.behavior)} names no playbook that is there, so nothing says how #${outcome.number} is undone.`, 'Revert it by hand.');
    case 'not_undoable':
      return refused(`#${outcome.number} can not be undone as its playbook says: ${markdownProse(clip(outcome.why, 500))}`, 'Undo by hand what is left of it.');
  }
}

function unknownBehavior({ behavior, suggestion, known }: Extract<DriftRefusal, { kind: 'unknown_behavior' }>): ReplyText {
  const meant = suggestion === null ? '' : ` Did you mean ${markdownCode(suggestion)}?`;
  const names = known.slice(0, 20).map((name) => markdownCode(clip(name, 63))).join(', ');
  return refused(`No scan of this repository knows the behaviour ${markdownCode(behavior)}.${meant}`, known.length === 0 ? `${commandLine('drift scan')} measures what there is.` : `It knows: ${names}.`);
}

function notRemediated({ behavior, told, refused: cause, unplannable }: Extract<DriftRefusal, { kind: 'not_remediated' }>): ReplyText {
  const next = `${commandLine(`remediate ${behavior} --dry-run`)} shows the plan and what would come next.`;
  if (cause !== null) return refused(`GitHub refused a step of the remediation of ${markdownCode(behavior)} (${markdownCode(cause)}).`, 'The audit log says who can act on it, and how.');
  if (told === null) return refused(`Nothing of ${markdownCode(behavior)} drifts, as far as it was measured.`, `${commandLine('drift scan')} measures it now.`);
  if (unplannable !== null) return refused(markdownProse(clip(unplannable, 600)), next);
  return refused(`${told.pullRequest === null ? '' : `${told.pullRequest}: `}${reasonWords(told.reason)}`, next);
}
