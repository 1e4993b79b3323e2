import { count } from '../count.ts';
import { plainLine } from '../plain-line.ts';
import type { RemediationFacts } from './remediation-texts.ts';

/** Headline and body of a commit of ours. Names and titles are hostile: each stays within its line. */
export function remediationCommitMessage({ behavior, plan: { playbook, about, files } }: Pick<RemediationFacts, 'behavior' | 'plan'>): string {
  const gone = files.filter(({ text }) => text === null).length;
  const does = [...(files.length > gone ? [`writes ${count(files.length - gone, 'file')}`] : []), ...(gone > 0 ? [`deletes ${count(gone, 'file')}`] : [])].join(' and ');
  return [
    `Remediate ${plainLine(behavior, 50)}`,
    '',
    `Playbook ${plainLine(`${playbook.id} ${playbook.version}`, 90)}: ${plainLine(about.title, 150)}.`,
    `It ${does === '' ? 'changes nothing' : does}. The pull request says what drifted, and how this is undone.`,
  ].join('\n');
}
