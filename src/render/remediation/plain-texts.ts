import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { markdownCode, markdownText, visible } from '../escape.ts';
import type { RemediationFacts, RemediationNote, RemediationTexts } from './remediation-texts.ts';

/** Files that a text lists. */
const mostFiles = 50;

/** What drifted, what the change does, how to refuse it and how to take it back: in words alone. */
export const plainTexts: RemediationTexts = {
  pullRequest: (facts) => ({ title: titleOf(facts), text: textOf(facts) }),
  commitMessage: ({ behavior, plan }) => `Remediate ${plain(behavior, 50)}\n\nBy the playbook ${plan.playbook.id} ${plan.playbook.version}.`,
  note: noteText,
};

function titleOf({ behavior, generation }: RemediationFacts): string {
  return `Remediate ${plain(behavior, 100)}${generation === 1 ? '' : ` (${generation})`}`;
}

function textOf({ behavior, target, summary, plan, follows, supersedes }: RemediationFacts): string {
  const { playbook, files } = plan;
  const links = [...(follows === null ? [] : [`It follows #${follows}.`]), ...supersedes.map((number) => `It takes the place of #${number}.`)];
  const listed = files.slice(0, mostFiles).map(({ path, text }) => `- ${markdownCode(path)}: ${text === null ? 'deleted' : 'written'}`);
  const rest = files.length > mostFiles ? [`- and ${count(files.length - mostFiles, 'more file')}`] : [];
  return [
    `**What drifted.** ${markdownCode(behavior)} on ${markdownCode(target)}: ${summary === null ? 'measured twice.' : markdownText(summary)}`,
    `**What this change does.** By the playbook ${markdownCode(`${playbook.id} ${playbook.version}`)}:\n\n${[...listed, ...rest].join('\n')}`,
    '**To refuse it**, close it: it is not opened again for 30 days unless something else drifts. `/plumbline unsuppress` takes that back.',
    '**To take it back** after the merge, revert it. Push to the branch and Plumbline leaves it to you.',
    ...links,
  ].join('\n\n');
}

function noteText(note: RemediationNote): string {
  if (note.kind === 'frozen') return `Somebody else has a hand in this pull request (its head is ${note.head}): Plumbline does not push to it or close it any more. \`/plumbline remediate --take-over\` lets it append to exactly this head, and rewrites nothing.`;
  switch (note.why) {
    case 'clean':
      return 'The drift is gone, measured twice: there is nothing left to mend. Plumbline closes this and deletes its branch.';
    case 'superseded':
      return `Another drift is there now: #${note.by} takes the place of this. Plumbline closes this and deletes its branch.`;
    case 'duplicate':
      return `#${note.by} is about the same drift and came first. Plumbline closes this; its branch stays.`;
  }
}

/** One line without anything that a mention, a reference or a trailer could be mistaken for. */
function plain(text: string, most: number): string {
  return clip(visible(text), most).replaceAll(/[@#]/g, ' ');
}
