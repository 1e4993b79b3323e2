import type { Contract } from '../../domain/contract/contract.ts';
import { isLifecycle, isTransitionAllowed, transitionsFrom } from '../../domain/contract/lifecycle.ts';
import type { Lifecycle } from '../../domain/contract/lifecycle.ts';
import { furthestOf } from '../../domain/contract/reached-lifecycle.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
import { chainOf } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { advance, bumpIt, restoreAt } from './next-step.ts';
import { reportField } from './report.ts';
import { sameVersionAtBase } from './same-version.ts';

/** Lifecycle belongs to a version: draft, active, deprecated, retired. In place, a new version of a released contract is active. */
export function checkLifecycle(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  if (isReplacing(file, contract, world)) return contract.lifecycle === 'active' ? [] : [replaced(file, contract)];
  const before = sameVersionAtBase(contract, world);
  // What stood in the base was not changed here. A released version is no draft even there.
  if (before?.lifecycle === contract.lifecycle && contract.lifecycle !== 'draft') return [];
  const recorded = world.released(contract.contractId, contract.key);
  if (before === null && recorded === null) return isBeginning(contract) || chainOf(contract.contractId, world) === null ? [] : [begun(file, contract)];
  const from = lifecycleBefore(before, recorded);
  return isTransitionAllowed(from, contract.lifecycle) ? [] : [forbidden(file, contract, from, world)];
}

/** A version that never was, in the place of a released one. */
function isReplacing({ atBase, layout }: JudgedContract, contract: Contract, world: ContractWorld): boolean {
  if (layout !== 'in-place' || atBase.kind !== 'contract' || atBase.contract.contractId !== contract.contractId) return false;
  const wasReleased = atBase.contract.lifecycle !== 'draft' || world.released(contract.contractId, atBase.contract.key) !== null;
  return wasReleased && sameVersionAtBase(contract, world) === null && world.released(contract.contractId, contract.key) === null;
}

/** A version that stood nowhere yet has nobody to whom its end could be announced: only a draft that was merged may be given up. */
function isBeginning({ lifecycle }: Contract): boolean {
  return lifecycle === 'draft' || lifecycle === 'active';
}

/** The furthest that base or record have this version in: neither removing it nor setting it back by a direct push starts it again. */
function lifecycleBefore(before: Contract | null, recorded: Release | null): Lifecycle {
  const reached = furthestOf(before?.lifecycle ?? 'draft', recorded?.lifecycle ?? 'draft');
  return isLifecycle(reached) ? reached : 'active';
}

function replaced(file: JudgedContract, contract: Contract): Finding {
  return reportField(file, 'lifecycle', {
    code: 'contract/lifecycle_forbidden',
    subject: contract.contractId,
    message: `${contract.contractId} ${contract.version} would take the place of a released version as ${contract.lifecycle}.`,
    expected: 'active',
    found: contract.lifecycle,
    next: contract.lifecycle === 'draft' ? `${advance(file.path, 'release')} A draft of a next version lives in a path of its own.` : bumpIt(file.path),
  });
}

function begun(file: JudgedContract, contract: Contract): Finding {
  return reportField(file, 'lifecycle', {
    code: 'contract/lifecycle_forbidden',
    subject: contract.contractId,
    message: `${contract.contractId} ${contract.version} is new and can not begin as ${contract.lifecycle}.`,
    expected: 'draft or active',
    found: contract.lifecycle,
    next: bumpIt(file.path),
  });
}

function forbidden(file: JudgedContract, contract: Contract, from: Lifecycle, world: ContractWorld): Finding {
  const allowed = [from, ...transitionsFrom(from)].join(' or ');
  return reportField(file, 'lifecycle', {
    code: 'contract/lifecycle_forbidden',
    subject: contract.contractId,
    message: `${contract.contractId} ${contract.version} is ${from} and can not become ${contract.lifecycle}.`,
    expected: allowed,
    found: contract.lifecycle,
    next: mend(file, from, world),
  });
}

/** The next state on the way, or the state as the base has it; a version that has reached its end there by no file is set back by hand. */
function mend(file: JudgedContract, from: Lifecycle, { snapshot }: ContractWorld): string {
  if (from === 'draft') return advance(file.path, 'release');
  if (file.inResult.kind === 'contract' && from === 'active' && file.inResult.contract.lifecycle === 'retired') return advance(file.path, 'deprecate');
  const isThere = file.atBase.kind === 'contract' && file.atBase.contract.lifecycle === from;
  return isThere ? restoreAt(snapshot.base, file.path) : `Set the lifecycle to ${from}.`;
}
