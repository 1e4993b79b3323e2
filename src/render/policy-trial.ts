import type { Digest } from '../domain/digest.ts';
import type { PolicyOutcome, PolicyReport } from '../domain/policy/policy-report.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { inertJson, terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';

/** What policies answered to one input, or why they did not. `refused`: they are wrong themselves. */
export type PolicyTrial =
  | { readonly kind: 'report'; readonly report: PolicyReport; readonly policies: Digest }
  | { readonly kind: 'silent' | 'timed-out'; readonly why: string; readonly policies: Digest }
  | { readonly kind: 'refused' | 'unavailable'; readonly why: string; readonly policies?: Digest };

export function policyTrialJson(trial: PolicyTrial): string {
  if (trial.kind !== 'report') return `${inertJson({ version: 1, ...trial })}\n`;
  const { inputVersion, subjects, results } = trial.report;
  return `${inertJson({ version: 1, kind: 'report', policies: trial.policies, inputVersion, subjects, results })}\n`;
}

/** One line per answer, and at the end how many there are. */
export function policyTrialPretty(trial: PolicyTrial, { policies, input }: { readonly policies: string; readonly input: string }, color: Paint): string {
  switch (trial.kind) {
    case 'report':
      return `${[...answerLines(trial.report, color), summary(trial.report, input)].join('\n')}\n`;
    case 'refused':
      return `${color.red('refused')}  ${terminalText(policies)} can not be used:\n${indented(trial.why)}\n`;
    case 'silent':
    case 'timed-out':
    case 'unavailable':
      return `${color.yellow('no answer')}  ${terminalText(policies)} gave no total report for ${terminalText(input)}:\n${indented(trial.why)}\n`;
  }
}

function answerLines({ results }: PolicyReport, color: Paint): readonly string[] {
  const heads: Readonly<Record<PolicyOutcome, string>> = { pass: color.green('pass'), fail: color.red('fail'), hold: color.yellow('hold') };
  return results.flatMap(({ rule, subject, outcome, facts }) => {
    const said = Object.keys(facts).length === 0 ? [] : [`      ${terminalText(clip(JSON.stringify(facts), 500))}`];
    return [`${heads[outcome]}  ${terminalText(rule)}  ${terminalText(subject)}`, ...said];
  });
}

function summary({ results, subjects }: PolicyReport, input: string): string {
  const rules = new Set(results.map(({ rule }) => rule)).size;
  return `${count(rules, 'rule')}, ${count(subjects.length, 'subject')}, ${count(results.length, 'answer')} for ${terminalText(input)}.`;
}

function indented(text: string): string {
  return text.split('\n').map((line) => `  ${terminalText(line)}`).join('\n');
}
