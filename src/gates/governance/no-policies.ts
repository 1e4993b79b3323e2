import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';

const words = {
  'policy/no_answer': 'gave no answer',
  'policy/timed_out': 'did not answer in time',
  'policy/input_invalid': 'could not be asked',
} as const;

/** Policies without a whole answer: what is missing might have been a refusal. */
export function noPolicies(code: keyof typeof words, whose: string, why: string): Finding {
  return finding({
    code,
    subject: whose,
    message: `${whose.charAt(0).toUpperCase()}${whose.slice(1)} ${words[code]}: ${why.replace(/\.$/, '')}. Nothing in your change caused this.`,
    expected: 'one answer of each rule for each action',
    found: why,
    next: 'Wait for the next attempt; if it stays, tell whoever maintains the policies.',
  });
}
