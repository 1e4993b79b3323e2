import { contractContent } from '../contract/contract-content.ts';
import type { Contract } from '../contract/contract.ts';
import { readContract } from '../contract/read-contract.ts';
import { versionKey } from '../contract/version.ts';
import { digestOfValue } from '../digest.ts';
import { bytesOfText } from '../document/edited-text.ts';
import { formatOf, readDocument } from '../document/read-document.ts';
import type { ContractFact, ReleasedVersion } from './playbook-facts.ts';
import { refusing } from './unplannable.ts';

/** The contract in a text; null where it is none. */
export function contractIn(text: string, path: string, { fields }: Pick<ContractFact, 'fields'>): Contract | null {
  const reading = readDocument(bytesOfText(text), formatOf(path));
  const read = reading.kind === 'document' ? readContract(reading.document, fields, path) : null;
  return read?.kind === 'contract' ? read.contract : null;
}

/** @throws Unplannable where it is none. */
export function demandContract(text: string, path: string, fact: ContractFact): Contract {
  const contract = contractIn(text, path, fact);
  if (contract === null) throw refusing({ kind: 'contract', path, found: 'a document that no contract can be read from', expected: 'a contract with its version and state', next: 'Restore it first: the playbook restore-contract does.' });
  return contract;
}

/** The release of the version that a path has, or where that can not be told the newest one at that path; null where there is none. */
export function releaseOf(contract: Contract | null, path: string, { releases }: ContractFact): ReleasedVersion | null {
  if (contract === null) return releases.findLast((one) => one.path === path) ?? null;
  return releases.find((one) => one.contractId === contract.contractId && versionKey(one.version) === contract.key) ?? null;
}

/** All of a contract's id, lowest version first. */
export function releasesOf({ contractId }: Contract, { releases }: ContractFact): readonly ReleasedVersion[] {
  return releases.filter((one) => one.contractId === contractId);
}

/** Whether the content of a contract is that of its release. */
export function isAsReleased(contract: Contract, release: ReleasedVersion): boolean {
  return contract.contentHash === release.contentHash;
}

/** The release's own file, read as its path says: it has the content that was recorded. @throws Unplannable where it has not. */
export function demandReleased(release: ReleasedVersion, fact: ContractFact): Contract {
  const contract = contractIn(release.text, release.path, fact);
  if (contract !== null && digestOfValue(contractContent(contract.document.value, fact.fields)) === release.contentHash) return contract;
  throw refusing({ kind: 'contract', path: release.path, found: `no file with the recorded content of ${release.contractId} ${release.version}`, expected: 'the file as it was released', next: 'Restore it by hand: its fields may stand elsewhere now.' });
}
