import { driftIssueText } from './drift-issue-text.ts';
import { issueNoteText } from './issue-note-text.ts';
import { remediationCommitMessage } from './commit-message.ts';
import { remediationNoteText } from './note-text.ts';
import { pullRequestText } from './pull-request-text.ts';
import type { RemediationTexts } from './remediation-texts.ts';

/** How remediations are told on GitHub. */
export const githubTexts: RemediationTexts = {
  pullRequest: pullRequestText,
  commitMessage: remediationCommitMessage,
  note: remediationNoteText,
  issue: driftIssueText,
  issueNote: issueNoteText,
};
