import { approvalsOf } from '../../domain/approval/approvals-of.ts';
import { electorsOf, findingItem } from '../../domain/approval/finding-item.ts';
import type { AskedItem } from '../../domain/approval/untold-voters.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Electors } from '../../domain/held-item.ts';
import { releaseHold } from '../../domain/release-holds.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
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

/** These as what people are asked to release. */
export function askedItems(findings: readonly Finding[], snapshot: Snapshot): readonly AskedItem[] {
  return findings.flatMap((one) => {
    const from = electorsOf(one);
    return from === null ? [] : [{ item: findingItem(one, snapshot), from }];
  });
}
