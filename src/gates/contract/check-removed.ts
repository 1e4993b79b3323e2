import type { Contract } from '../../domain/contract/contract.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { shellWord } from '../../domain/shell-word.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { restoreAt } from './next-step.ts';
import { isRecordedContentInResult } from './same-version.ts';

/** A released contract goes only when it is retired. Equal content and id elsewhere in R is a move. */
export function checkRemoved(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.atBase.kind !== 'contract') return [];
  const { contract } = file.atBase;
  const isReleased = contract.lifecycle !== 'draft' || world.released(contract.contractId, contract.key) !== null;
  if (!isReleased || contract.lifecycle === 'retired' || !isGone(file, contract)) return [];
  return isMoved(contract, world) || isRecordedContentInResult(contract, world) ? [] : [removed(contract, world)];
}

/** A file that stays but can not be read has findings of its own. */
function isGone({ inResult }: JudgedContract, contract: Contract): boolean {
  return inResult.kind === 'absent' || (inResult.kind === 'contract' && inResult.contract.contractId !== contract.contractId);
}

function isMoved({ contractId, key, contentHash }: Contract, world: ContractWorld): boolean {
  return world.inResult(contractId).some((one) => one.key === key && one.contentHash === contentHash);
}

function removed(contract: Contract, { snapshot }: ContractWorld): Finding {
  return finding({
    code: 'contract/removed',
    path: contract.path,
    subject: contract.contractId,
    message: `${contract.contractId} ${contract.version} is ${contract.lifecycle}, and this change removes it.`,
    expected: 'a retired contract, or the same content at another governed path',
    found: 'no file with this id and content',
    next: `${restoreAt(snapshot.base, contract.path)} It may go once it is retired: \`plumbline contract ${contract.lifecycle === 'deprecated' ? 'retire' : 'deprecate'} ${shellWord(contract.path)}\` in a change of its own.`,
  });
}
