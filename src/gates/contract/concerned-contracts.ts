import type { Evidence } from '../../domain/evidence.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { contractFiles } from './contract-file.ts';
import { involvedIds } from './involved-ids.ts';
import { judgedContract } from './judged-contract.ts';

/** Ids of the contracts that a judged change concerns, as far as its files could be read. */
export function concernedContracts(snapshot: Snapshot, evidence: Evidence): readonly string[] {
  const { entry, configuration: { effective } } = snapshot;
  if (entry === null || effective === null) return [];
  const changed = contractFiles(snapshot, effective).filter((file) => file.changed);
  return involvedIds(changed.map((file) => judgedContract(file, evidence)), entry.entry, evidence);
}
