import { clip } from '../clip.ts';
import { markdownCode } from '../escape.ts';
import { closeMeans } from './decision-words.ts';
import type { RemediationNote } from './remediation-texts.ts';

/** What our one comment on a pull request says. */
export function remediationNoteText(note: RemediationNote): string {
  if (note.kind === 'frozen') return frozenText(note);
  switch (note.why) {
    case 'clean':
      return 'The drift is gone: two measurements in a row say so, and nothing is left to mend. Plumbline closes this pull request and deletes its branch. Nothing was merged.';
    case 'gone':
      return 'The default branch has no behaviour any more that asks for this: it was removed, or has another name. Plumbline closes this pull request and deletes its branch. Nothing was merged.';
    case 'superseded':
      return `The behaviour drifts in another way now, and #${note.by} is about that. Plumbline closes this pull request and deletes its branch. Nothing was merged.`;
    case 'duplicate':
      return `#${note.by} mends the same drift, and was there first. Plumbline closes this pull request; its branch stays as it is.`;
  }
}

function frozenText({ head, behavior }: Extract<RemediationNote, { readonly kind: 'frozen' }>): string {
  return [
    `**This pull request is yours now.** Somebody else has a hand in it: its head is ${head}, or its base is not the one that it was opened for. Plumbline pushes nothing to it and does not close it, so nothing of anybody is lost.`,
    [
      '- To go on by yourself, do so: review it, change it, merge it. The drift is measured again after the merge.',
      `- To have Plumbline keep the fix up to date again, an approver comments ${markdownCode(`/plumbline remediate ${clip(behavior, 200)} --take-over`)}: it then adds commits to exactly this head, and rewrites none.`,
      `- To refuse it, close it. That ${closeMeans(behavior)}`,
    ].join('\n'),
  ].join('\n\n');
}
