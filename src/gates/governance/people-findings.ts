import type { Finding } from '../../domain/finding.ts';
import type { GovernanceWorld } from './governance-world.ts';
import type { AskedPolicies } from './policies/policy-requests.ts';
import { untoldFindings } from './untold-findings.ts';

/**
 * Who is behind a change and who is for it, where that could not be told although something depends on it: whatever might be a no,
 * and, where something waits for people, whatever might be a yes. An action that may lack an entry tells that itself. @param told What is held and denied so far.
 */
export function peopleFindings(world: GovernanceWorld, asked: AskedPolicies, told: readonly Finding[]): readonly Finding[] {
  const { electorate, held, derived } = world;
  const isAsked = held.length > 0 || derived.actions.some(({ tier }) => tier > 1) || told.some(({ severity }) => severity === 'hold');
  const waits = told.some(({ severity }) => severity === 'hold');
  return untoldFindings(!isAsked ? [] : [...electorate.unheard, ...(waits ? [...electorate.unknown, ...asked.question.unknown] : [])]);
}
