import type { IssueNote } from './remediation-texts.ts';

/** What is said when an issue about a drift is closed. */
export function issueNoteText(note: IssueNote): string {
  switch (note.why) {
    case 'clean':
      return 'The drift is gone: two measurements in a row say so. Plumbline closes this issue.';
    case 'gone':
      return 'The default branch has no behaviour any more that asks for this: it was removed, or has another name. Plumbline closes this issue.';
    case 'other':
      return `The behaviour drifts in another way now, and #${note.by} is about that. Plumbline closes this issue.`;
  }
}
