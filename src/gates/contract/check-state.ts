import type { Contract } from '../../domain/contract/contract.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { overrideOf } from './only-restricts.ts';
import { reportAt, reportField } from './report.ts';
import { sameVersionAtBase } from './same-version.ts';

/** What changes without a new version: state is told for governance to decide, bytes alone for the reader to know. */
export function checkState(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  const before = sameVersionAtBase(contract, world);
  if (before === null) return [];
  if (before.stateDigest !== contract.stateDigest) return [stateChanged(file, before, contract)];
  const isReformatted = before.path === file.path && before.contentHash === contract.contentHash && file.base?.blob !== file.result?.blob;
  return isReformatted ? [formatChanged(file, contract)] : [];
}

function stateChanged(file: JudgedContract, before: Contract, after: Contract): Finding {
  const field = before.lifecycle === after.lifecycle ? 'emergencyFlags' : 'lifecycle';
  return reportField(file, field, {
    code: 'contract/state_changed',
    subject: `${after.contractId}@${after.key}`,
    message: `The state of ${after.contractId} ${after.version} changes from ${stateOf(before)} to ${stateOf(after)}.`,
    expected: before.stateDigest,
    found: after.stateDigest,
    next: 'Nothing to mend: governance decides whether this state may change.',
  });
}

function stateOf(contract: Contract): string {
  const { halted, humanApprovalRequired } = contract.emergencyFlags;
  const override = overrideOf(contract);
  const flags = [halted ? 'halted' : '', humanApprovalRequired ? 'humanApprovalRequired' : '', override === '' ? '' : `budgetOverride until ${override}`].filter((flag) => flag !== '');
  return [contract.lifecycle, ...flags].join(' + ');
}

function formatChanged(file: JudgedContract, contract: Contract): Finding {
  return reportAt(file, '', {
    code: 'contract/format_changed',
    subject: contract.contractId,
    message: `Only the bytes of ${contract.contractId} ${contract.version} changed; its content is the same.`,
    expected: contract.contentHash,
    found: contract.contentHash,
    next: 'Nothing to mend: the content hash is the same.',
  });
}
