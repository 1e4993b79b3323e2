import type { Approval } from '../../src/domain/approval/approval.ts';
import { keyOfFinding } from '../../src/domain/approval/finding-item.ts';
import type { DecisionInput } from '../../src/domain/decide.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { RuleMode } from '../../src/domain/configuration/configuration.ts';
import type { Waiver } from '../../src/domain/waiver/waiver.ts';
import { aConfiguration } from './a-configuration.ts';
import { aVerdict } from './decision-builder.ts';

export interface InputToDecide extends Partial<DecisionInput> {
  /** Of the contract gate, which then passes or not by them. */
  readonly findings?: readonly Finding[];
  readonly rules?: Readonly<Record<string, RuleMode>>;
}

/** Both gates pass and nothing is waived or approved, unless told otherwise. */
export function aDecisionInput(input: InputToDecide = {}): DecisionInput {
  const { findings = [], rules = {}, ...rest } = input;
  return {
    requiredGates: ['change', 'contracts'],
    verdicts: [aVerdict('change'), aVerdict('contracts', findings)],
    waivers: [],
    approvals: [],
    configuration: aConfiguration({ rules }),
    expiries: [],
    now: '2026-11-20T12:00:00.000Z',
    engine: 'test',
    mergeBase: 'a'.repeat(40),
    base: 'b'.repeat(40),
    head: 'c'.repeat(40),
    uncovered: [],
    policyDigest: `sha256:${'1'.repeat(64)}`,
    inputDigest: `sha256:${'2'.repeat(64)}`,
    ...rest,
  };
}

export function aWaiver(finding: Finding, until = '2027-01-01T00:00:00.000Z'): Waiver {
  return { code: finding.code, fingerprint: finding.fingerprint, path: finding.path, contract: null, owner: 'team:a', reason: 'known', grantedBy: 'mona', until };
}

export function anApproval(login: string, covers: Pick<Finding, 'code' | 'fingerprint'>, overrides: Partial<Approval> = {}): Approval {
  return { login, tier: 'tier3', admin: false, covers: keyOfFinding(covers), ...overrides };
}
