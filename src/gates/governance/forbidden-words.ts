import type { FindingInput } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import type { NamedAction } from './derive-actions.ts';

/** What is told of an action. */
export type Words = Pick<FindingInput, 'message' | 'expected' | 'found' | 'next'>;

/** Tier 4, by whatever code: nobody may, unless the organisation names the action itself. @param names Of all actions that it tells of. */
export function forbiddenWords({ why, remedy }: NamedAction, names: readonly string[]): Words {
  return {
    message: `${why} That is ${names.join(' and ')}, tier 4: nobody may do it here.`,
    expected: `${names.length === 1 ? 'an entry' : 'entries'} of the organisation's whitelist that ${names.length === 1 ? `names ${names.join('')} in full and ends` : `name ${names.join(' and ')} in full and end`} within ${limits.liftDays} days, for everybody who takes part`,
    found: 'none',
    next: remedy ?? 'Take it out of this change, or ask the owners of the organisation to allow it for a while.',
  };
}
