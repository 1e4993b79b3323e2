import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { inertJson, terminalText } from '../escape.ts';
import type { Paint } from '../format-options.ts';

export interface PlaybookTestResult {
  readonly playbook: string;
  /** Empty: the playbook has none. */
  readonly test: string;
  /** None: it passes. */
  readonly mismatches: readonly string[];
}

export function playbookTestsJson(results: readonly PlaybookTestResult[]): string {
  return `${inertJson({ version: 1, tests: results.map((one) => ({ ...one, outcome: one.mismatches.length === 0 ? 'pass' : 'fail' })) })}\n`;
}

/** What did not pass, then how many did. */
export function playbookTestsPretty(results: readonly PlaybookTestResult[], color: Paint): string {
  const failed = results.filter(({ mismatches }) => mismatches.length > 0);
  const told = failed.flatMap(({ playbook, test, mismatches }) => [`${color.red('fail')}  ${terminalText(playbook)}  ${terminalText(test)}`.trimEnd(), ...mismatches.map((one) => `      ${terminalText(clip(one, 1_000))}`)]);
  return `${[...told, `${results.length - failed.length} of ${count(results.length, 'test')} passed.`].join('\n')}\n`;
}
