import type { Decision } from '../domain/decision.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { Verdict } from '../domain/verdict.ts';
import { count } from './count.ts';

/** A Markdown table with a row for each required gate, in their order. Holds no text from outside. */
export function gateTable(decision: Pick<Decision, 'gates' | 'verdicts'>): string {
  const rows = decision.gates.map((gate) => `| ${gateCells(decision, gate).join(' | ')} |`);
  return ['| Gate | Verdict | Findings | Looked at |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Name, verdict, number of findings and how much was looked at. */
export function gateCells(decision: Pick<Decision, 'verdicts'>, gate: GateName): readonly string[] {
  const verdict = decision.verdicts.find((one) => one.gate === gate);
  return verdict === undefined ? [gate, 'no verdict', '–', '–'] : [gate, verdictWord(verdict), String(verdict.findings.length), lookedAt(verdict)];
}

function verdictWord(verdict: Verdict): string {
  return verdict.applies ? verdict.verdict : `${verdict.verdict}, nothing to judge`;
}

function lookedAt(verdict: Verdict): string {
  return `${count(verdict.evaluated.length, 'rule')}, ${count(verdict.covered.length, 'changed file')}`;
}
