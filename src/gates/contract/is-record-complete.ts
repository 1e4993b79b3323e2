import type { Evidence } from '../../domain/evidence.ts';
import type { RecordAnswer } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';

/** Nothing may be concluded from a record that is not whole. */
export function isRecordComplete(entry: string, evidence: Evidence): boolean {
  return recordState(entry, evidence)?.kind === 'complete';
}

/** Whether the record is that of this very base: only then is what it has and the base lacks gone. */
export function isCaughtUp({ entry, evidence, snapshot }: Pick<ContractWorld, 'entry' | 'evidence' | 'snapshot'>): boolean {
  const state = recordState(entry.entry, evidence);
  return state?.kind === 'complete' && state.upTo === snapshot.base;
}

function recordState(entry: string, evidence: Evidence): RecordAnswer | null {
  const answer = evidence.find({ kind: 'record', entry });
  return answer?.kind === 'answered' ? answer.value : null;
}
