import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { GovernanceWorld } from './governance-world.ts';
import type { AskedPolicies } from './policies/policy-requests.ts';

/**
 * Who is behind a change and who is for it, where that could not be told although something depends on it: whatever might be a no,
 * and, where something waits for people, whatever might be a yes. An action that may lack an entry tells that itself. @param told What is held and denied so far.
 */
export function peopleFindings(world: GovernanceWorld, asked: AskedPolicies, told: readonly Finding[]): readonly Finding[] {
  const { electorate, held, derived } = world;
  const isAsked = held.length > 0 || derived.actions.some(({ tier }) => tier > 1) || told.some(({ severity }) => severity === 'hold');
  const waits = told.some(({ severity }) => severity === 'hold');
  const unknown = !isAsked ? [] : [...electorate.unheard, ...(waits ? [...electorate.unknown, ...asked.question.unknown] : [])];
  const [first] = unknown;
  if (first === undefined) return [];
  const more = new Set(unknown).size - 1;
  return [
    finding({
      code: 'policy/no_answer',
      subject: 'people',
      message: `Cannot tell who may let this change pass: ${first}${more > 0 ? `; and ${more} more` : ''}. Nothing in your change caused this.`,
      expected: 'an answer of GitHub',
      found: first,
      next: 'Wait for the next attempt.',
    }),
  ];
}
