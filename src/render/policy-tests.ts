import type { PolicyTest, PolicyTests } from '../domain/policy/policy-tests.ts';
import { count } from './count.ts';
import { inertJson, terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';

export function policyTestsJson(tests: PolicyTests): string {
  return `${inertJson({ version: 1, ...tests })}\n`;
}

/** What did not pass, then how many did. */
export function policyTestsPretty(tests: PolicyTests, folder: string, color: Paint): string {
  if (tests.kind !== 'tested') return `${tests.kind === 'refused' ? color.red('refused') : color.yellow('no answer')}  ${terminalText(folder)}:\n${tests.why.split('\n').map((line) => `  ${terminalText(line)}`).join('\n')}\n`;
  if (tests.tests.length === 0) return `${color.red('no tests')}  ${terminalText(folder)} holds none. Write them in files named *_test.rego, as rules named test_….\n`;
  const open = tests.tests.filter(({ outcome }) => outcome !== 'pass');
  return `${[...open.flatMap((test) => linesOf(test, color)), `${tests.tests.length - open.length} of ${count(tests.tests.length, 'test')} passed in ${terminalText(folder)}.`].join('\n')}\n`;
}

function linesOf({ file, line, name, outcome, message }: PolicyTest, color: Paint): readonly string[] {
  const head = `${outcome === 'skip' ? color.yellow('skip') : color.red(outcome)}  ${terminalText(`${file}:${line}`)}  ${terminalText(name)}`;
  return message === '' ? [head] : [head, `      ${terminalText(message)}`];
}
