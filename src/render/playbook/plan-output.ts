import type { Plan, Refusal } from '../../domain/playbook/plan.ts';
import { rollbackBeforeMerge } from '../../domain/playbook/plan-rollback.ts';
import { count } from '../count.ts';
import { inertJson, terminalText } from '../escape.ts';
import type { Paint } from '../format-options.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { plannedIssueText } from './planned-issue.ts';
import { rollbackWords } from './playbook-page.ts';

/** What would be written, said and done to undo it. */
export function planPretty(plan: Plan, color: Paint): string {
  const { playbook, files, issue, notices, unsigned, digest } = plan;
  return [
    `${color.bold(terminalText(`${playbook.id} ${playbook.version}`))}  ${count(files.length, 'file')} to write${issue === null ? '' : ', an issue to open'} (nothing was written)`,
    `  plan ${digest}`,
    ...files.flatMap(({ path, text, before }) => ['', ...diffLines(unifiedDiff({ path, before, after: text }), color)]),
    ...(issue === null ? [] : ['', `issue: ${terminalText(`${issue.title}: ${issue.target}`)}`, ...plannedIssueText(issue).replace(/\n$/, '').split('\n').map((line) => `  ${terminalText(line)}`)]),
    '',
    ...notices.map(({ to, text }) => `tells ${terminalText(`${to}: ${text}`)}`),
    ...unsigned.map(({ path, contractId, key }) => terminalText(`${path}: ${contractId} comes unsigned: whoever holds the key ${key ?? '(none is named)'} signs it before the merge, with: plumbline contract sign ${path}`)),
    ...rollbackWords(plan).map((line) => `rollback ${terminalText(line)}`),
  ].join('\n').concat('\n');
}

export function planJson(plan: Plan): string {
  const { playbook, steps, files, issue, notices, unsigned, bounds, rollback, digest } = plan;
  const shown = files.map(({ path, text, before, mode }) => ({ path, text, mode, diff: unifiedDiff({ path, before, after: text }) }));
  return `${inertJson({ version: 1, outcome: 'plan', playbook, digest, steps, files: shown, issue: issue === null ? null : { title: issue.title, target: issue.target, text: plannedIssueText(issue) }, notices, unsigned, bounds, rollback: { beforeMerge: rollbackBeforeMerge, afterMerge: rollback } })}\n`;
}

export function refusalPretty({ path, found, expected, next }: Refusal, id: string): string {
  return `${terminalText(`Cannot plan ${id}${path === null ? '' : ` for ${path}`}: found ${found}, expected ${expected}. Nothing was changed. ${next}`)}\n`;
}

export function refusalJson(refusal: Refusal): string {
  return `${inertJson({ version: 1, outcome: 'refused', refusal })}\n`;
}

function diffLines(diff: string, color: Paint): readonly string[] {
  return diff.replace(/\n$/, '').split('\n').map((line) => {
    const shown = terminalText(line);
    if (line.startsWith('+')) return color.green(shown);
    return line.startsWith('-') ? color.red(shown) : shown;
  });
}
