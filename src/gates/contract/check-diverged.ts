import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import type { ContractWorld } from './contract-world.ts';
import { divergenceOf } from './divergence.ts';
import type { Lost } from './divergence.ts';
import { isCaughtUp } from './is-record-complete.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import { restoreAt } from './next-step.ts';
import { onlyRestricts } from './only-restricts.ts';
import { reportField } from './report.ts';

/**
 * Where the base is not what was released, somebody pushed past the checks. Until the recorded content is back, a
 * change may only restore it or set and clear restrictive flags: neither what stands there now nor another contract
 * at its path makes it official.
 */
export function checkDiverged(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  const own = new Set([idOf(file.atBase), idOf(file.inResult)].filter((id) => id !== null));
  const ids = new Set([...own, ...(world.releasedAt(file.path) ?? []).map((release) => release.contractId)]);
  return [...ids].flatMap((id) => {
    const open = divergenceOf(id, world).open.filter(({ release }) => own.has(id) || release.path === file.path);
    const lost = open.find(({ release }) => release.path === file.path) ?? open[0];
    return lost === undefined || isAllowed(file, id, world) ? [] : [told(file, lost, world)];
  });
}

/** Of several lost contents one may come back alone. */
function isAllowed(file: JudgedContract, id: string, world: ContractWorld): boolean {
  const { atBase, inResult } = file;
  if (onlyRestricts(file, idOf(atBase) ?? id)) return true;
  return inResult.kind === 'contract' && divergenceOf(id, world).isRestored(inResult.contract);
}

/** What a record that is behind the base or ahead of it says of what is not there is no more than a suspicion. */
function told(file: JudgedContract, { kind, release }: Lost, world: ContractWorld): Finding {
  if (kind === 'gone') return isCaughtUp(world) ? gone(file, release, world) : suspected(file, release);
  return reportField(file, 'contractVersion', {
    code: 'contract/base_diverged',
    subject: release.contractId,
    message: `The base has another content of ${nameOf(release)} than was released in ${release.path} at ${release.commit.slice(0, 12)}: it was changed without a release.`,
    expected: release.contentHash,
    found: 'another content at the base',
    next: restoreIt(release, world),
  });
}

function gone(file: JudgedContract, release: Release, world: ContractWorld): Finding {
  const standing = world.atBase(release.contractId).map(({ version, path }) => `${version} in ${path}`);
  return reportField(file, 'contractVersion', {
    code: 'contract/base_diverged',
    subject: release.contractId,
    message: `The base does not have ${nameOf(release)}, which was released in ${release.path} at ${release.commit.slice(0, 12)} and is not retired: somebody pushed past the checks.`,
    expected: release.contentHash,
    found: standing.length === 0 ? 'no contract with this id at the base' : `only ${standing.slice(0, 3).join(', ')} at the base`,
    next: restoreIt(release, world),
  });
}

function suspected(file: JudgedContract, release: Release): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: release.contractId,
    message: `The base does not have ${nameOf(release)}, but the record of releases is not the one of this base: it has not caught up with it, or is ahead of it.`,
    found: 'a record of another commit',
    expected: 'a record that has caught up with the base',
    next: waitForRetry,
  });
}

function nameOf({ contractId, version }: Release): string {
  return `${contractId} ${version}`;
}

/** The release as it was, in the state that it has reached; a contract that has taken its path gives way, and a path that is not governed any more is none. */
function restoreIt({ contractId, commit, path, lifecycle }: Release, world: ContractWorld): string {
  if (contractSetsOf(world.configuration, path).length === 0) return `Bring back what \`git show ${shellWord(`${commit}:${path}`)}\` prints at a path that is governed, and commit the result.`;
  const atBase = world.at(path)?.atBase;
  const other = atBase?.kind === 'contract' && atBase.contract.contractId !== contractId ? atBase.contract : null;
  const first = other === null || other.lifecycle === 'draft' ? '' : `Move ${quoted(other.contractId)}, which stands there now, to a path of its own with \`git mv\`. `;
  const last = lifecycle === 'active' ? '' : ` Its lifecycle is ${lifecycle} by now: set it before.`;
  return `${first}${restoreAt(commit, path)}${last}`;
}
