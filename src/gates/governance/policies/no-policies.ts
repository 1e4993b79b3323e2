import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { levelWords } from './level-words.ts';
import type { PolicyLevel } from './policy-level.ts';
import type { PolicyState } from './policy-state.ts';

const words = {
  'policy/no_answer': 'gave no answer',
  'policy/timed_out': 'did not answer in time',
  'policy/input_invalid': 'could not be asked',
} as const;

const waiting = 'Wait for the next attempt; if it stays, tell whoever maintains the policies.';

/** Policies without a whole answer: what is missing might have been a refusal. */
export function noPolicies(code: keyof typeof words, whose: string, { why, next = waiting }: { readonly why: string; readonly next?: string }): Finding {
  return finding({
    code,
    subject: whose,
    message: `${whose.charAt(0).toUpperCase()}${whose.slice(1)} ${words[code]}: ${why.replace(/\.$/, '')}. Nothing in your change caused this.`,
    expected: 'one answer of each rule for each action',
    found: why,
    next,
  });
}

/** What is broken at B stays so until somebody mends it: the way out is named. */
export function troubleWith(level: Pick<PolicyLevel, 'kind' | 'whose' | 'mender'>, state: PolicyState): readonly Finding[] {
  if (state.kind === 'report') return [];
  const { whose, mender } = level;
  if (state.kind === 'unknown') return [noPolicies('policy/no_answer', whose, state)];
  const { them, they, answer } = levelWords(level);
  const start = mender === null ? `mend ${them}` : `whoever maintains ${mender} mends ${them} there, its keys, or what the configuration says of ${them}`;
  const mending = `a change of nothing ${mender === null ? `but ${whose}` : 'else'}, after which ${they} ${answer}, is held for people instead of being blocked.`;
  if (state.how === 'timed-out') return [noPolicies('policy/timed_out', whose, { why: state.why, next: `Wait for the next attempt. If it stays, ${start}: ${mending}` })];
  return [noPolicies('policy/no_answer', whose, { why: state.why, next: `${start.charAt(0).toUpperCase()}${start.slice(1)}: ${mending}` })];
}
