import { clip } from '../clip.ts';
import { measuredSection } from '../drift/measured-section.ts';
import { markdownCode, markdownProse, markdownUrl } from '../escape.ts';
import { plainLine } from '../plain-line.ts';
import { plannedDiff } from '../playbook/planned-issue.ts';
import { closeMeans } from './decision-words.ts';
import { noticeLines } from './notice-lines.ts';
import type { DriftIssueFacts } from './remediation-texts.ts';
import { unsignedLines } from './unsigned-lines.ts';

/** The issue about a drift that a person has to mend: what to do, what drifted, and how to say that it is meant. */
export function driftIssueText({ behavior, drift, plan, pullRequest }: DriftIssueFacts): { readonly title: string; readonly text: string } | null {
  const { issue, playbook, unsigned, notices, about } = plan;
  if (issue === null) return null;
  const diff = plannedDiff(issue.files);
  const url = pullRequest === null ? null : markdownUrl(pullRequest);
  const parts = [
    markdownProse(clip(issue.text, 1_500)),
    ...(about.instead === null ? [] : [markdownProse(clip(about.instead, 300))]),
    ...(url === null ? [] : [`What Plumbline may write is in [this pull request](${url}).`]),
    ...noticeLines(notices),
    '### What drifted',
    drift === null ? `${markdownCode(clip(behavior, 200))} drifted: it was measured twice in a row. What was measured is not known any more.` : measuredSection(drift),
    ...(diff === '' ? [] : ['### What to change', 'Plumbline wrote none of this. `git apply` takes it.', diff, ...unsignedLines(unsigned)]),
    '### What happens next',
    [
      '- When two measurements in a row say that it is as agreed again, Plumbline closes this issue.',
      `- If it is meant as it is, agree on that: change the behaviour or its baseline in a pull request.`,
      `- To refuse it, close this issue. That ${closeMeans(behavior)}`,
    ].join('\n'),
    `<sub>By the playbook ${markdownCode(clip(`${playbook.id} ${playbook.version}`, 150))}. Numbers are those of the measurement at which this was written; it is edited when there is something else to do.</sub>`,
  ];
  return { title: `${plainLine(issue.title, 100)}: ${plainLine(behavior, 120)}`, text: parts.join('\n\n') };
}
