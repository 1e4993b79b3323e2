import type { Finding } from '../../domain/finding.ts';
import { comparedOnBothSides } from './compared-on-both-sides.ts';
import type { GovernanceWorld } from './governance-world.ts';
import type { JudgedActions } from './judge-actions.ts';
import { peopleFindings } from './people-findings.ts';
import type { PolicyRepair } from './policies/policy-repair.ts';
import type { AskedPolicies } from './policies/policy-requests.ts';
import { resultFindings } from './policies/result-findings.ts';
import { rejectedHolds } from './rejected-holds.ts';
import { untoldActions } from './untold-actions.ts';
import { unknownHands } from './unknown-hands.ts';
import { baseWaivers } from './waivers/base-waivers.ts';
import { waiverFindings } from './waivers/waiver-findings.ts';

/** A change with what the policies say of it. */
export interface JudgedChange {
  readonly whole: GovernanceWorld;
  /** Without what the change mends of the policies; the whole where it mends nothing. */
  readonly world: GovernanceWorld;
  readonly asked: AskedPolicies;
  readonly repair: PolicyRepair | null;
  readonly judgement: JudgedActions;
  /** What is held, by whatever gate. */
  readonly holds: readonly Finding[];
}

/** All that governance finds. Whether a waiver is still needed is told last, since it rests on all the others. */
export function governanceFindings(change: JudgedChange): readonly Finding[] {
  const told = toldFindings(change);
  const ofOthers = (change.whole.evidence.verdicts ?? []).flatMap(({ findings }) => findings);
  return [...told, ...baseWaivers(change.whole).findings, ...waiverFindings(change.whole, [...ofOthers, ...told])];
}

function toldFindings({ whole, world, asked, repair, judgement, holds }: JudgedChange): readonly Finding[] {
  return [
    ...world.derived.findings,
    ...untoldActions(whole.evidence, new Set(world.derived.findings.filter(({ severity }) => severity === 'unknown').map(({ path }) => path))),
    ...(repair?.findings ?? []),
    ...resultFindings(asked, whole),
    ...peopleFindings(world, { asked, holds, judged: judgement.judged }),
    ...unknownHands(world, { holds, ...judgement }),
    ...rejectedHolds(world, holds),
    ...comparedOnBothSides(world.derived.actions, whole.snapshot),
    ...judgement.findings,
  ];
}
