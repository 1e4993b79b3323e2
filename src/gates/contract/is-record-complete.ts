import type { Evidence } from '../../domain/evidence.ts';

/** Nothing may be concluded from a record that is not whole. */
export function isRecordComplete(entry: string, evidence: Evidence): boolean {
  const answer = evidence.find({ kind: 'record', entry });
  return answer?.kind === 'answered' && answer.value.kind === 'complete';
}
