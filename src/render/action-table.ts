import type { JudgedAction } from '../domain/action/judged-action.ts';
import type { Decision } from '../domain/decision.ts';
import type { Verdict } from '../domain/verdict.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode, markdownText } from './escape.ts';
import { fitItems } from './fit-items.ts';
import { rankedActions } from './ranked-actions.ts';
import { whoMayRelease } from './who-may-release.ts';

const mostBytes = 24_000;

const outcomes: Readonly<Record<JudgedAction['outcome'], string>> = { fail: 'denied', inconclusive: 'not judged', hold: 'waits', unasked: 'not asked', pass: 'may pass' };

/** What the change does, action by action: how risky it is, what became of it and why, and who may let it pass, with the line to type. Empty without actions. */
export function actionTable({ head }: Pick<Decision, 'head'>, verdict: Pick<Verdict, 'judged'>): string {
  const actions = rankedActions(verdict);
  if (actions.length === 0) return '';
  const opening = `### What this change does (${count(actions.length, 'action')})\n| action | tier | outcome | why | who may let it pass |\n|---|---|---|---|---|`;
  return `${opening}\n${fitItems(actions, (action) => row(action, head), { bytes: mostBytes, more: (left) => `\n… and ${count(left, 'more action')}.` })}`;
}

function row(action: JudgedAction, head: string): string {
  const cells = [cell(action.name, 200), String(action.tier), outcomes[action.outcome], `${cell(action.why, 240)} ${cell(action.because, 160)}`, releaseCell(action, head)];
  return `| ${cells.join(' | ')} |`;
}

/** The line to type is code, which a bar would split. */
function releaseCell(action: JudgedAction, head: string): string {
  const { words, command } = whoMayRelease(action, head);
  if (command === null) return cell(words, 240);
  return `${cell(words, 240)}: ${command.includes('|') ? markdownText(command) : markdownCode(command)}`;
}

function cell(text: string, length: number): string {
  return markdownText(clip(text, length));
}
