import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { measuredSection } from '../drift/measured-section.ts';
import { markdownCode, markdownProse, markdownText } from '../escape.ts';
import { fitItems } from '../fit-items.ts';
import { plainLine } from '../plain-line.ts';
import { duration } from '../duration.ts';
import { noticeLines } from './notice-lines.ts';
import { unsignedLines } from './unsigned-lines.ts';
import { closeMeans } from './decision-words.ts';
import { afterMergeWords } from './after-merge-words.ts';
import { plannedFileLine } from './planned-file-line.ts';
import type { RemediationFacts } from './remediation-texts.ts';

/** UTF-8 bytes of the list of files. All parts have their own bounds, and together stay within what GitHub takes. */
const fileBytes = 10_000;

/** The pull request of a remediation: what drifted, what it does about it, why that is safe, how to refuse it, and how to undo it. */
export function pullRequestText(facts: RemediationFacts): { readonly title: string; readonly text: string } {
  const { behavior, drift, plan, generation } = facts;
  const title = `Remediate ${plainLine(behavior, 100)}: ${plainLine(plan.about.title, 100)}${generation === 1 ? '' : ` (${generation})`}`;
  const sections = [
    section('What drifted', [drift === null ? `${markdownCode(clip(behavior, 200))} drifted: it was measured twice in a row. What was measured is not known any more.` : measuredSection(drift)]),
    section('What this change does', [whatItDoes(facts), fileList(facts), ...unsignedLines(plan.unsigned), ...noticeLines(plan.notices)]),
    section('Why it is safe', [safety(facts)]),
    section('How to refuse it', [`Close this pull request. That ${closeMeans(facts.behavior)}`]),
    section('How to undo it', [undoing(facts)]),
    ...links(facts),
  ];
  return { title, text: sections.join('\n\n') };
}

function section(title: string, parts: readonly string[]): string {
  return [`### ${title}`, ...parts.filter((part) => part !== '')].join('\n\n');
}

function whatItDoes({ plan: { playbook, about } }: RemediationFacts): string {
  return `${markdownText(clip(about.title, 200))}, by the playbook ${markdownCode(clip(`${playbook.id} ${playbook.version}`, 150))}. ${markdownProse(clip(about.description, 600))}`;
}

function fileList({ plan: { files } }: RemediationFacts): string {
  const list = fitItems(files, plannedFileLine, { bytes: fileBytes, more: (left) => `- and ${count(left, 'more file')}` });
  return `As Plumbline left it, it changes ${count(files.length, 'file')}:\n\n${list}`;
}

function safety({ plan, merging, baseBranch, verificationWindow }: RemediationFacts): string {
  const { files, bounds, about } = plan;
  return [
    `- It touches ${files.length} of the ${count(bounds.maxFiles, 'file')} that its playbook may change at most, runs no program, and is in tier ${about.tier}.`,
    '- It is judged as every other pull request is: Plumbline\'s checks, reviews and the rules of the branch apply.',
    `- ${mergingWords(merging, baseBranch)}`,
    `- Plumbline adds commits and forces nothing. Push to its branch, and it is yours: Plumbline leaves it alone from then on.${merging === 'by_itself' ? ' Disable auto-merge before you push: GitHub merges it with what you pushed otherwise, once that is green.' : ''}`,
    `- After the merge the behaviour is measured again. If it still drifts after ${duration(verificationWindow)}, that is told, and one more is proposed at most.`,
  ].join('\n');
}

function mergingWords(merging: RemediationFacts['merging'], baseBranch: string): string {
  switch (merging) {
    case 'by_person':
      return 'Nobody but a person merges it.';
    case 'by_itself':
      return `It merges into ${markdownCode(clip(baseBranch, 200))} by itself once everything that is required is green.`;
    case 'not_armed':
      return 'It was meant to merge by itself, and does not: GitHub did not take that, as where the repository does not allow auto-merge or nothing is required, or it was switched off. A person merges it.';
  }
}

function undoing({ plan: { rollback } }: RemediationFacts): string {
  return ['- Before the merge: close it. Nothing has changed yet, and its branch can be deleted.', `- After the merge: ${afterMergeWords(rollback)}`].join('\n');
}

function links({ follows, supersedes }: RemediationFacts): readonly string[] {
  const told = [...(follows === null ? [] : [`It follows #${follows}.`]), ...supersedes.map((number) => `It takes the place of #${number}, which is about what drifted before.`)];
  return told.length === 0 ? [] : [told.join('\n')];
}
