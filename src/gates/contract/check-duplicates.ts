import type { Contract } from '../../domain/contract/contract.ts';
import type { Finding } from '../../domain/finding.ts';
import { pathWord } from '../../domain/shell-word.ts';
import { isNewRelease } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import { isInForce } from './is-in-force.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportField } from './report.ts';

/** Files that a message names. */
const mostNamed = 3;

/**
 * Two files of R must not claim one id and version, nor, in place, one id with two released versions: of those one would say what
 * does not hold any more, and nobody would miss it. A pair that already stood at the base is a notice, or is not told.
 */
export function checkDuplicates(world: ContractWorld): readonly Finding[] {
  const claims = world.files.flatMap((file) => (file.inResult.kind === 'contract' ? [{ file, contract: file.inResult.contract }] : []));
  return [...Map.groupBy(claims, ({ contract }) => contract.contractId).values()].flatMap((ofId) => idFindings(ofId, world));
}

interface Claim {
  readonly file: JudgedContract;
  readonly contract: Contract;
}

/** A change may bring thousands of files of one id: none of them is compared with all others. */
function idFindings(ofId: readonly Claim[], world: ContractWorld): readonly Finding[] {
  const ofVersion = Map.groupBy(ofId, ({ contract }) => contract.key);
  return [...[...ofVersion.values()].flatMap((group) => versionFindings(group)), ...besideFindings(ofId, world)];
}

function versionFindings(group: readonly Claim[]): readonly Finding[] {
  if (group.length < 2) return [];
  const newcomers = group.filter((claim) => !hasStood(claim));
  if (newcomers.length === 0) return group.slice(1, 2).map((claim) => duplicate(claim, group, 'notice'));
  return newcomers.map((claim) => duplicate(claim, group, 'deny'));
}

function besideFindings(ofId: readonly Claim[], world: ContractWorld): readonly Finding[] {
  const standing = ofId.filter(({ file, contract }) => file.layout === 'in-place' && isInForce(contract));
  const first = standing[0]?.contract;
  const otherwise = standing.find(({ contract }) => contract.key !== first?.key)?.contract;
  if (first === undefined || otherwise === undefined) return [];
  const ofVersion = Map.groupBy(standing, ({ contract }) => contract.key);
  // One that names no version before it has a finding of its own.
  const newcomers = standing.filter(({ contract }) => contract.previousContractRef !== null && isNewRelease(contract, world));
  return newcomers.map(({ file, contract }) => beside(file, contract, contract.key === first.key ? otherwise : first, standing.length - (ofVersion.get(contract.key)?.length ?? 0)));
}

function hasStood({ file, contract }: Claim): boolean {
  return file.atBase.kind === 'contract' && file.atBase.contract.contractId === contract.contractId && file.atBase.contract.key === contract.key;
}

function duplicate({ file, contract }: Claim, group: readonly Claim[], severity: 'deny' | 'notice'): Finding {
  const others = group.slice(0, mostNamed + 1).map((claim) => claim.file.path).filter((path) => path !== file.path).slice(0, mostNamed);
  return reportField(file, 'contractId', {
    code: 'contract/duplicate_id',
    severity,
    subject: `${contract.contractId}@${contract.key}`,
    message: `${contract.contractId} ${contract.version} also stands in ${others.join(', ')}.`,
    expected: 'one file for an id and version',
    found: `${group.length} files`,
    next: `Run \`git rm -- ${pathWord(file.path)}\` and commit the result, or give it a contractId of its own.`,
  });
}

function beside(file: JudgedContract, contract: Contract, other: Contract, count: number): Finding {
  return reportField(file, 'contractId', {
    code: 'contract/duplicate_id',
    subject: `${contract.contractId}@${contract.key} beside`,
    message: `${contract.contractId} ${contract.version} would stand beside ${other.version} in ${other.path}: in place an id has one released file, and a new version takes the place of the one before.`,
    expected: 'one released file for an id in place',
    found: `${count + 1} files`,
    next: `Run \`git rm -- ${pathWord(other.path)}\` and commit the result, or keep a draft here until it takes that place.`,
  });
}
