import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { askedPolicies } from './policy-requests.ts';

/** Who is behind a change and who is for it, where that could not be told although something depends on it. */
export function peopleFindings(world: GovernanceWorld): readonly Finding[] {
  const matters = world.held.length > 0 || world.derived.actions.some(({ tier }) => tier > 1);
  const { unknown } = askedPolicies(world).question;
  const [first] = unknown;
  if (!matters || first === undefined) return [];
  return [
    finding({
      code: 'policy/no_answer',
      subject: 'people',
      message: `Cannot tell who may let this change pass: ${first}${unknown.length > 1 ? `; and ${unknown.length - 1} more` : ''}. Nothing in your change caused this.`,
      expected: 'an answer of GitHub',
      found: first,
      next: 'Wait for the next attempt.',
    }),
  ];
}
