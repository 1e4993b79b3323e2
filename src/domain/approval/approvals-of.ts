import type { Finding } from '../finding.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Approval } from './approval.ts';
import { countVotes } from './count-votes.ts';
import type { Electorate, Voter } from './electorate.ts';
import { electorsOf, findingItem, keyOfFinding } from './finding-item.ts';

/** The approvals of findings that people may release. A first configuration even an admin who wrote it may release. */
export function approvalsOf(findings: readonly Finding[], electorate: Electorate, snapshot: Snapshot): readonly Approval[] {
  if (electorate.voters.length === 0) return [];
  return findings.filter((one) => one.severity === 'hold').flatMap((one) => {
    const from = electorsOf(one);
    if (from === null) return [];
    const { approving } = countVotes(electorate, snapshot, findingItem(one, snapshot), from);
    return approving.flatMap((voter) => approvalOf(voter, one) ?? []);
  });
}

function approvalOf(voter: Voter, held: Finding): Approval | null {
  const { login, tier2, tier3, admin, barred } = voter;
  const isFirst = held.code === 'config/missing' && admin;
  if (barred !== null && !isFirst) return null;
  return { login, tier: tier3 ? 'tier3' : tier2 ? 'tier2' : null, admin, covers: keyOfFinding(held) };
}
