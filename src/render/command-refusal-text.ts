import type { CommandRefusal } from '../domain/command/command-outcome.ts';
import { clip } from './clip.ts';
import { driftRefusalText } from './drift-refusal-text.ts';
import { commandLine, shortSha } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { markdownCode } from './escape.ts';
import { refused } from './refused-text.ts';
import { approverWords } from './held-lines.ts';
import { waiverRefusalText } from './waiver-refusal-text.ts';
import { misreadingText } from './misreading-text.ts';

/** Why a command did nothing, and exactly what is missing. */
export function commandRefusalText(outcome: CommandRefusal): ReplyText {
  switch (outcome.kind) {
    case 'misread':
      return misreadingText(outcome);
    case 'edited':
      return refused('The comment was edited: only a command that stands as it was written counts.', 'Type it in a new comment.');
    case 'closed':
      return refused('The pull request is not open.', 'Reopen it first.');
    case 'too_often':
      return refused('This pull request was judged again five times in an hour by command.', 'Wait, push, or re-run the check.');
    case 'not_allowed':
      return refused(needs[outcome.needs], 'Ask somebody who has it.');
    case 'not_approver':
      return refused(`That is for ${outcome.from.map((group) => approverWords[group]).join(', and for ')}, and you are not among them. The configuration names them under ${markdownCode('governance.approvals')}; where it names nobody, they are the admins of the repository.`, 'Ask one of them.');
    case 'role_unreadable':
      return refused('GitHub did not tell your permission or your teams just now, and what is not known is no yes.', 'Type it again in a minute; if it stays, tell the operator of Plumbline.');
    case 'contributor':
      return refused('You have a hand in this change: nobody approves or rejects their own.', 'Ask somebody who has none.');
    case 'moved':
      return refused(`You named ${markdownCode(clip(outcome.given, 64))}, but the head is ${shortSha(outcome.head)} by now.`, `Look at that commit, then type ${markdownCode(clip(outcome.line, 300))}`);
    case 'not_judged':
      return refused(`Commit ${shortSha(outcome.head)} was not judged yet, so nothing of it is known to be held.`, `Wait for its check, then type it again. ${commandLine('recheck')} asks for it.`);
    case 'nothing_held':
      return nothingHeld(outcome);
    case 'not_waivable':
    case 'bad_end':
    case 'no_finding':
    case 'no_waiver':
    case 'no_waiver_file':
    case 'unfit_file':
    case 'branch_taken':
    case 'moved_on':
    case 'ungranted':
    case 'refused':
      return waiverRefusalText(outcome);
    case 'not_scanned':
    case 'scanned_lately':
    case 'unknown_behavior':
    case 'never_remediated':
    case 'not_frozen':
    case 'only_observed':
    case 'not_remediated':
    case 'hands_unknown':
    case 'frozen_anew':
    case 'not_ours':
    case 'already_closed':
    case 'touched':
    case 'partly_brought':
    case 'rollback_ended':
    case 'no_playbook':
    case 'not_undoable':
      return driftRefusalText(outcome);
    case 'failed':
      return refused(`It was tried in vain too often (${markdownCode(outcome.code)}).`, `The operator finds why in the server's log, as ${markdownCode('job buried')}.`);
  }
}

const needs: Readonly<Record<Extract<CommandRefusal, { kind: 'not_allowed' }>['needs'], string>> = {
  write: 'It needs write permission in this repository, which you do not have.',
  hand_or_write: 'It is for contributors of this pull request and for whoever may write in this repository.',
};

function nothingHeld({ scope, head, scopes }: Extract<CommandRefusal, { kind: 'nothing_held' }>): ReplyText {
  const what = scope === 'all' ? 'nothing that waits for people' : `nothing held as ${markdownCode(clip(scope, 100))}`;
  const known = scopes.slice(0, 20).map((one) => markdownCode(clip(one, 100))).join(', ');
  return refused(`The decision about commit ${shortSha(head)} has ${what}.`, scopes.length === 0 ? `${commandLine('status')} says what stands.` : `What it holds: ${known}.`);
}
