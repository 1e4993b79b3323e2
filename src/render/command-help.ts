import { usages } from '../domain/command/command-word.ts';
import { limits } from '../domain/limits.ts';
import { commandLine } from './command-line-text.ts';

const approvers = 'whoever the configuration names under `governance.approvals`, and nobody with a hand in the change';

const lines: { readonly [Word in keyof typeof usages]: string } = {
  help: 'shows this. Anyone.',
  status: 'says what waits for whom, and what to type. Anyone.',
  explain: 'says what a finding means and where it comes from. Anyone.',
  recheck: 'judges again, five times an hour. Contributors, and whoever may write.',
  approve: `says yes to what is held at the judged head. For ${approvers}.`,
  unapprove: 'takes back your own yes or no. As for `approve`.',
  reject: 'says no, until you take it back. As for `approve`.',
  waive: `opens a pull request that waives a finding for at most ${limits.waiverDays} days. Whoever may write.`,
  unwaive: 'opens one that ends a waiver. Whoever may write.',
  drift: 'measures the behaviours of the repository now, and says what it found. Whoever may write.',
  remediate: `opens the pull request that mends a behaviour, once, though nothing is opened without being asked: whoever may write. \`--dry-run\` shows it alone: contributors too. \`--take-over\` goes on with one that was frozen because somebody else pushed to it: ${approvers}.`,
  unsuppress: 'takes back that a closed remediation is not opened again. As for `approve`.',
  rollback: 'closes one of our remediations, or opens the pull request that undoes it after its merge. Whoever may write.',
};

/** Every command of this version, and who may type it. */
export function commandHelp(): string {
  const rows = Object.entries(usages).map(([word, usage]) => `- ${commandLine(usage)} ${Object.entries(lines).find(([known]) => known === word)?.[1] ?? ''}`);
  return ['A command stands in the first line of a new comment, from its first column on; nothing else of the comment is read.', '', ...rows].join('\n');
}
