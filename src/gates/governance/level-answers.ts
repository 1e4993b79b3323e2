import type { Answer } from '../../domain/probe-answer.ts';
import { isBefore } from '../../domain/instant.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';

/** What one rule of a level says of one action. */
export interface LevelAnswer {
  readonly answer: PolicyAnswer;
  /** Whose Rego it is; null: a built-in rule. */
  readonly whose: string | null;
  /** What its author says of the rule; null: nothing. */
  readonly metadata: RuleMetadata | null;
  /** ISO 8601: until then what it says decides nothing. Null: it decides. */
  readonly warnsUntil: string | null;
}

/** @param now ISO 8601. */
export function levelAnswers(answer: Answer<'policies'> | undefined, whose: string | null, now: string): readonly LevelAnswer[] {
  if (answer?.kind !== 'answered' || answer.value.kind !== 'report') return [];
  const { report, metadata: all = [] } = answer.value;
  const known = new Map(all.map((one) => [one.rule, one]));
  return report.results.map((result) => {
    const metadata = known.get(result.rule) ?? null;
    const effectiveOn = metadata?.effectiveOn ?? null;
    return { answer: result, whose, metadata, warnsUntil: effectiveOn !== null && isBefore(now, effectiveOn) ? effectiveOn : null };
  });
}
