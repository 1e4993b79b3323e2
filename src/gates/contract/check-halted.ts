import type { Contract } from '../../domain/contract/contract.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { pathWord } from '../../domain/shell-word.ts';
import type { ContractWorld } from './contract-world.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import { restoreAt } from './next-step.ts';
import { onlyRestricts, overrideOf } from './only-restricts.ts';
import { reportField } from './report.ts';
import { isRecordedContentInResult, sameVersionAtBase } from './same-version.ts';

/**
 * On a halted contract, at base or head, a change may only set or clear restrictive flags, or restore recorded content.
 * Clearing the flag and editing in one change would make the halt worthless.
 */
export function checkHalted(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  const ids = new Set([idOf(file.atBase), idOf(file.inResult)].filter((id) => id !== null));
  return [...ids].flatMap((id) => (isHalted(id, world) && !isAllowed(file, id, world) ? [halted(file, id, world)] : []));
}

/** A flag on a contract that is new with this change halts nothing yet. */
function isHalted(id: string, world: ContractWorld): boolean {
  const atBase = world.atBase(id);
  return atBase.length > 0 && (atBase.some(isHeld) || world.inResult(id).some(isHeld));
}

function isHeld({ emergencyFlags }: Contract): boolean {
  return emergencyFlags.halted;
}

function isAllowed(file: JudgedContract, id: string, world: ContractWorld): boolean {
  const { atBase, inResult } = file;
  if (onlyRestricts(file, id)) return true;
  const before = atBase.kind === 'contract' && atBase.contract.contractId === id ? atBase.contract : null;
  const after = inResult.kind === 'contract' && inResult.contract.contractId === id ? inResult.contract : null;
  return after === null ? before !== null && isStray(before, world) : isRestoration(before, after, world);
}

/** Recorded content comes back where the base has lost it; the state stays what it was. */
function isRestoration(before: Contract | null, after: Contract, world: ContractWorld): boolean {
  const recorded = world.released(after.contractId, after.key);
  if (recorded === null || recorded.contentHash !== after.contentHash || before?.contentHash === after.contentHash) return false;
  if (world.atBase(after.contractId).some((one) => one.key === after.key && one.contentHash === after.contentHash)) return false;
  const standing = sameVersionAtBase(after, world) ?? before;
  return standing === null || (standing.lifecycle === after.lifecycle && overrideOf(standing) === overrideOf(after));
}

/** A file whose content is not the recorded one may go, when the recorded one stays. */
function isStray(before: Contract, world: ContractWorld): boolean {
  const recorded = world.released(before.contractId, before.key);
  return recorded !== null && recorded.contentHash !== before.contentHash && isRecordedContentInResult(before, world);
}

function halted(file: JudgedContract, id: string, { snapshot }: ContractWorld): Finding {
  const words = {
    code: 'contract/halted',
    subject: id,
    message: `${id} is halted, and this change does more than set or clear a restrictive flag or restore released content.`,
    expected: 'only halted or humanApprovalRequired to change',
    found: 'another change',
    next: `${file.base === null ? `Run \`git rm -- ${pathWord(file.path)}\` and commit the result.` : restoreAt(snapshot.base, file.path)} The halt ends in a change of its own that clears \`emergencyFlags.halted\`.`,
  } as const;
  return file.inResult.kind === 'contract' ? reportField(file, 'emergencyFlags', words) : finding({ ...words, path: file.path });
}
