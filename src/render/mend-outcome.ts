import { commentMarker } from '../domain/effect.ts';
import type { MendOutcome } from '../domain/mend-outcome.ts';
import type { Sha } from '../domain/tree.ts';
import { clip } from './clip.ts';
import { markdownCode, markdownProse, markdownText } from './escape.ts';

export interface ToldMend {
  /** The head that the button was for. */
  readonly head: Sha;
  /** Who clicked. */
  readonly login: string;
  readonly outcome: MendOutcome;
}

/** Topic of the one comment about mends. */
export const mendTopic = 'mend';

const byHand = 'the author runs the commands in the check.';

/** What came of a click on the button: the commit, or exactly why there is none. */
export function renderMendOutcome({ head, login, outcome }: ToldMend): string {
  const who = markdownText(clip(login, 100));
  const asked = `${who} asked for the mend of commit ${head.slice(0, 12)}.`;
  const [title, text] = words(outcome, who);
  return [`${commentMarker(mendTopic)}\n**Plumbline: ${title}**`, `${asked} ${text}`].join('\n\n');
}

function words(outcome: MendOutcome, who: string): readonly [title: string, text: string] {
  switch (outcome.kind) {
    case 'committed':
      return ['mended', `It is commit ${outcome.commit}, and ${who} counts as a contributor of this change. It is judged like any other commit.`];
    case 'not_a_person':
      return refused('Only a person may ask for it, not an App or a bot.', `Somebody with write permission clicks, or ${byHand}`);
    case 'not_allowed':
      return refused(`It needs write permission in this repository, which ${who} does not have.`, `Somebody who has it clicks, or ${byHand}`);
    case 'role_unreadable':
      return refused(`GitHub did not tell the permission of ${who}.`, 'Click again in a minute.');
    case 'closed':
      return refused('The pull request is not open.', 'Reopen it first.');
    case 'fork':
      return refused('The branch is in a fork, where Plumbline may not write.', `Here ${byHand}`);
    case 'moved':
      return refused('The branch is not at that commit any more.', 'Use the button of the newest commit, if it still has one.');
    case 'superseded':
      return refused('That commit was judged again since.', 'Use the button of the newest run of the check, if it still has one.');
    case 'nothing_to_mend':
      return refused('That decision has nothing to mend.', 'Re-run the check.');
    case 'unfit':
      return refused('The files do not take the edits.', `Here ${byHand}`);
    case 'ungranted':
      return refused('The App was not granted permission to write contents in this repository.', `The owner of the installation accepts ${markdownCode('Contents: read and write')} in its settings on GitHub; until then ${byHand}`);
    case 'failed':
      return refused(`It was tried in vain too often (${markdownCode(outcome.code)}).`, `The operator finds why in the server's log, as ${markdownCode('job buried')}. Here ${byHand}`);
    case 'refused':
      return refused(`GitHub refused the commit: ${markdownProse(clip(outcome.why, 300))}`, `Here ${byHand}`);
  }
}

function refused(why: string, next: string): readonly [title: string, text: string] {
  return ['not mended', `Nothing was changed. ${why} **Next:** ${next}`];
}
