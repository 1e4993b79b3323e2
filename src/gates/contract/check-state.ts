import type { Contract } from '../../domain/contract/contract.ts';
import { quoted } from '../../domain/finding.ts';
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
  const [was, is] = [stateOf(before), stateOf(after)];
  const changes = Object.keys(is).flatMap((part) => (was[part] === is[part] ? [] : [`${part} from ${was[part]} to ${is[part]}`]));
  const field = before.lifecycle === after.lifecycle ? 'emergencyFlags' : 'lifecycle';
  return reportField(file, field, {
    code: 'contract/state_changed',
    subject: `${after.contractId}@${after.key}`,
    message: `The state of ${after.contractId} ${after.version} changes: ${changes.join(', ')}.`,
    expected: wordsOf(was),
    found: wordsOf(is),
    next: 'Nothing to mend: governance decides whether this state may change.',
  });
}

/** The parts of a state as a person reads them. */
function stateOf(contract: Contract): Readonly<Record<string, string>> {
  const { halted, humanApprovalRequired, budgetOverride } = contract.emergencyFlags;
  const override = budgetOverride === false ? 'false' : `until ${quoted(overrideOf(contract))}`;
  return { lifecycle: contract.lifecycle, halted: String(halted), humanApprovalRequired: String(humanApprovalRequired), budgetOverride: override };
}

function wordsOf(state: Readonly<Record<string, string>>): string {
  return Object.entries(state).map(([part, value]) => `${part} ${value}`).join(', ');
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
