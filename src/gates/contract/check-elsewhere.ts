import { compareVersions } from '../../domain/contract/version.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { leaveToApp } from '../../domain/left-to-app.ts';
import type { ReleaseElsewhere, UnknownBranch } from '../../domain/releases-of-id.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import { isNewRelease } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { letGitHubTell } from './next-step.ts';
import { reportField } from './report.ts';

/**
 * What is released here has the content that other branch entries released under its id and version. What they have on top,
 * and in which order, is theirs: chain and forks are judged in each entry by its own releases.
 */
export function checkElsewhere(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  if (!isNewRelease(contract, world)) return [];
  const isOther = ({ contentHash }: ReleaseElsewhere): boolean => contentHash !== contract.contentHash;
  const other = world.releasedElsewhere(contract.contractId, contract.key).find(isOther);
  if (other !== undefined) return [differs(file, contract, other, world)];
  const possible = world.possibleElsewhere(contract.contractId, contract.key).find(isOther);
  if (possible !== undefined) return [mayDiffer(file, contract, possible)];
  const unknown = world.unknownElsewhere(contract.contractId);
  return unknown.length === 0 ? [] : [notKnown(file, contract, unknown)];
}

function differs(file: JudgedContract, contract: Contract, other: ReleaseElsewhere, world: ContractWorld): Finding {
  const { contractId, version, contentHash } = contract;
  const greatest = world.versionsElsewhere(contractId).toSorted(compareVersions).at(-1) ?? other.version;
  return reportField(file, 'contractVersion', {
    code: 'contract/immutable_changed',
    subject: `${contractId}@${contract.key}`,
    message: `${contractId} ${version} was released with another content before, on branches of the entry ${JSON.stringify(other.entry)}: ${other.path} at ${other.commit.slice(0, 12)}. One id and version has one content on all branches.`,
    expected: other.contentHash,
    found: contentHash,
    next: `Set \`contractVersion\` in ${file.path} to a version above ${greatest}, which no branch has, run \`plumbline contract bump ${shellWord(file.path)}\` and commit the result.`,
  });
}

function mayDiffer(file: JudgedContract, { contractId, version, key, contentHash }: Contract, possible: ReleaseElsewhere): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: `${contractId}@${key}`,
    message: `Whether ${contractId} ${version} was released with another content before, on branches of the entry ${JSON.stringify(possible.entry)}, can not be told: ${possible.path} at ${possible.commit.slice(0, 12)} has one, and which commits came together git does not tell.`,
    found: `the content ${possible.contentHash}`,
    expected: contentHash,
    next: letGitHubTell,
  });
}

/** Those that nothing reads by itself keep the change waiting longer than the others. */
function notKnown(file: JudgedContract, { contractId, version, key }: Contract, unknown: readonly UnknownBranch[]): Finding {
  const unread = unknown.filter((one) => one.unread !== null);
  const why = unread[0]?.unread ?? null;
  const found = namesOf(why === null ? unknown : unread);
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: `${contractId}@${key}`,
    message: `Whether ${contractId} ${version} was released with another content on another branch can not be told: what ${found} released ${why === null ? 'is not known for sure yet' : `was not read: ${why}`}.`,
    found,
    expected: 'whole records of all governed branches',
    next: why === null ? waitForRetry : leaveToApp('it reads all governed branches'),
  });
}

function namesOf(branches: readonly UnknownBranch[]): string {
  const named = branches.slice(0, 3).map(({ branch }) => quoted(branch)).join(', ');
  return `${named}${branches.length > 3 ? ` and ${branches.length - 3} more` : ''}`;
}
