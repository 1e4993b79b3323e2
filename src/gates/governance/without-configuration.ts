import { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import { electorateOf } from '../../domain/approval/electorate.ts';
import { untoldNo, untoldYes } from '../../domain/approval/untold-voters.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { heldFindings } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { heldByFindings } from './held-candidates.ts';
import { rejectedHolds } from './rejected-holds.ts';
import { unknownHands } from './unknown-hands.ts';
import { askedItems, electorsOfAll, unreleased } from './unreleased.ts';
import { untoldFindings } from './untold-findings.ts';

/** Nothing is configured here, or nothing valid: then there is nothing that anybody may be allowed, but a first configuration or a repair may be released. */
export function withoutConfiguration(snapshot: Snapshot, evidence: Evidence): Verdict {
  const holds = heldFindings(evidence);
  const asked = { snapshot, electorate: electorateOf({ snapshot, configuration: null, evidence }), required: approvalCountsOf(null) };
  const held = heldByFindings(asked, holds);
  const findings = holds.length === 0 ? [] : [...untoldOfHolds(holds, asked), ...unknownHands({ snapshot, configuration: null, evidence }, { holds, judged: [], findings: [] }), ...rejectedHolds(asked, holds)];
  const why = snapshot.configuration.kind === 'none' ? 'no configuration governs actions here' : 'no valid configuration says who may do what';
  return verdictOf({ gate: 'governance', applies: findings.length > 0, findings, evaluated: [], skipped: [{ rule: 'governance', why }], covered: [], ...(held.length === 0 ? {} : { held }) });
}

/** What might be a no matters always, what might be a yes where something still waits for one. */
function untoldOfHolds(holds: readonly Finding[], asked: Pick<GovernanceWorld, 'electorate' | 'snapshot' | 'required'>): readonly Finding[] {
  return untoldFindings([...untoldNo(asked.electorate, asked.snapshot, askedItems(holds, asked.snapshot)), ...untoldYes(asked.electorate, electorsOfAll(unreleased(holds, asked)))]);
}
