import type { Contract } from '../../domain/contract/contract.ts';
import { isSuccessor } from '../../domain/contract/version.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { pathWord, shellWord } from '../../domain/shell-word.ts';
import type { ContractWorld } from './contract-world.ts';
import { isInForce } from './is-in-force.ts';
import type { JudgedContract } from './judged-contract.ts';
import { restoreAt } from './next-step.ts';
import { isRecordedContentInResult } from './same-version.ts';

/**
 * A released contract goes only when it is retired. In place, equal content and id elsewhere in R is a move, and a version that
 * another one replaces is not removed; in versioned paths others rely on the path, which stays.
 */
export function checkRemoved(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.atBase.kind !== 'contract' || !world.isRead('inResult')) return [];
  const { contract } = file.atBase;
  const isReleased = contract.lifecycle !== 'draft' || world.released(contract.contractId, contract.key) !== null;
  if (!isReleased || contract.lifecycle === 'retired' || !isGone(file, contract)) return [];
  if (file.layout === 'versioned') return isBackInItsPath(contract, world) ? [] : [removed(contract, world, withContent(contract, world))];
  const stays = withContent(contract, world) !== null || isRecordedContentInResult(contract, world) || isReplaced(contract, world);
  return stays ? [] : [removed(contract, world, null)];
}

/** A file that stays but can not be read has findings of its own. */
function isGone({ inResult }: JudgedContract, contract: Contract): boolean {
  return inResult.kind === 'absent' || (inResult.kind === 'contract' && inResult.contract.contractId !== contract.contractId);
}

/** The contract of R with the content that is gone from its path. */
function withContent({ contractId, key, contentHash }: Contract, world: ContractWorld): Contract | null {
  return world.inResult(contractId).find((one) => one.key === key && one.contentHash === contentHash) ?? null;
}

/** A greater version in place takes the place of this one, at whatever path: whether it may follow, the chain says. */
function isReplaced({ contractId, version }: Contract, world: ContractWorld): boolean {
  return world.inResult(contractId).some((one) => isInForce(one) && isSuccessor(one.version, version) && world.at(one.path)?.layout === 'in-place');
}

/** A copy, or what a direct push moved, goes where R has the release at the path that it was released in. */
function isBackInItsPath({ contractId, key, path }: Contract, world: ContractWorld): boolean {
  const recorded = world.released(contractId, key);
  return recorded !== null && recorded.path !== path && world.inResult(contractId).some((one) => one.path === recorded.path && one.key === key && one.contentHash === recorded.contentHash);
}

function removed(contract: Contract, world: ContractWorld, moved: Contract | null): Finding {
  const name = `${contract.contractId} ${contract.version}`;
  const step = moved === null ? restoreAt(world.snapshot.base, contract.path) : moveBack(contract, moved, world);
  return finding({
    code: 'contract/removed',
    path: contract.path,
    subject: contract.contractId,
    message: `${name} is ${contract.lifecycle}, and this change ${moved === null ? 'removes it' : 'moves it: in versioned paths a released path stays as it is'}.`,
    expected: moved === null ? 'a retired contract, or its released content' : 'the released content at its path',
    found: moved === null ? 'no file with this id and content' : `its content in ${moved.path}`,
    next: `${step} It may go once it is retired: \`plumbline contract ${contract.lifecycle === 'deprecated' ? 'retire' : 'deprecate'} ${shellWord(contract.path)}\` in a change of its own.`,
  });
}

function moveBack({ path }: Contract, moved: Contract, world: ContractWorld): string {
  const { base } = world.snapshot;
  const other = pathWord(moved.path);
  const command = world.at(moved.path)?.base === null ? `git checkout ${base} -- ${pathWord(path)} && git rm -f -- ${other}` : `git checkout ${base} -- ${pathWord(path)} ${other}`;
  return `Run \`${command}\` and commit the result.`;
}
