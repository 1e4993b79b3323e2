import { fieldValue } from '../../domain/contract/contract-field.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import { basePolicies } from './base-policies.ts';
import type { PolicyReading } from './base-policies.ts';
import { isNewRelease } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { bumpIt } from './next-step.ts';
import { reportField } from './report.ts';

/** What a release states about policies held when it was released: judged in the change that releases it, and never later. */
export function checkPolicies(world: ContractWorld): readonly Finding[] {
  const stating = world.changed.flatMap((file) => statedBy(file, world));
  if (stating.length === 0) return [];
  const policies = basePolicies(world);
  return stating.flatMap((one) => findingsOf(one, policies, world));
}

/** Whether a file releases a version that states a checksum. */
export function isStating(file: JudgedContract, world: ContractWorld): boolean {
  return statedBy(file, world).length > 0;
}

interface Stated {
  readonly file: JudgedContract;
  readonly contractId: string;
  readonly version: string;
  readonly checksum: JsonValue;
}

function statedBy(file: JudgedContract, world: ContractWorld): readonly Stated[] {
  if (file.inResult.kind !== 'contract' || !isNewRelease(file.inResult.contract, world)) return [];
  const { contractId, version, document } = file.inResult.contract;
  const checksum = fieldValue(document.value, file.set.fields, 'policyBundleChecksum', file.path) ?? null;
  return checksum === null ? [] : [{ file, contractId, version, checksum }];
}

function findingsOf(stated: Stated, policies: PolicyReading, world: ContractWorld): readonly Finding[] {
  switch (policies.kind) {
    case 'checksum':
      return stated.checksum === policies.checksum ? [] : [mismatch(stated, policies.checksum, world)];
    case 'too_large':
      return [undecided(stated, policies)];
    case 'unavailable':
      return [unreadable(policies)];
  }
}

function mismatch({ file, contractId, version, checksum }: Stated, expected: string, { snapshot }: ContractWorld): Finding {
  return reportField(file, 'policyBundleChecksum', {
    code: 'contract/policy_checksum_mismatch',
    subject: contractId,
    message: `${contractId} ${version} states other policies than those that hold at the base ${snapshot.base.slice(0, 12)}.`,
    expected,
    found: quoted(typeof checksum === 'string' ? checksum : JSON.stringify(checksum)),
    next: bumpIt(file.path),
  });
}

/** Not known to be wrong, and trying again would not tell: a person may look at it. */
function undecided({ file, contractId, version }: Stated, { path, size }: Extract<PolicyReading, { kind: 'too_large' }>): Finding {
  return reportField(file, 'policyBundleChecksum', {
    code: 'contract/policy_checksum_mismatch',
    severity: 'hold',
    subject: contractId,
    message: `Whether ${contractId} ${version} states the policies that hold can not be told: ${path} has ${size} bytes. It is held: a person may release it.`,
    expected: 'policies within the size limit',
    found: `${size} bytes`,
    next: 'Make the policy smaller in a change of its own, or ask the approvers of tier 2 to look at it.',
  });
}

function unreadable({ path, why }: Extract<PolicyReading, { kind: 'unavailable' }>): Finding {
  return finding({ code: 'snapshot/unreadable', path, subject: 'policy', message: `Cannot read the policy ${path} at the base: ${why}, expected its content.`, found: why, expected: 'its content', next: waitForRetry });
}
