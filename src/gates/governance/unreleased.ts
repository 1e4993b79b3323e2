import { approvalsOf } from '../../domain/approval/approvals-of.ts';
import { electorsOf } from '../../domain/approval/finding-item.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Electors } from '../../domain/held-item.ts';
import { releaseHold } from '../../domain/release-holds.ts';
import type { GovernanceWorld } from './governance-world.ts';

/** Of what is held, what still waits for people. */
export function unreleased(holds: readonly Finding[], { electorate, required, snapshot }: Pick<GovernanceWorld, 'electorate' | 'required' | 'snapshot'>): readonly Finding[] {
  const approvals = approvalsOf(holds, electorate, snapshot);
  return holds.filter((one) => releaseHold(one, approvals, required) === null);
}

/** Whose word about these is asked. */
export function electorsOfAll(findings: readonly Finding[]): ReadonlySet<Electors> {
  return new Set(findings.flatMap((one) => electorsOf(one) ?? []));
}
